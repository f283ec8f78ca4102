"""Views of the livesessions app, one file per noun."""
