"""Writes the pictures every kind ends as: JPEGs of fresh pixels, at the sizes a link can carry."""

from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image

from courses.media.sanitising.results import File

MEDIA_TYPE: Final = "image/jpeg"
WHITE: Final = (255, 255, 255)
MASTER_SIDE: Final = 3000
LARGE_SIDE: Final = 1600
SMALL_SIDE: Final = 640
THUMB_SIDE: Final = 240
THUMB_BYTES: Final = 12_000  # what a list of twenty may cost on a slow link, by twenty
_THUMB_QUALITIES: Final = (74, 62, 50, 38, 28)


def fitted(size: tuple[int, int], side: int) -> tuple[int, int]:
    """The size, in pixels, of a picture of `size` shrunk until its longer side is at most `side`. Never enlarges."""
    scale = min(1.0, side / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def on_fresh_canvas(picture: Image.Image) -> Image.Image:
    """The same RGB pixels in an image that never had anything else."""
    canvas = Image.new("RGB", picture.size, WHITE)
    canvas.paste(picture)
    return canvas


def jpeg(picture: Image.Image, *, side: int, quality: int) -> tuple[bytes, tuple[int, int]]:
    """A JPEG of an RGB picture, shrunk to `side`, and its size in pixels."""
    size = fitted(picture.size, side)
    small = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0) if size != picture.size else picture
    buffer = BytesIO()
    on_fresh_canvas(small).save(buffer, "JPEG", quality=quality, optimize=True)
    return buffer.getvalue(), size


def write(picture: Image.Image, out: Path, name: str, *, side: int, quality: int) -> File:
    """Writes `name` below `out`. Raises OSError."""
    data, size = jpeg(picture, side=side, quality=quality)
    return _written(out / name, data, size)


def write_thumb(picture: Image.Image, out: Path) -> File:
    """Writes `thumb.jpg`, at the best quality that fits into THUMB_BYTES. Raises OSError."""
    for quality in _THUMB_QUALITIES:
        data, size = jpeg(picture, side=THUMB_SIDE, quality=quality)
        if len(data) <= THUMB_BYTES:
            break
    return _written(out / "thumb.jpg", data, size)


def write_sizes(picture: Image.Image, out: Path) -> tuple[File, File, File]:
    """Writes `large.jpg`, `small.jpg` and `thumb.jpg`. Raises OSError."""
    return (
        write(picture, out, "large.jpg", side=LARGE_SIDE, quality=82),
        write(picture, out, "small.jpg", side=SMALL_SIDE, quality=76),
        write_thumb(picture, out),
    )


def _written(path: Path, data: bytes, size: tuple[int, int]) -> File:
    path.write_bytes(data)
    return File(name=path.name, media_type=MEDIA_TYPE, size=len(data), width=size[0], height=size[1])
