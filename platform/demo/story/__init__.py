"""The demonstration programme: three real missions, invented people, one session that is always live."""
