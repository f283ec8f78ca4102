"""Pages of attendance, one file per noun."""
