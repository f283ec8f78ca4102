"""Pages of logbooks, one file per noun."""
