"""Plain rules about people, one file per noun."""
