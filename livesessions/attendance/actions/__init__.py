"""Changes to attendance, one file per noun."""
