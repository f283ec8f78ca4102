"""Reading cases, one file per noun."""
