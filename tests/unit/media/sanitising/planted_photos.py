"""Photos with the marker in every place that is not a pixel that shows."""

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from PIL import ExifTags, Image, ImageCms, PngImagePlugin

from tests.unit.media.sanitising.planted import ASCII, BASE64, HEX, MARKER, UTF16LE, Planted, disguised

_TEXT_FIELDS = ("ImageDescription", "Make", "Model", "Software", "Artist", "HostComputer", "Copyright", "DocumentName")
_XP_FIELDS = ("XPTitle", "XPComment", "XPAuthor", "XPKeywords", "XPSubject")
_EXIF_FIELDS = ("UserComment", "MakerNote", "CameraOwnerName", "BodySerialNumber", "LensModel", "ImageUniqueID")
_GPS_FIELDS = ("GPSProcessingMethod", "GPSAreaInformation", "GPSMapDatum", "GPSSatellites")
_BYTES = {"UserComment", "MakerNote", "GPSProcessingMethod", "GPSAreaInformation"}
_CHARACTERS_TAG = 0x9286


def picture(size: tuple[int, int] = (96, 64)) -> Image.Image:
    """A picture with something in every corner."""
    image = Image.new("RGB", size, (190, 40, 40))
    image.paste((30, 90, 200), (0, 0, size[0] // 2, size[1] // 2))
    image.paste((250, 240, 90), (size[0] // 2, size[1] // 2, *size))
    return image


def jpeg(image: Image.Image | None = None, **options: Any) -> bytes:
    buffer = BytesIO()
    (image or picture()).save(buffer, "JPEG", quality=90, **options)
    return buffer.getvalue()


def gps_exif(**fields: Any) -> Image.Exif:
    """EXIF as a phone writes it: where, when, which one."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Phone"
    exif[ExifTags.Base.DateTime] = "2026:03:01 10:00:00"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {1: "S", 2: (12.0, 2.0, 36.0), 3: "W", 4: (77.0, 1.0, 41.0), **{ExifTags.GPS[k]: v for k, v in fields.items()}}
    )
    return exif


def segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def with_segment(marker: int, body: bytes) -> bytes:
    plain = jpeg()
    return plain[:2] + segment(marker, body) + plain[2:]


def icc() -> bytes:
    """A real sRGB profile whose description is the marker."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    place = profile.index("sRGB built-in".encode("utf-16-be"))
    profile[place : place + 26] = MARKER.encode("utf-16-be")[:26]
    return bytes(profile) + ASCII


def _exif_photos() -> Iterator[Planted]:
    for name in (*_TEXT_FIELDS, *_XP_FIELDS):
        exif = Image.Exif()
        exif[ExifTags.Base[name]] = UTF16LE if name.startswith("XP") else MARKER
        yield Planted(f"EXIF {name}", jpeg(exif=exif))
    for name in _EXIF_FIELDS:
        exif = Image.Exif()
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base[name]] = ASCII if name in _BYTES else MARKER
        yield Planted(f"EXIF {name}", jpeg(exif=exif))
    for name in _GPS_FIELDS:
        yield Planted(f"GPS {name}", jpeg(exif=gps_exif(**{name: ASCII if name in _BYTES else MARKER})))
    thumbnail = jpeg(picture((32, 32)), comment=ASCII)
    exif_block = b"Exif\x00\x00II*\x00\x08\x00\x00\x00" + struct.pack("<HI", 0, 14)
    entries = struct.pack("<HHHIIHHII", 2, 0x0201, 4, 1, 44, 0x0202, 4, 1, len(thumbnail)) + b"\x00" * 4
    yield Planted("EXIF thumbnail", with_segment(0xE1, exif_block + entries + thumbnail))


def _segment_photos() -> Iterator[Planted]:
    yield from disguised("COM", lambda hidden: with_segment(0xFE, hidden))
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator>%s</dc:creator></x:xmpmeta>' % ASCII
    yield Planted("XMP", with_segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + xmp))
    yield Planted("long XMP", with_segment(0xE1, b"http://ns.adobe.com/xmp/extension/\x00" + b"0" * 40 + xmp))
    iptc = b"\x1c\x02\x50" + struct.pack(">H", len(ASCII)) + ASCII
    resource = b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(iptc)) + iptc
    yield Planted("IPTC", with_segment(0xED, b"Photoshop 3.0\x00" + resource))
    yield Planted("ICC", jpeg(icc_profile=icc()))
    yield Planted("JFXX thumbnail", with_segment(0xE0, b"JFXX\x00\x10" + jpeg(picture((16, 16)), comment=ASCII)))
    for number in (3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15):
        yield Planted(f"APP{number}", with_segment(0xE0 + number, b"Maker\x00" + ASCII))
    yield Planted("APP2 FPXR", with_segment(0xE2, b"FPXR\x00" + ASCII))
    yield Planted("comment by Pillow", jpeg(comment=ASCII))
    yield from disguised("after the end", lambda hidden: jpeg() + hidden)
    yield Planted("second picture after the end", jpeg() + jpeg(comment=ASCII))
    yield Planted("HTML after the end", jpeg() + b"<html><script>'%s'</script>" % ASCII)
    second, buffer = picture((48, 32)), BytesIO()
    picture().save(buffer, "MPO", save_all=True, append_images=[second], comment=ASCII)
    yield Planted("MPO", buffer.getvalue() + ASCII)


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(image: Image.Image | None = None, **options: Any) -> bytes:
    buffer = BytesIO()
    (image or picture()).save(buffer, "PNG", **options)
    return buffer.getvalue()


def with_chunk(name: bytes, body: bytes, *, before: bytes = b"IDAT") -> bytes:
    plain = png()
    at = plain.index(before) - 4
    return plain[:at] + chunk(name, body) + plain[at:]


def _png_photos() -> Iterator[Planted]:
    yield from disguised("PNG tEXt", lambda hidden: with_chunk(b"tEXt", b"Author\x00" + hidden))
    yield Planted("PNG tEXt key", with_chunk(b"tEXt", ASCII + b"\x00x"))
    yield Planted("PNG zTXt", with_chunk(b"zTXt", b"Author\x00\x00" + zlib.compress(ASCII)))
    yield Planted("PNG iTXt", with_chunk(b"iTXt", b"Title\x00\x00\x00en\x00\x00" + ASCII))
    yield Planted("PNG packed iTXt", with_chunk(b"iTXt", b"Title\x00\x01\x00en\x00\x00" + zlib.compress(ASCII)))
    yield Planted("PNG XMP", with_chunk(b"iTXt", b"XML:com.adobe.xmp\x00\x00\x00\x00\x00<x>" + ASCII + b"</x>"))
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = MARKER
    yield Planted("PNG eXIf", png(exif=exif))
    yield Planted("PNG iCCP", png(icc_profile=icc()))
    yield Planted("PNG iCCP name", with_chunk(b"iCCP", ASCII + b"\x00\x00" + zlib.compress(icc())))
    yield from disguised("PNG private chunk", lambda hidden: with_chunk(b"prVt", hidden), ("ascii", "utf16be", "zlib"))
    yield Planted("PNG chunk at the end", with_chunk(b"prVt", ASCII, before=b"IEND"))
    yield Planted("PNG sPLT", with_chunk(b"sPLT", ASCII + b"\x00\x08" + b"\x00" * 6))
    yield from disguised("PNG after IEND", lambda hidden: png() + hidden, ("ascii", "base64", "hex", "zlib"))
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", MARKER, zip=True)
    yield Planted("PNG text by Pillow", png(pnginfo=info))
    yield Planted("PNG colours of what is transparent", _transparent())
    palette = Image.new("P", (96, 64), 1)
    palette.putpalette(list((b"\x00" * 6 + ASCII * 3)[:51]))
    yield Planted("PNG palette", png(palette))
    plain = png()
    header, width = plain[:33], 96 * 3 + 1
    rows = zlib.compress((b"\x00" + b"\x80" * (width - 1)) * 64 + ASCII)
    yield Planted("PNG pixels beyond the last row", header + chunk(b"IDAT", rows) + chunk(b"IEND", b""))
    yield Planted("PNG animation", png(save_all=True, append_images=[picture().rotate(180)]) + ASCII)


def _transparent() -> bytes:
    """Three bytes of marker to a pixel, with an alpha of zero: their bytes stand in a row in the colour planes."""
    row = b"\x00" + b"".join(bytes([value, value, value, 0]) for value in b"\xff" * 96)
    first = b"\x00" + (ASCII + b"\x00").ljust(96 * 4, b"\x00")
    header = struct.pack(">IIBBBBB", 96, 64, 8, 6, 0, 0, 0)
    body = zlib.compress(first + row * 63)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def webp(image: Image.Image | None = None, **options: Any) -> bytes:
    buffer = BytesIO()
    (image or picture()).save(buffer, "WEBP", **options)
    return buffer.getvalue()


def _webp_photos() -> Iterator[Planted]:
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = MARKER
    yield Planted("WebP EXIF", webp(exif=exif))
    yield Planted("WebP XMP", webp(xmp=b"<x>" + ASCII + b"</x>"))
    yield Planted("WebP ICC", webp(icc_profile=icc()))
    yield from disguised("WebP after the end", lambda hidden: webp() + hidden, ("ascii", "base64", "zlib"))
    plain = webp(exif=Image.Exif(), xmp=b"<x/>")
    unknown = b"PRVT" + struct.pack("<I", 16) + ASCII.ljust(16, b"\x00")
    size = struct.pack("<I", len(plain) - 8 + len(unknown))
    yield Planted("WebP private chunk", plain[:4] + size + plain[8:] + unknown)
    yield Planted("WebP animation", webp(save_all=True, append_images=[picture().rotate(90)], exif=exif))


def photos() -> Iterator[Planted]:
    yield from _exif_photos()
    yield from _segment_photos()
    yield from _png_photos()
    yield from _webp_photos()
    yield Planted("JPEG with all forms", with_segment(0xFE, ASCII + BASE64 + HEX + UTF16LE))
