"""Files made to do harm: each ends as clean files or as a code, and leaves nothing behind."""

import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.media.sanitising import process
from courses.media.sanitising.limits import MIB, Limits
from courses.media.sanitising.results import CODES, Kind, Refused
from tests.unit.media.sanitising.planted_dicoms import data_set, written
from tests.unit.media.sanitising.planted_documents import filled_in, pdf, stream
from tests.unit.media.sanitising.planted_photos import chunk, jpeg, png, webp
from tests.unit.media.sanitising.test_images import header
from tests.unit.media.sanitising.test_kinds import LEFT, ftyp, zipped


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (folder := tmp_path / "out").mkdir()
    return folder


def attempt(source: Path, out: Path, limits: Limits = process.DEFAULTS) -> str:
    """The kind of what came out, or the code of the refusal."""
    try:
        done = process.clean(source, out, limits)
    except Refused as refused:
        assert list(out.iterdir()) == []
        assert refused.code in CODES
        return refused.code
    assert {path.name for path in out.iterdir()} == {file.name for file in done.files}
    return done.kind.value


@pytest.mark.parametrize("name", LEFT)
def test_what_is_not_taken_leaves_nothing(name: str, tmp_path: Path, out: Path) -> None:
    (source := tmp_path / "a.jpg").write_bytes(LEFT[name])
    assert attempt(source, out) == "media.unknown"


POLYGLOTS = {
    "JPEG and ZIP": (jpeg() + zipped("x.html"), b"PK"),
    "PNG and HTML": (png() + b"<html><script>alert(1)</script></html>", b"<script"),
    "WebP and ZIP": (webp() + zipped("x.html"), b"PK\x03"),
    "PDF and HTML": (pdf() + b"<html><script>alert(1)</script></html>", b"<script"),
    "DICOM and TIFF": (b"II*\0".ljust(128, b"\0") + written(data_set())[128:], b"II*\0"),
    "DICOM and program": (b"MZ".ljust(128, b"\0") + written(data_set())[128:], b"MZ\0"),
}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", POLYGLOTS)
def test_files_of_two_kinds_become_one(name: str, tmp_path: Path, out: Path) -> None:
    data, other = POLYGLOTS[name]
    (source := tmp_path / "a").write_bytes(data)
    assert attempt(source, out) in (Kind.PHOTO, Kind.DOCUMENT, Kind.DICOM)
    for path in out.iterdir():
        clean = path.read_bytes()
        assert not clean.startswith(other)
        assert b"<script" not in clean
        assert not clean.rstrip(b"\0").endswith(data[-16:])


def test_nothing_at_all(tmp_path: Path, out: Path) -> None:
    (source := tmp_path / "a").touch()
    assert attempt(source, out) == "media.empty"


@pytest.mark.parametrize("head", [b"", jpeg(), png(), pdf(), written(data_set()), ftyp(b"isom")])
def test_two_gigabytes_of_nothing(head: bytes, tmp_path: Path, out: Path) -> None:
    (source := tmp_path / "a").write_bytes(head)
    with source.open("r+b") as file:
        file.truncate(2048 * MIB)
    assert attempt(source, out) == ("media.too_large" if head else "media.unknown")


def test_the_cap_on_bytes_is_exact(tmp_path: Path, out: Path) -> None:
    (source := tmp_path / "a").write_bytes(jpeg())
    assert attempt(source, out, Limits(photo_bytes=len(jpeg()) - 1)) == "media.too_large"
    assert attempt(source, out, Limits(photo_bytes=len(jpeg()))) == Kind.PHOTO


def test_half_a_gigabyte_packed_into_little(tmp_path: Path, out: Path) -> None:
    """Rows beyond the picture's last: they are not even unpacked."""
    rows = zlib.compress(b"\0" * 400_000_000, 1)
    (source := tmp_path / "a").write_bytes(header(10, 10) + chunk(b"IDAT", rows) + chunk(b"IEND", b""))
    assert attempt(source, out) in (Kind.PHOTO, "media.broken")


def test_a_document_that_unpacks_without_end(tmp_path: Path, out: Path) -> None:
    packed = zlib.compress(zlib.compress(b"\0" * 300_000_000, 1), 9)
    body = b"<< /Filter [/FlateDecode /FlateDecode] /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed)
    (source := tmp_path / "a").write_bytes(pdf({4: body}))
    assert attempt(source, out, Limits(memory_bytes=512 * MIB)) in (Kind.DOCUMENT, "media.broken", "media.too_large")


def test_a_document_with_a_picture_too_large_for_memory(tmp_path: Path, out: Path) -> None:
    extra = b"/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceRGB /BitsPerComponent 8"
    bomb = pdf({20: stream(b"\0" * 1_000_000, extra)}, content=b"q 200 0 0 200 0 0 cm /X Do Q")
    (source := tmp_path / "a").write_bytes(bomb)
    assert attempt(source, out) in (Kind.DOCUMENT, "media.broken")


def test_a_dicom_file_that_unpacks_without_end(tmp_path: Path, out: Path) -> None:
    head = written(data_set("image_dfl.dcm"))
    packer = zlib.compressobj(1, zlib.DEFLATED, -15)
    body = packer.compress(b"\x10\x00\x00\x40UT\0\0" + (0xFFFFFFF0).to_bytes(4, "little"))
    body += b"".join(packer.compress(b"\0" * MIB) for _ in range(600)) + packer.flush()
    length = int.from_bytes(head[140:144], "little")
    (source := tmp_path / "a").write_bytes(head[: 144 + length] + body)
    assert attempt(source, out, Limits(memory_bytes=512 * MIB)) in ("media.too_large", "media.broken")


@pytest.mark.filterwarnings("ignore")
def test_a_dicom_stream_larger_than_it_says(tmp_path: Path, out: Path) -> None:
    """The data set says 100 by 100; the JPEG inside is 8000 by 8000."""
    from pydicom.encaps import encapsulate

    from tests.unit.media.sanitising.planted_photos import picture

    data = data_set("SC_rgb_jpeg_dcmtk.dcm")
    data.PixelData = encapsulate([jpeg(picture((8_000, 8_000)))])
    (source := tmp_path / "a").write_bytes(written(data))
    assert attempt(source, out) in (Kind.DICOM, "media.broken", "media.too_large")


SEEDS = {
    "jpeg": jpeg(),
    "png": png(),
    "webp": webp(),
    "pdf": filled_in(),
    "ct": written(data_set()),
    "rle": written(data_set("MR_small_RLE.dcm")),
    "jpeg2000": written(data_set("MR_small_jp2klossless.dcm")),
    "jpeg-ls": written(data_set("MR_small_jpeg_ls_lossless.dcm")),
    "jpeg in dicom": written(data_set("SC_rgb_jpeg_gdcm.dcm")),
}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", SEEDS)
@given(drawn=st.data())
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_broken_files_never_hurt_the_parent(name: str, drawn: st.DataObject, tmp_path: Path) -> None:
    data = bytearray(SEEDS[name])
    for _ in range(drawn.draw(st.integers(0, 12))):
        data[drawn.draw(st.integers(0, len(data) - 1))] ^= 1 << drawn.draw(st.integers(0, 7))
    kept = drawn.draw(st.integers(1, len(data)) | st.just(len(data)))
    (source := tmp_path / "a").write_bytes(bytes(data[:kept]))
    (out := tmp_path / "fuzzed").mkdir(exist_ok=True)
    assert attempt(source, out)
    for path in out.iterdir():
        path.unlink()
