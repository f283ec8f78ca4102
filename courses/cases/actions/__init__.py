"""Changes to cases, one file per noun."""
