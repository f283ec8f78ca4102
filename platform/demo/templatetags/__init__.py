"""Template tags of the demonstration."""
