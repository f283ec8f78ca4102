"""The pictures of the demonstration's cases: drawn, so that no patient is in them."""

import io

from PIL import Image, ImageDraw, ImageFilter


def double_bubble() -> bytes:
    """A newborn's abdomen as an X-ray would show duodenal atresia: two bubbles of air, none below. JPEG."""
    film = Image.new("L", (900, 1100), 14)
    draw = ImageDraw.Draw(film)
    draw.rounded_rectangle((150, -200, 750, 1300), 280, fill=84)
    draw.ellipse((170, -260, 440, 420), fill=52)
    draw.ellipse((460, -260, 730, 420), fill=52)
    for rib in range(6):
        top = 20 + 62 * rib
        draw.arc((150, top, 470, top + 260), 190, 300, fill=128, width=12)
        draw.arc((430, top, 750, top + 260), 240, 350, fill=128, width=12)
    for vertebra in range(19):
        draw.rounded_rectangle((424, 10 + 58 * vertebra, 476, 56 + 58 * vertebra), 10, fill=142)
    draw.arc((190, 850, 440, 1220), 150, 330, fill=150, width=26)
    draw.arc((460, 850, 710, 1220), 210, 30, fill=150, width=26)
    draw.ellipse((480, 440, 725, 700), fill=20)
    draw.ellipse((290, 560, 420, 690), fill=24)
    film = film.filter(ImageFilter.GaussianBlur(9))
    grain = Image.effect_noise(film.size, 22)
    return _jpeg(Image.blend(film, grain, 0.12))


def silo() -> bytes:
    """A silo over the bowel of gastroschisis, as a sketch. JPEG."""
    sketch = Image.new("RGB", (1200, 900), (226, 205, 190))
    draw = ImageDraw.Draw(sketch)
    draw.ellipse((120, 380, 1080, 1250), fill=(222, 178, 156))
    draw.rounded_rectangle((430, 110, 760, 620), 120, fill=(214, 228, 228), outline=(120, 150, 150), width=6)
    for turn in range(6):
        top = 250 + 58 * turn
        draw.rounded_rectangle((470, top, 720, top + 46), 24, fill=(196, 96, 92), outline=(150, 60, 60), width=4)
    draw.ellipse((425, 560, 765, 660), outline=(150, 90, 80), width=8)
    draw.line((595, 110, 595, 30), fill=(120, 150, 150), width=6)
    return _jpeg(sketch.filter(ImageFilter.GaussianBlur(1.5)))


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()
