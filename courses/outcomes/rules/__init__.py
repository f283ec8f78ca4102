"""Pure rules of outcomes, one file per noun."""
