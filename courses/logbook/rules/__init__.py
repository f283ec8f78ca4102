"""Pure rules of logbooks, one file per noun."""
