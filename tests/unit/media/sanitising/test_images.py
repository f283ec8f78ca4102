"""Photos: upright, in sRGB, on white, in four sizes, and what was taken away is told."""

import random
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageCms

from courses.media.sanitising import pictures, traces
from courses.media.sanitising.child import work
from courses.media.sanitising.limits import Limits
from courses.media.sanitising.results import Clean, Refused
from tests.unit.media.sanitising.planted_photos import (
    chunk,
    gps_exif,
    icc,
    jpeg,
    picture,
    png,
    segment,
    webp,
    with_chunk,
    with_segment,
)

FILES = ["master.jpg", "large.jpg", "small.jpg", "thumb.jpg"]


def cleaned(data: bytes, folder: Path, limits: Limits | None = None) -> Clean:
    (source := folder / "source").write_bytes(data)
    (out := folder / "out").mkdir(exist_ok=True)
    return work(source, out, limits or Limits())


def noise(size: tuple[int, int]) -> Image.Image:
    return Image.frombytes("RGB", size, random.Random(7).randbytes(size[0] * size[1] * 3))


@pytest.mark.parametrize(
    ("make", "mode"), [(jpeg, "RGB"), (png, "RGB"), (webp, "RGB"), (jpeg, "L"), (png, "P"), (jpeg, "CMYK")]
)
def test_every_format_becomes_four_jpegs(make: "type[bytes]", mode: str, tmp_path: Path) -> None:
    done = cleaned(make(picture((2000, 1000)).convert(mode)), tmp_path)
    assert [file.name for file in done.files] == FILES
    sizes = [(file.width, file.height) for file in done.files]
    assert sizes == [(2000, 1000), (1600, 800), (640, 320), (240, 120)]
    for file in done.files:
        with Image.open(tmp_path / "out" / file.name) as image:
            assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (file.width, file.height))
            assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
            red, green, blue = image.getpixel((image.width - 10, 10))
            if mode not in ("L", "CMYK"):
                assert (red > 150, green < 80, blue < 80) == (True, True, True)
        assert (tmp_path / "out" / file.name).stat().st_size == file.size


