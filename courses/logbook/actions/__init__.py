"""Changes to logbooks, one file per noun."""
