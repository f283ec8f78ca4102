"""Reading case media, one file per noun."""
