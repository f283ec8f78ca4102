"""Views of the courses app, one file per noun."""
