"""Files are told by their bytes; what is not taken is refused whatever it is called."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.media.sanitising.kinds import container, sniff, sniff_bytes
from courses.media.sanitising.results import Kind, Refused
from tests.unit.media.sanitising.planted_dicoms import data_set, written
from tests.unit.media.sanitising.planted_documents import pdf
from tests.unit.media.sanitising.planted_photos import jpeg, png, webp


def zipped(name: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, "<x/>")
    return buffer.getvalue()


def ftyp(brand: bytes, *others: bytes) -> bytes:
    return (16 + 4 * len(others)).to_bytes(4, "big") + b"ftyp" + brand + b"\0\0\0\0" + b"".join(others) + b"\0" * 64


BARE = written(data_set())[132:]
TAKEN = {
    "JPEG": (jpeg(), Kind.PHOTO),
    "PNG": (png(), Kind.PHOTO),
    "WebP": (webp(), Kind.PHOTO),
    "PDF": (pdf(), Kind.DOCUMENT),
    "DICOM": (written(data_set()), Kind.DICOM),
    "bare DICOM": (BARE, Kind.DICOM),
    "MP4": (ftyp(b"isom", b"avc1"), Kind.VIDEO),
    "MOV": (ftyp(b"qt  "), Kind.VIDEO),
    "3GP": (ftyp(b"3gp4"), Kind.VIDEO),
    "brand of its own, but compatible": (ftyp(b"NVR0", b"mp42"), Kind.VIDEO),
    "old QuickTime": (b"\0\0\0\x08wide\0\0\0\x08moov" + b"\0" * 64, Kind.VIDEO),
    "WebM": (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm" + b"\0" * 64, Kind.VIDEO),
    "MKV": (b"\x1a\x45\xdf\xa3\xa3\x42\x82\x88matroska" + b"\0" * 64, Kind.VIDEO),
}
LEFT = {
    "SVG": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "SVG with a declaration": b'<?xml version="1.0"?><svg/>',
    "HTML": b"<!doctype html><script>alert(1)</script>",
    "HTML with a PDF inside": b"<html><!-- %PDF-1.7 -->" + pdf(),
    "ZIP": zipped("a.txt"),
    "office": zipped("word/document.xml"),
    "ZIP with a JPEG behind": zipped("a.txt") + jpeg(),
    "GIF and script": b"GIF89a/*" + b"\0" * 20 + b"*/=alert(1)//",
    "BMP": b"BM" + b"\0" * 60,
    "TIFF": b"II*\0" + b"\0" * 60,
    "playlist": b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
    "concat script": b"ffconcat version 1.0\nfile /etc/passwd\n",
    "audio": ftyp(b"M4A "),
    "program": b"\x7fELF" + b"\0" * 60,
    "script": b"#!/bin/sh\necho x\n",
    "text": "Paciente: Juan Pérez".encode(),
    "one byte": b"\xff",
    "zeros": b"\0" * 4096,
    "PostScript": b"%!PS-Adobe-3.0\n",
}


@pytest.mark.parametrize("name", TAKEN)
def test_what_is_taken(name: str, tmp_path: Path) -> None:
    data, kind = TAKEN[name]
    (path := tmp_path / "holiday.svg").write_bytes(data)
    assert sniff(path) is kind


@pytest.mark.parametrize("name", LEFT)
def test_what_is_not(name: str, tmp_path: Path) -> None:
    (path := tmp_path / "photo.jpg").write_bytes(LEFT[name])
    assert sniff(path) is None


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"mif1", b"avif"])
def test_heic_is_refused_by_name(brand: bytes) -> None:
    with pytest.raises(Refused, match=r"media\.heic"):
        sniff_bytes(ftyp(brand))


def test_nothing_is_refused_by_name() -> None:
    with pytest.raises(Refused, match=r"media\.empty"):
        sniff_bytes(b"")


def test_the_demuxer_follows_the_bytes() -> None:
    assert container(TAKEN["MOV"][0]) == container(TAKEN["MP4"][0]) == "mov"
    assert container(TAKEN["WebM"][0]) == container(TAKEN["MKV"][0]) == "matroska"
    assert container(jpeg()) == ""


@given(st.binary(min_size=1, max_size=300))
def test_any_bytes_are_told_or_left(data: bytes) -> None:
    try:
        assert sniff_bytes(data) in (*Kind, None)
    except Refused as refused:
        assert refused.code == "media.heic"
