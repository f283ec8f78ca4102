"""A surgeon's logbook: entries, ratings by instruments, learning curves, and files to take along."""
