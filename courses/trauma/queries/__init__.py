"""Reading the trauma registry, one file per noun."""
