"""What a photo carries besides its pixels, as stable labels: read from its structure, only to be told."""

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from PIL import ExifTags, Image

# Inside the compressed data a marker is what neither stuffing nor a restart explains.
_NEXT_MARKER: Final = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_STANDALONE: Final = frozenset({0x01, *range(0xD0, 0xD9)})
_EOI, _SOS, _COM = 0xD9, 0xDA, 0xFE
_SEGMENTS: Final = (
    (0xE1, b"Exif\x00", "exif"),
    (0xE1, b"http://ns.adobe.com/", "xmp"),
    (0xE2, b"ICC_PROFILE\x00", "icc"),
    (0xE2, b"MPF\x00", "extra_pictures"),
    (0xED, b"Photoshop 3.0\x00", "iptc"),
)
_HARMLESS_SEGMENTS: Final = ((0xE0, b"JFIF\x00"), (0xEE, b"Adobe"))
_PNG_PLAIN: Final = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"pHYs", b"tRNS", b"bKGD"}
)
_PNG_LABELS: Final = {
    b"tEXt": "text_chunks",
    b"zTXt": "text_chunks",
    b"iTXt": "text_chunks",
    b"eXIf": "exif",
    b"iCCP": "icc",
    b"tIME": "time",
    b"acTL": "extra_pictures",
    b"fcTL": "extra_pictures",
    b"fdAT": "extra_pictures",
}
_WEBP_PLAIN: Final = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH"})
_WEBP_LABELS: Final = {
    b"EXIF": "exif",
    b"XMP ": "xmp",
    b"ICCP": "icc",
    b"ANIM": "extra_pictures",
    b"ANMF": "extra_pictures",
}


def of_file(data: bytes, image_format: str) -> set[str]:
    """The labels a file's own structure shows. Never raises for broken structure: what is there until then counts."""
    walk = {"JPEG": _jpeg, "PNG": _png, "WEBP": _webp}[image_format]
    return set(walk(data))


def of_exif(image: Image.Image) -> set[str]:
    """The labels that only the EXIF block shows: where, which camera, the picture in the picture."""
    labels: set[str] = set()
    # The block is a stranger's: whatever is wrong with it says nothing about the picture.
    with suppress(Exception):
        exif = image.getexif()
        if exif.get_ifd(ExifTags.IFD.GPSInfo):
            labels.add("gps")
        if ExifTags.Base.MakerNote in exif.get_ifd(ExifTags.IFD.Exif):
            labels.add("maker_note")
        if exif.get_ifd(ExifTags.IFD.IFD1):
            labels.add("thumbnail")
    return labels


def _jpeg(data: bytes) -> Iterator[str]:
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            yield "stray_bytes"
            return
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == _EOI:
            if data[at + 2 :].strip(b"\x00"):
                yield "appended_bytes"
            return
        if marker in _STANDALONE:
            at += 2
            continue
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        yield from _segment(marker, data[at + 4 : at + 2 + length])
        at += 2 + length
        if marker == _SOS:
            found = _NEXT_MARKER.search(data, at)
            if not found:
                return
            at = found.start()


def _segment(marker: int, body: bytes) -> Iterator[str]:
    if marker == _COM:
        yield "comment"
    elif 0xE0 <= marker <= 0xEF:
        for number, start, label in _SEGMENTS:
            if marker == number and body.startswith(start):
                yield label
                return
        if not any(marker == number and body.startswith(start) for number, start in _HARMLESS_SEGMENTS):
            yield "thumbnail" if body.startswith(b"JFXX") else "application_data"


def _png(data: bytes) -> Iterator[str]:
    at = 8
    while at + 12 <= len(data):
        length, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if name == b"iTXt" and data[at + 8 : at + 40].startswith(b"XML:com.adobe.xmp"):
            yield "xmp"
        elif name not in _PNG_PLAIN:
            yield _PNG_LABELS.get(name, "private_chunks")
        at += 12 + length
        if name == b"IEND":
            break
    if at < len(data):
        yield "appended_bytes"


def _webp(data: bytes) -> Iterator[str]:
    end = min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    at = 12
    while at + 8 <= end:
        length, name = int.from_bytes(data[at + 4 : at + 8], "little"), data[at : at + 4]
        if name not in _WEBP_PLAIN:
            yield _WEBP_LABELS.get(name, "private_chunks")
        at += 8 + length + length % 2
    if len(data) > end + end % 2:
        yield "appended_bytes"
