"""Forms of logbooks, one file per noun."""
