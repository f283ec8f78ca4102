"""Changes to case media, one file per noun."""
