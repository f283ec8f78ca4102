"""Sheets as files, with the figures of the page."""
