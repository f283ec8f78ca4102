"""Attendance as files, with the figures of the page."""
