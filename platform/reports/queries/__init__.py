"""What reports are made from, one file per noun."""
