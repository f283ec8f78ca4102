"""Photos: decoded under caps, turned upright, drawn anew, written as JPEGs that carry pixels alone."""

import warnings
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import ExifTags, Image, ImageCms

from courses.media.sanitising import pictures, traces
from courses.media.sanitising.kinds import photo_format
from courses.media.sanitising.limits import Limits
from courses.media.sanitising.results import Clean, Kind, Refused

_UPRIGHT: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def clean(source: Path, out: Path, limits: Limits) -> Clean:
    """Writes `master.jpg`, `large.jpg`, `small.jpg` and `thumb.jpg`. Raises Refused, and what Pillow raises."""
    data = source.read_bytes()
    image_format = photo_format(data)
    with _opened(data, image_format, limits) as image:
        removed = traces.of_file(data, image_format) | traces.of_exif(image)
        picture = _drawn(image)
    master = pictures.write(picture, out, "master.jpg", side=pictures.MASTER_SIDE, quality=88)
    files = (master, *pictures.write_sizes(picture, out))
    return Clean(
        kind=Kind.PHOTO,
        media_type=master.media_type,
        files=files,
        removed=tuple(sorted(removed)),
        width=master.width,
        height=master.height,
    )


def _opened(data: bytes, image_format: str, limits: Limits) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = limits.photo_pixels
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(BytesIO(data), formats=[image_format])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused("media.too_many_pixels", type(error).__name__) from None
    if image.width * image.height > limits.photo_pixels:
        raise Refused("media.too_many_pixels")
    return image


def _drawn(image: Image.Image) -> Image.Image:
    """Upright sRGB pixels of at most MASTER_SIDE on a fresh canvas, what was transparent in white."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of metadata it cannot read
        turn = _UPRIGHT.get(_orientation(image))
        profile = image.info.get("icc_profile")
        if image.format in ("JPEG", "MPO"):
            image.draft(None, pictures.fitted(image.size, pictures.MASTER_SIDE))
        image.load()
        plain = _plain(image)
        size = pictures.fitted(plain.size, pictures.MASTER_SIDE)
        if size != plain.size:
            plain = plain.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
        alpha = plain.getchannel("A") if plain.mode == "RGBA" else None
        colours = _srgb(plain.convert("RGB") if alpha else plain, profile)
    canvas = Image.new("RGB", colours.size, pictures.WHITE)
    canvas.paste(colours, mask=alpha)
    return canvas if turn is None else canvas.transpose(turn)


def _plain(image: Image.Image) -> Image.Image:
    """In one of the modes L, RGB, RGBA or CMYK."""
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if "transparency" in image.info or image.mode in ("LA", "PA", "La", "RGBa"):
        return image.convert("RGBA")
    return image if image.mode in ("L", "RGB", "RGBA", "CMYK") else image.convert("RGB")


def _srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            turned = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            turned = None  # a profile for other colours than the picture's, or a broken one
        if turned is not None:
            return turned
    return picture.convert("RGB")


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # a broken EXIF block: the picture stays as it is
        return 1
