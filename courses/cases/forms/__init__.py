"""Forms of cases, one file per noun."""
