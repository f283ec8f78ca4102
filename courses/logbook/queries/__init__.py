"""Reading logbooks, one file per noun."""
