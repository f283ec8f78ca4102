"""What other pages show of outcomes."""
