"""Documents become pictures of their pages; of the PDF nothing is kept."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from courses.media.sanitising.child import work
from courses.media.sanitising.limits import Limits
from courses.media.sanitising.results import Clean, Refused
from tests.unit.media.sanitising.planted import MARKER
from tests.unit.media.sanitising.planted_documents import annotation, attached, filled_in, pdf, scripted


def cleaned(data: bytes, folder: Path, limits: Limits | None = None) -> Clean:
    (source := folder / "source").write_bytes(data)
    (out := folder / "out").mkdir(exist_ok=True)
    return work(source, out, limits or Limits())


def letter(*, pages: int = 1, password: str | None = None, words: str = "Paciente: Ana, 28 años") -> bytes:
    canvas = Canvas(buffer := BytesIO(), encrypt=password)
    for number in range(pages):
        canvas.drawString(100, 700, f"{words} {number + 1}")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def test_every_page_becomes_two_pictures(tmp_path: Path) -> None:
    done = cleaned(letter(pages=2), tmp_path)
    names = ["page-01.jpg", "page-01-small.jpg", "page-02.jpg", "page-02-small.jpg", "thumb.jpg"]
    assert [file.name for file in done.files] == names
    assert (done.pages, max(done.width, done.height)) == (2, 1600)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(names)
    with Image.open(tmp_path / "out" / "page-02.jpg") as page:
        assert page.convert("L").getextrema()[0] < 100  # something is written on it


def test_the_text_is_handed_over(tmp_path: Path) -> None:
    done = cleaned(letter(pages=2), tmp_path)
    assert done.text == "Paciente: Ana, 28 años 1\nPaciente: Ana, 28 años 2"
    assert "text_layer" in done.removed
    assert cleaned(letter(pages=2), tmp_path, Limits(text_characters=10)).text == "Paciente:"


LABELS = {
    "plain": (pdf(), set()),
    "metadata": (pdf({10: b"<< /Author (x) >>"}, trailer=b"/Info 10 0 R"), {"pdf_metadata"}),
    "attachment": (attached(), {"attachments"}),
    "script": (scripted(), {"javascript"}),
    "form": (filled_in(), {"forms", "annotations"}),
    "note": (annotation(b"/Subtype /Text /Contents (x)"), {"annotations"}),
    "appended": (pdf() + b"PK\x03\x04", {"appended_bytes"}),
}


@pytest.mark.parametrize("name", LABELS)
def test_what_was_taken_away_is_told(name: str, tmp_path: Path) -> None:
    data, labels = LABELS[name]
    done = cleaned(data, tmp_path)
    assert set(done.removed) == labels
    assert MARKER not in done.text


def test_a_password_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"media\.encrypted"):
        cleaned(letter(password="secret"), tmp_path)


def test_too_many_pages(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"media\.too_many_pages"):
        cleaned(pdf(pages=31), tmp_path)


@pytest.mark.parametrize("size", [(1e6, 1e6), (14_401, 10), (10, 1e30)])
def test_a_huge_page_is_refused(size: tuple[float, float], tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"media\.(too_many_pixels|broken)"):
        cleaned(pdf(size=size), tmp_path)


def test_a_page_as_thin_as_a_hair(tmp_path: Path) -> None:
    done = cleaned(pdf(size=(14_000, 3)), tmp_path)
    assert (done.width, done.height) == (1600, 1)


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF", letter()[:300]])
def test_what_is_no_document_is_broken(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"media\.broken"):
        cleaned(data, tmp_path)
