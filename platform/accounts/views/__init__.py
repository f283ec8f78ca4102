"""Views of the accounts app, one file per noun."""
