"""Changes to outcomes, one file per noun."""
