"""What became of a case: follow-up, complications, and the patients the next mission expects."""
