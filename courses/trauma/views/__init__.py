"""Pages of the trauma registry, one file per noun."""
