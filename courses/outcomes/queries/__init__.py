"""Reading outcomes, one file per noun."""
