"""Pure rules of attendance, one file per noun."""
