"""Tables as an XLSX workbook, one worksheet each."""

import io
from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from functools import cache

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from livesessions.attendance.exports.tables import Cell, Table

_INSTANT = 'yyyy-mm-dd hh:mm:ss "UTC{offset}"'  # the clock of the event; where it falls back, one hour comes twice
Instant = Callable[[str], Format]  # by the offset from UTC
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def encode(tables: Sequence[Table]) -> bytes:
    """Text stays text, whatever it begins with; numbers and instants are typed; heads are frozen and filter."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})

        @cache
        def instant(offset: str) -> Format:
            return book.add_format({"num_format": _INSTANT.format(offset=offset)})

        for table in tables:
            _fill(book.add_worksheet(table.title), table, head, instant)
    return out.getvalue()


def _fill(page: Worksheet, table: Table, head: Format, instant: Instant) -> None:
    for column, text in enumerate(table.header):
        page.write_string(0, column, text, head)
        page.set_column(column, column, _width([text, *(row[column] for row in table.rows)]))
    for number, row in enumerate(table.rows, start=1):
        for column, cell in enumerate(row):
            _write(page, number, column, cell, instant)
    page.freeze_panes(1, min(2, len(table.header)))
    page.autofilter(0, 0, max(1, len(table.rows)), len(table.header) - 1)


def _write(page: Worksheet, row: int, column: int, cell: Cell, instant: Instant) -> None:
    if isinstance(cell, str):
        page.write_string(row, column, cell)
    elif isinstance(cell, datetime):
        page.write_datetime(row, column, cell.replace(tzinfo=None), instant(cell.isoformat()[19:]))
    elif isinstance(cell, int | Decimal):
        page.write_number(row, column, cell)


def _width(cells: Sequence[Cell]) -> int:
    longest = max((28 if isinstance(cell, datetime) else len(str(cell or "")) for cell in cells[1:]), default=0)
    return min(40, max(10, longest + 2))
