"""Files that say what the page says, and that no name can turn into a formula."""

import csv
import io
import re
import zipfile
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livesessions.attendance.exports import csv_file, tables, workbook
from livesessions.attendance.exports.tables import Table
from livesessions.attendance.rules import sheets
from livesessions.attendance.rules.minutes import Interval
from livesessions.attendance.rules.sheets import Correction, Sheet, Stay, Subject, Terms
from web import csv_files
from web.csv_files import harmless

START = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
LIMA = ZoneInfo("America/Lima")
NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def after(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


@pytest.fixture
def sheet() -> Sheet:
    """One person with two stays and an adjustment, one who never came."""
    terms = Terms(at=after(200), windows=(Interval(START, after(60)),), gap_seconds=120, threshold_percent=85)
    there = Subject("p1", "=HYPERLINK(1)", "attendee", "remote", "nurse", "PE-LOR")
    absent = Subject("p2", "Ñusta", "attendee", "auditorium", "", "")
    stays = [
        Stay("remote", "socket", after(a), after(b), after(b), Interval(after(a), after(b)))
        for a, b in ((0, 10.05), (20, 31))
    ]
    correction = Correction(-2, "+Twice counted", "Carla", after(150))
    return Sheet(terms, (sheets.line(there, stays, [correction], terms), sheets.line(absent, [], [], terms)))


def csv_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def xlsx_rows(content: bytes, page: int) -> list[list[str | float | None]]:
    """The cells of a worksheet, strings as strings and numbers as numbers; fails at any formula."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        strings = ["".join(t.itertext()) for t in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))]
        root = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{page}.xml"))
    assert root.find(".//m:f", NS) is None
    rows: list[list[str | float | None]] = []
    for row in root.iterfind(".//m:row", NS):
        cells: list[str | float | None] = []
        for cell in row.iterfind("m:c", NS):
            column = ord(cell.attrib["r"][0]) - ord("A")
            cells += [None] * (column - len(cells))
            value = cell.findtext("m:v", namespaces=NS) or "0"
            cells.append(strings[int(value)] if cell.attrib.get("t") == "s" else float(value))
        rows.append(cells)
    return rows


def test_csv_has_the_figures_the_zone_and_a_byte_order_mark(sheet: Sheet) -> None:
    content = csv_file.encode(tables.attendance(sheet, LIMA))
    assert content.startswith(b"\xef\xbb\xbf")
    header, there, absent = csv_rows(content)
    assert header[7:9] == ["First in (America/Lima)", "Last out (America/Lima)"]
    assert there == [
        "p1", "'=HYPERLINK(1)", "Attendee", "Remote", "Remote", "Nurse", "Loreto",
        "2026-11-20 09:00:00-05:00", "2026-11-20 09:31:00-05:00", "21.0", "-2", "19.0", "31.7", "no", "'+Twice counted",
        "",
    ]  # fmt: skip
    assert absent == ["p2", "Ñusta", "Attendee", "Auditorium", *[""] * 5, "0.0", "0", "0.0", "0.0", "no", "", ""]


def test_xlsx_has_the_same_cells_as_csv(sheet: Sheet) -> None:
    table = tables.attendance(sheet, LIMA)
    written = xlsx_rows(workbook.encode([table]), 1)
    assert written[0] == list(table.header)
    for cells, row in zip(written[1:], table.rows, strict=True):
        padded = [*cells, *[None] * (len(row) - len(cells))]
        for value, cell in zip(padded, row, strict=True):
            if isinstance(cell, datetime):
                assert isinstance(value, float)
                days = cell.replace(tzinfo=None) - datetime(1899, 12, 30)
                assert value == pytest.approx(days / timedelta(days=1))
            elif isinstance(cell, int | Decimal):
                assert value == float(cell)
            else:
                assert (value or "") == (cell or "")


def test_the_other_worksheets_hold_spans_totals_and_adjustments(sheet: Sheet) -> None:
    pages = [tables.spans(sheet, LIMA), tables.summary(sheet), tables.adjustments(sheet, LIMA)]
    content = workbook.encode(pages)
    assert [row[:4] for row in xlsx_rows(content, 1)[1:]] == [
        ["p1", "=HYPERLINK(1)", "Remote", "connection to the room"]
    ] * 2
    assert xlsx_rows(content, 2)[1:4] == [
        ["Everybody", "", 2, 1, 0, 19.0],
        ["Channel", "Auditorium", 1, 0, 0, 0],
        ["Channel", "Remote", 1, 1, 0, 19.0],
    ]
    assert xlsx_rows(content, 3)[1][:5] == ["p1", "=HYPERLINK(1)", -2, "+Twice counted", "Carla"]


@given(st.text())
def test_no_text_begins_a_formula_and_none_is_lost(text: str) -> None:
    safe = harmless(text)
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert safe.replace("'", "") == text.replace("'", "")


PIECES = st.sampled_from([",", ";", "\t", "|", '"', "'", " ", "\n", "=", "+", "-", "@", "\uff1d", "a", "é", "2"])


@given(st.lists(PIECES, max_size=12).map("".join), st.sampled_from(["comma", "semicolon"]))
def test_no_cell_is_a_formula_whichever_separator_is_guessed(text: str, written: csv_files.Separator) -> None:
    content = csv_files.encode(["A", "B", "C"], [[1, text, 2], [text, text, None]], written).decode("utf-8-sig")
    for guessed in ",;\t|":
        for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
            for row in csv.reader(io.StringIO(content, newline=""), delimiter=guessed, quoting=quoting):
                assert [cell for cell in row if cell.strip(' "').startswith(("=", "+", "-", "@", "\uff1d"))] == []
    sign = {"comma": ",", "semicolon": ";"}[written]
    (_, row, _) = csv.reader(io.StringIO(content, newline=""), delimiter=sign)
    assert row[1].replace("'", "") == text.replace("'", "")


def test_with_semicolons_numbers_have_a_comma() -> None:
    content = csv_files.encode(["A"], [[Decimal("21.5"), "Luz;=2+3", -2]], "semicolon").decode("utf-8-sig")
    assert content.splitlines()[1] == '21,5;"Luz;\'=2+3";-2'


def test_a_workbook_says_which_of_two_equal_hours_it_means() -> None:
    santiago = ZoneInfo("America/Santiago")
    first = datetime(2026, 4, 5, 2, 30, tzinfo=UTC).astimezone(santiago)  # 23:30, an hour before the clock falls back
    again = first.astimezone(UTC) + timedelta(hours=1)
    rows = [(first,), (again.astimezone(santiago),)]
    assert rows[0][0].strftime("%H:%M") == rows[1][0].strftime("%H:%M")
    with zipfile.ZipFile(io.BytesIO(workbook.encode([Table("Two", ("At",), rows)]))) as book:
        styles, page = book.read("xl/styles.xml").decode(), book.read("xl/worksheets/sheet1.xml").decode()
    assert "UTC-03:00" in styles and "UTC-04:00" in styles
    assert len(set(re.findall(r' s="(\d)"', page.split("</row>", 1)[1]))) == 2


def test_a_workbook_of_nobody_still_has_its_heads() -> None:
    assert xlsx_rows(workbook.encode([Table("Empty", ("A", "B"), [])]), 1) == [["A", "B"]]
