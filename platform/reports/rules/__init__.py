"""Pure rules of the reports app."""
