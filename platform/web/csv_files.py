"""Tables as CSV that spreadsheets open rightly and cannot be tricked by."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Literal

Cell = str | int | float | Decimal | datetime | date | None
Separator = Literal["comma", "semicolon"]

_BOM: Final = "\ufeff"  # without it, spreadsheets take UTF-8 for something older
_SIGNS: Final[dict[Separator, str]] = {"comma": ",", "semicolon": ";"}
# A formula begins with one of these; a spreadsheet that guesses another separator, or does not mind our quotes, finds
# the beginning of a cell wherever one may end.
_BEGINNING: Final = re.compile("(^|[,;|\t\r\n])(?=[\\s\"']*[=+\\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n])")


def encode(header: Sequence[str], rows: Iterable[Sequence[Cell]], separator: Separator = "comma") -> bytes:
    """UTF-8 with a byte order mark, one line per row; instants as `2026-11-20 09:00:00-05:00`. With semicolons, numbers
    have a decimal comma: where a spreadsheet expects the one it expects the other.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=_SIGNS[separator])
    writer.writerow([_text(cell, separator) for cell in header])
    writer.writerows([_text(cell, separator) for cell in row] for row in rows)
    return (_BOM + out.getvalue()).encode()


def chosen(asked: str | None) -> Separator:
    """What `?separator=` of an address asks for."""
    return "semicolon" if asked == "semicolon" else "comma"


def _text(cell: Cell, separator: Separator) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, float | Decimal) and separator == "semicolon":
        return str(cell).replace(".", ",")
    return harmless(cell) if isinstance(cell, str) else str(cell)


def harmless(text: str) -> str:
    """Text that a spreadsheet would run as a formula gets an apostrophe before it, so that it stays text; also behind
    what another spreadsheet takes for the end of a cell.
    """
    return _BEGINNING.sub(r"\1'", text)
