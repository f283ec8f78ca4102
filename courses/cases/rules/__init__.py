"""Pure rules of cases, one file per noun."""
