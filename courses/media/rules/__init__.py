"""Pure rules of case media, one file per noun."""
