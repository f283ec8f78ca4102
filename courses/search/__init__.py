"""One search over cases and logbooks."""