@pytest.mark.parametrize("orientation", range(1, 9))
def test_pictures_stand_upright(orientation: int, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    done = cleaned(jpeg(picture((400, 300)), exif=exif), tmp_path)
    assert (done.width, done.height) == ((400, 300) if orientation < 5 else (300, 400))
    corners = {1: (0, 0), 2: (1, 0), 3: (1, 1), 4: (0, 1), 5: (0, 0), 6: (1, 0), 7: (1, 1), 8: (0, 1)}
    across, down = corners[orientation]  # where the blue corner of the picture must be after turning
    with Image.open(tmp_path / "out" / "master.jpg") as image:
        red, _, blue = image.getpixel((across * (image.width - 21) + 10, down * (image.height - 21) + 10))
    assert blue > 150 > red


def test_what_is_transparent_becomes_white(tmp_path: Path) -> None:
    glass = Image.new("RGBA", (50, 50), (0, 0, 0, 0))
    glass.paste((200, 0, 0, 255), (25, 0, 50, 50))
    cleaned(png(glass), tmp_path)
    with Image.open(tmp_path / "out" / "master.jpg") as image:
        assert min(image.getpixel((5, 25))) > 250
        assert image.getpixel((45, 25))[1] < 20


def test_colours_are_turned_into_srgb(tmp_path: Path) -> None:
    """A profile with red and green exchanged: without the conversion the picture would stay as it is."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = profile.index(b"rXYZ", 128), profile.index(b"gXYZ", 128)
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    cleaned(png(Image.new("RGB", (20, 20), (255, 0, 0)), icc_profile=bytes(profile)), tmp_path)
    with Image.open(tmp_path / "out" / "master.jpg") as image:
        assert image.getpixel((10, 10))[1] > 200 > image.getpixel((10, 10))[0]


def test_sixteen_bits_of_grey_keep_their_brightness(tmp_path: Path) -> None:
    cleaned(png(Image.frombytes("I;16", (8, 8), b"\x00\x80" * 64)), tmp_path)
    with Image.open(tmp_path / "out" / "master.jpg") as image:
        assert abs(image.getpixel((4, 4))[0] - 128) <= 2


def test_thumbs_are_light_whatever_they_show(tmp_path: Path) -> None:
    done = cleaned(jpeg(noise((1200, 1200))), tmp_path)
    assert done.files[-1].size <= pictures.THUMB_BYTES


def test_large_photos_come_down_to_the_master(tmp_path: Path) -> None:
    assert (cleaned(jpeg(picture((4000, 2000))), tmp_path).width) == pictures.MASTER_SIDE


LABELS = {
    "GPS": (jpeg(exif=gps_exif()), {"exif", "gps"}),
    "comment": (jpeg(comment=b"x"), {"comment"}),
    "ICC": (jpeg(icc_profile=icc()), {"icc"}),
    "XMP": (with_segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00<x/>"), {"xmp"}),
    "IPTC": (with_segment(0xED, b"Photoshop 3.0\x00"), {"iptc"}),
    "APP7": (with_segment(0xE7, b"x"), {"application_data"}),
    "appended": (jpeg() + b"PK\x03\x04", {"appended_bytes"}),
    "plain JPEG": (jpeg(), set()),
    "plain PNG": (png(), set()),
    "PNG text": (with_chunk(b"tEXt", b"a\x00b"), {"text_chunks"}),
    "PNG of its own": (with_chunk(b"prVt", b"a"), {"private_chunks"}),
    "PNG appended": (png() + b"<html>", {"appended_bytes"}),
    "PNG GPS": (png(exif=gps_exif()), {"exif", "gps"}),
    "plain WebP": (webp(), set()),
    "WebP GPS": (webp(exif=gps_exif()), {"exif", "gps"}),
    "WebP appended": (webp() + b"zz", {"appended_bytes"}),
}


@pytest.mark.parametrize("name", LABELS)
def test_what_was_taken_away_is_told(name: str, tmp_path: Path) -> None:
    data, labels = LABELS[name]
    assert set(cleaned(data, tmp_path).removed) == labels


@given(st.sampled_from([jpeg(comment=b"x"), png(), webp()]), st.data())
def test_the_report_survives_any_structure(data: bytes, drawn: st.DataObject) -> None:
    broken = bytearray(data)
    for _ in range(drawn.draw(st.integers(1, 6))):
        broken[drawn.draw(st.integers(0, len(data) - 1))] = drawn.draw(st.integers(0, 255))
    image_format = {0xFF: "JPEG", 0x89: "PNG"}.get(data[0], "WEBP")
    assert all(label.replace("_", "").isalpha() for label in traces.of_file(bytes(broken), image_format))


def header(width: int, height: int) -> bytes:
    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size + b"\x08\x02\x00\x00\x00")


def test_a_pixel_bomb_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    bomb = header(60_000, 60_000) + chunk(b"IDAT", zlib.compress(b"\0" * 9)) + chunk(b"IEND", b"")
    with pytest.raises(Refused, match=r"media\.too_many_pixels"):
        cleaned(bomb, tmp_path)


def test_the_cap_on_pixels_is_exact(tmp_path: Path) -> None:
    cleaned(png(picture((40, 25))), tmp_path, Limits(photo_pixels=1000))
    with pytest.raises(Refused, match=r"media\.too_many_pixels"):
        cleaned(png(picture((40, 26))), tmp_path, Limits(photo_pixels=1000))


@pytest.mark.parametrize("name", [b"zTXt", b"iCCP"])
def test_a_packed_bomb_in_a_chunk_does_no_harm(name: bytes, tmp_path: Path) -> None:
    bomb = with_chunk(name, b"a\x00\x00" + zlib.compress(b"\0" * 300_000_000))
    try:
        assert cleaned(bomb, tmp_path).width == 96
    except Refused as refused:
        assert refused.code == "media.broken"


@pytest.mark.parametrize("make", [jpeg, png, webp])
def test_half_a_photo_is_refused(make: "type[bytes]", tmp_path: Path) -> None:
    whole = make(noise((200, 200)))
    with pytest.raises(Refused, match=r"media\.broken"):
        cleaned(whole[: len(whole) // 2], tmp_path)


def test_a_broken_exif_block_is_no_reason_to_refuse(tmp_path: Path) -> None:
    broken = jpeg()[:2] + segment(0xE1, b"Exif\x00\x00II*\x00\xff\xff\xff\xff") + jpeg()[2:]
    assert "exif" in cleaned(broken, tmp_path).removed


def test_pictures_are_never_enlarged() -> None:
    assert pictures.fitted((30, 20), 640) == (30, 20)
    assert pictures.fitted((6000, 1), 640) == (640, 1)
    buffer = BytesIO(pictures.jpeg(picture((30, 20)), side=640, quality=80)[0])
    assert Image.open(buffer).size == (30, 20)
