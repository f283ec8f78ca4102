"""Reading attendance, one file per noun."""
