"""Lines and tables on A4 paper, laid out by hand: thousands of rows in no time, and pages know how many they are."""

import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
MARGIN: Final = 44.0
INNER: Final = WIDTH - 2 * MARGIN
_FOOT: Final = 54.0
_PLAIN, _BOLD = "Helvetica", "Helvetica-Bold"
_SOFT, _INK, _DRAPE = (0.38, 0.43, 0.42), (0.1, 0.14, 0.14), (0.03, 0.37, 0.35)


@dataclass(frozen=True, slots=True)
class Text:
    """One line at a place (from the left and the bottom of its page)."""

    x: float
    y: float
    text: str
    size: float
    font: str = _PLAIN
    colour: tuple[float, float, float] = _INK


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin line across, at this height."""

    y: float


@dataclass
class Paper:
    """Fill it from top to bottom, then `encode`. Lengths in points."""

    title: str
    author: str
    language: str
    pages: list[list[Text | Rule]] = field(default_factory=lambda: [[]])
    y: float = HEIGHT - MARGIN

    def room(self, height: float) -> bool:
        """Begin a new page unless there is this much room; whether one was begun."""
        if self.y - height >= _FOOT:
            return False
        self.pages.append([])
        self.y = HEIGHT - MARGIN
        return True

    def line(self, text: str, size: float = 9, *, bold: bool = False, soft: bool = False, x: float = MARGIN) -> None:
        """One line, cut where the paper ends."""
        self.room(size * 1.5)
        self.y -= size * 1.5
        font = _BOLD if bold else _PLAIN
        kept = wrapped(text, font, size, INNER - (x - MARGIN), most=1)
        self.pages[-1].append(Text(x, self.y, kept[0] if kept else "", size, font, _SOFT if soft else _INK))

    def heading(self, text: str) -> None:
        """Kept together with what comes below it."""
        self.room(70)
        self.y -= 12
        self.line(text, 13, bold=True)
        self.y -= 4

    def paragraph(self, text: str, size: float = 9, *, soft: bool = False, x: float = MARGIN) -> None:
        for piece in wrapped(text, _PLAIN, size, INNER - (x - MARGIN), most=40):
            self.line(piece, size, soft=soft, x=x)

    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
        """`widths` are parts of the whole; the header comes back on every page."""
        whole = sum(widths)
        columns = [INNER * width / whole for width in widths]
        self._row(header, columns, bold=True)
        for row in rows:
            height = self._height(row, columns)
            if self.room(height):
                self._row(header, columns, bold=True)
            self._row(row, columns)

    def _height(self, row: Sequence[str], columns: Sequence[float]) -> float:
        return 10.5 * max(len(_cell(cell, _PLAIN, width)) for cell, width in zip(row, columns, strict=True)) + 5

    def _row(self, row: Sequence[str], columns: Sequence[float], *, bold: bool = False) -> None:
        font = _BOLD if bold else _PLAIN
        cells = [_cell(cell, font, width) for cell, width in zip(row, columns, strict=True)]
        x = MARGIN
        for lines, width in zip(cells, columns, strict=True):
            self.pages[-1] += [
                Text(x, self.y - 10.5 * (number + 1), line, 8, font) for number, line in enumerate(lines)
            ]
            x += width
        self.y -= 10.5 * max(1, *(len(lines) for lines in cells)) + 5
        self.pages[-1].append(Rule(self.y + 1))

    def encode(self, footer: str) -> bytes:
        """The PDF; `footer` takes `%(page)s` and `%(pages)s`."""
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=A4, pageCompression=1, lang=self.language)
        canvas.setTitle(plain(self.title))
        canvas.setAuthor(plain(self.author))
        canvas.setCreator("Anfiteatro")
        for number, page in enumerate(self.pages, 1):
            _draw(canvas, page)
            canvas.setFont(_PLAIN, 8)
            canvas.setFillColorRGB(*_SOFT)
            canvas.drawString(MARGIN, 30, plain(self.title))
            canvas.drawRightString(WIDTH - MARGIN, 30, plain(footer % {"page": number, "pages": len(self.pages)}))
            if number == 1:
                _arcs(canvas)
            canvas.showPage()
        canvas.save()
        return out.getvalue()


def wrapped(text: str, font: str, size: float, width: float, *, most: int) -> list[str]:
    """Lines no wider than `width`; what does not fit into `most` of them ends in an ellipsis."""
    lines: list[str] = []
    for word in plain(text).split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and stringWidth(longer, font, size) <= width:
            lines[-1] = longer
        elif len(lines) == most:
            lines[-1] = _cut(f"{lines[-1]}…", font, size, width)
            break
        else:
            lines.append(_cut(word, font, size, width))
    return lines


@cache
def plain(text: str) -> str:
    """What the standard fonts of every reader can write; a letter beyond them loses its marks before it is lost."""
    kept = []
    for letter in unicodedata.normalize("NFC", text):
        if not letter.isprintable() and letter != " ":
            kept.append(" ")
            continue
        for candidate in (letter, unicodedata.normalize("NFKD", letter)):
            written = candidate.encode("cp1252", "ignore").decode("cp1252")
            if written:
                kept.append(written)
                break
        else:
            kept.append("" if unicodedata.combining(letter) else "?")
    return "".join(kept)


@cache
def _cell(text: str, font: str, width: float) -> list[str]:
    return wrapped(text, font, 8, width - 6, most=3)


def _cut(text: str, font: str, size: float, width: float) -> str:
    if stringWidth(text, font, size) <= width:
        return text
    while text and stringWidth(f"{text}…", font, size) > width:
        text = text[:-1]
    return f"{text}…"


def _draw(canvas: Canvas, page: Sequence[Text | Rule]) -> None:
    for part in page:
        if isinstance(part, Text):
            canvas.setFont(part.font, part.size)
            canvas.setFillColorRGB(*part.colour)
            canvas.drawString(part.x, part.y, part.text)
        else:
            canvas.setLineWidth(0.4)
            canvas.setStrokeColorRGB(0.82, 0.85, 0.84)
            canvas.line(MARGIN, part.y, WIDTH - MARGIN, part.y)


def _arcs(canvas: Canvas) -> None:
    """The house's three arcs and a point of light, in one ink, at the top right."""
    x, y = WIDTH - MARGIN - 30, HEIGHT - MARGIN - 26
    canvas.setLineCap(1)
    canvas.setLineWidth(2.6)
    for radius, ink in ((26.0, 0.45), (16.6, 0.7), (7.6, 1.0)):
        canvas.setStrokeColorRGB(*(1 - ink * (1 - part) for part in _DRAPE))
        canvas.arc(x - radius, y - radius, x + radius, y + radius, 0, 180)
    canvas.setFillColorRGB(*_DRAPE)
    canvas.circle(x, y, 3.4, stroke=0, fill=1)
