"""Documents, scans and videos on their whole way: what is kept of each, and what the page is told."""

import io
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings
from PIL import Image
from pydicom.data import get_testdata_file
from reportlab.pdfgen.canvas import Canvas

from courses.cases.models import Case, CaseStatus, MediaFile, MediaState, Rendition
from courses.media.actions import sanitising
from courses.media.queries import scans
from courses.media.queries.scans import View
from files import storage
from shared.clock import now
from tests import case_factories
from tests.media_files import Sender, signed_in

pytestmark = pytest.mark.django_db
TEXT = "Paciente: Maria Quispe Mamani, DNI 45678912"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    tasks = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with override_settings(TASKS=tasks, MEDIA_ROOT=tmp_path / "media"):
        yield tmp_path


@pytest.fixture
def case() -> Case:
    return case_factories.case(status=CaseStatus.DRAFT, released_at=None)


def cleaned(case: Case, body: bytes) -> MediaFile:
    sender = Sender(signed_in(case.author), case, body)
    sender.send()
    sanitising.clean.call(sender.upload)
    return MediaFile.objects.get()


def test_a_document_becomes_pages_and_its_text_kinds_of_identifiers(case: Case, folder: Path) -> None:
    drawn = io.BytesIO()
    canvas = Canvas(drawn, pageCompression=0)
    canvas.setAuthor(TEXT)
    for number in (1, 2):
        canvas.drawString(72, 700, f"{TEXT} {number}")
        canvas.showPage()
    canvas.save()
    medium = cleaned(case, drawn.getvalue())
    assert (medium.state, medium.kind, medium.frames) == (MediaState.READY, "document", 2)
    assert {"name", "national_id"} & set(medium.findings), medium.findings
    assert {"pdf_metadata", "text_layer"} <= set(medium.removed)
    assert {"page-01.jpg", "page-02.jpg", "thumb.jpg"} <= set(medium.renditions.values_list("name", flat=True))
    kept = [str(value) for value in MediaFile.objects.values_list()[0]]
    assert not any("Quispe" in value or "45678912" in value for value in kept)
    assert not any(b"Quispe" in path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_scan_is_shown_at_any_window(case: Case) -> None:
    medium = cleaned(case, Path(str(get_testdata_file("CT_small.dcm"))).read_bytes())
    assert (medium.state, medium.kind, medium.frames) == (MediaState.READY, "dicom", 1)
    assert (medium.width, medium.height) == (128, 128)
    assert (medium.windows["modality"], medium.windows["frames"]) == ("CT", 1)
    assert any("PatientName" in label for label in medium.removed)
    kept = medium.renditions.get(name__endswith=".dcm")
    assert kept.name == "image.dcm"
    bone, soft = (scans.picture(kept, View(centre=centre, width=width)) for centre, width in ((400, 1800), (40, 80)))
    assert bone != soft
    with Image.open(io.BytesIO(scans.picture(kept, View(size=64)))) as picture:
        assert (picture.format, picture.size) == ("JPEG", (64, 64))


def test_what_is_asked_of_a_window_is_brought_within_bounds(case: Case) -> None:
    medium = case_factories.medium(case=case, kind="dicom", frames=3)
    assert scans.asked(medium, {}) == View(0, None, None, 1024)
    assert scans.asked(medium, {"frame": "2", "centre": "-600", "width": "1500", "size": "256"}) == View(
        1, -600.0, 1500.0, 256
    )
    assert scans.asked(medium, {"frame": "99", "centre": "1e99", "width": "0", "size": "99999"}) == View(
        2, 1e6, 1.0, 2048
    )
    assert scans.asked(medium, {"frame": "-4", "centre": "nan", "width": "inf", "size": "-1"}) == View(
        0, None, None, 16
    )
    assert scans.asked(medium, {"frame": "x", "centre": "", "width": "x", "size": "1e400"}) == View(0, None, None, 1024)


@pytest.mark.ffmpeg
def test_a_video_becomes_a_small_one_with_a_still(case: Case, tmp_path: Path) -> None:
    made = tmp_path / "made.mp4"
    source = ("-f", "lavfi", "-i", "testsrc2=size=320x240:rate=10:duration=1", "-metadata", f"comment={TEXT}")
    subprocess.run(["ffmpeg", "-nostdin", "-loglevel", "error", *source, made], check=True)
    medium = cleaned(case, made.read_bytes())
    assert (medium.state, medium.kind) == (MediaState.READY, "video")
    assert medium.seconds == pytest.approx(1.0, abs=0.2)
    names = {each.name: each for each in Rendition.objects.all()}
    assert {"low.mp4", "poster.jpg", "thumb.jpg"} <= set(names)
    low = storage.read(names["low.mp4"].storage_key, 0, names["low.mp4"].size)
    assert low[4:8] == b"ftyp"
    assert TEXT.encode() not in low
    assert medium.created_at <= now()
