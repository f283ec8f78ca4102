"""Missions and what people learn in them: a room per domain."""
