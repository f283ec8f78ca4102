"""Pages that belong to no one app."""
