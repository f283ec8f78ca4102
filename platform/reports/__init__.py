"""Sheets, totals and exports over what the other apps know."""
