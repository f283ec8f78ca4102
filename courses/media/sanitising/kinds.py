"""Which kind of file this is, told by its bytes and never by its name."""

from pathlib import Path
from typing import Final

from courses.media.sanitising.results import Kind, Refused

HEAD: Final = 4096  # bytes looked at
_TIFF_LIKE: Final = 128  # where DICOM's magic word stands, after the preamble
_HEIF: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"})
_MP4: Final = frozenset(
    {b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"iso7", b"iso8", b"iso9", b"mp41", b"mp42", b"avc1"}
    | {b"M4V ", b"M4VH", b"M4VP", b"mmp4", b"MSNV", b"dash", b"f4v ", b"qt  ", b"XAVC", b"mp71", b"3gp1", b"3gp2"}
    | {b"3gp3", b"3gp4", b"3gp5", b"3gp6", b"3gp7", b"3gr6", b"3gs6", b"3gs7", b"3ge6", b"3ge7", b"3gg6", b"3g2a"}
    | {b"3g2b", b"3g2c"}
)
_EBML: Final = b"\x1a\x45\xdf\xa3"
# A data set without preamble starts with group 0002 or 0008, even element, an explicit VR or a short implicit length.
_BARE_GROUPS: Final = (b"\x02\x00\x00\x00", b"\x02\x00\x10\x00", b"\x08\x00\x00\x00", b"\x08\x00\x05\x00")


def head(source: Path) -> bytes:
    """The first bytes of a file. Raises OSError."""
    with source.open("rb") as file:
        return file.read(HEAD)


def sniff(source: Path) -> Kind | None:
    """The kind of a file, None when it is none that is taken. Raises `media.empty`, `media.heic` and OSError."""
    return sniff_bytes(head(source))


def sniff_bytes(first: bytes) -> Kind | None:
    """`sniff` for the first bytes of a file, at least HEAD of them where there are as many."""
    if not first:
        raise Refused("media.empty")
    if is_photo(first):
        return Kind.PHOTO
    if first.startswith(b"%PDF-"):
        return Kind.DOCUMENT
    if container(first):
        return Kind.VIDEO
    if is_dicom(first):
        return Kind.DICOM
    return None


def photo_format(first: bytes) -> str:
    """Pillow's name of the format, empty for everything that is not taken."""
    if first.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if first.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    return "WEBP" if first[:4] == b"RIFF" and first[8:12] == b"WEBP" else ""


def is_photo(first: bytes) -> bool:
    return bool(photo_format(first))


def container(first: bytes) -> str:
    """ffmpeg's name of the demuxer that reads this video, empty when it is none. Raises `media.heic`."""
    if first[4:8] == b"ftyp" and len(first) >= 16:
        length = min(int.from_bytes(first[:4], "big"), len(first))
        brands = [first[8:12], *(first[at : at + 4] for at in range(16, length - 3, 4))]
        if brands[0] in _HEIF:
            raise Refused("media.heic")
        return "mov" if any(brand in _MP4 for brand in brands) else ""
    # QuickTime files of old cameras have no ftyp and start with one of these atoms.
    if first[4:8] in (b"moov", b"mdat", b"wide") and b"moov" in first:
        return "mov"
    if first.startswith(_EBML) and (b"webm" in first[:64] or b"matroska" in first[:64]):
        return "matroska"
    return ""


def is_dicom(first: bytes) -> bool:
    """With the preamble and its magic word, or a bare data set that starts with an element every image has."""
    if first[_TIFF_LIKE : _TIFF_LIKE + 4] == b"DICM":
        return True
    if first[:4] not in _BARE_GROUPS or len(first) < 12:
        return False
    return first[4:6] in (b"UL", b"OB", b"UI", b"CS") or int.from_bytes(first[4:8], "little") <= 64
