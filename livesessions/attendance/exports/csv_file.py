"""A table as CSV."""

from livesessions.attendance.exports.tables import Table
from web import csv_files


def encode(table: Table, separator: csv_files.Separator = "comma") -> bytes:
    """As `web.csv_files.encode`."""
    return csv_files.encode(table.header, table.rows, separator)
