"""Django's SQLite backend with one fair write queue per process."""
