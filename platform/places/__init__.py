"""Regions and time zones of the world."""
