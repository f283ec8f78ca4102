"""A table as CSV."""

from livesessions.attendance.exports.tables import Table
from web import csv_files as comma


def encode(table: Table) -> bytes:
    """As `web.csv_files.encode`."""
    return comma.encode(table.header, table.rows)
