"""Pages of case media, one file per noun."""
