"""A table as CSV."""

from reports.exports.tables import Table
from web import comma


def encode(table: Table) -> bytes:
    """As `web.comma.encode`."""
    return comma.encode(table.header, table.rows)
