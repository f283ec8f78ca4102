"""Missions, their courses and sessions, and who is registered for them."""
