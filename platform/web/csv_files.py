"""Tables as CSV that spreadsheets open rightly and cannot be tricked by."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

Cell = str | int | float | Decimal | datetime | date | None

_BOM = "\ufeff"  # without it, spreadsheets take UTF-8 for something older
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def encode(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a byte order mark, commas, one line per row; instants as `2026-11-20 09:00:00-05:00`."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([_text(cell) for cell in header])
    writer.writerows([_text(cell) for cell in row] for row in rows)
    return (_BOM + out.getvalue()).encode()


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    return harmless(cell) if isinstance(cell, str) else str(cell)


def harmless(text: str) -> str:
    """Text that a spreadsheet would run as a formula gets an apostrophe before it, so that it stays text."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text
