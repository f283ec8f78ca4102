"""Missions, their courses and sessions, the teams that run them, and who is registered."""
