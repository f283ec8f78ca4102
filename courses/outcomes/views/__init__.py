"""Pages of outcomes, one file per noun."""
