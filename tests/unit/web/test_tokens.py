"""Every text colour is readable on the ground it is used on, by day and by night (WCAG 2 AA), and pages stay light."""

import gzip
import re
from math import cos, radians, sin
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
CSS = ROOT / "static" / "css"
_COLOUR = r"oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)"
_SAID = re.compile(rf"--([\w-]+): (?:light-dark\({_COLOUR}, {_COLOUR}\)|{_COLOUR});")
_BLOCK = re.compile(r"^  ([^\s@/][^{]*) \{\n(.*?)^  \}", re.MULTILINE | re.DOTALL)
_HEX = re.compile(r"--([\w-]+): #([0-9a-f]{3}|[0-9a-f]{6});")

TEXT = [  # ink, ground
    *[(ink, ground) for ink in ("ink", "ink-soft") for ground in ("paper", "tier", "tier-deep")],
    *[(ink, "paper") for ink in ("drape-text", "lamp-text", "stop-text", "hold-text", "link")],
    *[(ink, "tier") for ink in ("drape-text", "lamp-text", "stop-text", "hold-text", "link")],
    ("drape-on", "drape"),
    ("drape-on", "drape-deep"),
    ("lamp-on", "lamp"),
    ("stop-on", "stop"),
    ("stop-on", "stop-deep"),
    *[(f"{name}-text", f"{name}-soft") for name in ("drape", "lamp", "stop", "hold")],
    ("link", "link-soft"),
    *[("ink", f"{name}-soft") for name in ("drape", "lamp", "stop", "hold", "link")],
]
SHAPES = [("line-strong", "paper"), ("focus", "paper"), ("focus", "tier"), ("drape", "tier"), ("chart-1", "paper")]


def luminance(lightness: float, chroma: float, hue: float) -> float:
    """Relative luminance (0 to 1) of an OKLCH colour, clipped to sRGB (Björn Ottosson's matrices)."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    return weighed(*(min(max(channel, 0.0), 1.0) for channel in (red, green, blue)))


def weighed(red: float, green: float, blue: float) -> float:
    """Relative luminance of linear red, green and blue."""
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def tokens() -> str:
    return (CSS / "tokens.css").read_text()


def palettes() -> dict[str, dict[str, float]]:
    """Luminance per token by day, by night, and on the stage, which says that it is dark and may say colours anew."""
    blocks = dict(_BLOCK.findall(tokens()))
    root, stage = blocks[":root"], blocks[".stage"]
    assert "color-scheme: light dark;" in root
    assert "color-scheme: dark;" in stage
    by_night = said(root, 1)
    return {"day": said(root, 0), "night": by_night, "stage": by_night | said(stage, 1)}


def said(block: str, by_night: int) -> dict[str, float]:
    """Luminance per token of one block: the first colour of each by day, the second by night, or the only one."""
    found = {}
    for token, *numbers in _SAID.findall(block):
        day, night, always = numbers[:3], numbers[3:6], numbers[6:]
        found[token] = luminance(*(float(number) for number in (always if always[0] else (day, night)[by_night])))
    return found


def plain_day() -> dict[str, float]:
    """Luminance per token where light-dark() is not known."""
    text = tokens()
    found = {}
    for token, digits in _HEX.findall(text[text.index("@supports not") :]):
        pairs = [digits[at : at + 2] for at in (0, 2, 4)] if len(digits) == 6 else [digit * 2 for digit in digits]
        found[token] = weighed(*(linear(int(pair, 16) / 255) for pair in pairs))
    return found


def linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def contrast(one: float, other: float) -> float:
    dark, light = sorted((one, other))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_is_right() -> None:
    assert contrast(luminance(1, 0, 0), luminance(0, 0, 0)) == pytest.approx(21, abs=0.01)
    assert contrast(luminance(0.5999, 0, 0), luminance(1, 0, 0)) == pytest.approx(3.95, abs=0.05)  # #808080


@pytest.mark.parametrize("palette", ["day", "night", "stage"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_is_readable(palette: str, ink: str, ground: str) -> None:
    colours = palettes()[palette]
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("palette", ["day", "night", "stage"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_shapes_are_visible(palette: str, shape: str, ground: str) -> None:
    colours = palettes()[palette]
    assert contrast(colours[shape], colours[ground]) >= 3


def test_a_browser_without_light_dark_gets_a_readable_day() -> None:
    colours = plain_day()
    assert {"paper", "ink", "line-strong", "focus", "drape", "drape-on"} <= set(colours)
    for pairs, least in ((TEXT, 4.5), (SHAPES, 3)):
        for one, ground in pairs:
            if one in colours and ground in colours:
                assert contrast(colours[one], colours[ground]) >= least, (one, ground)


def test_every_colour_is_said_once_for_day_and_night() -> None:
    root = dict(_BLOCK.findall(tokens()))[":root"]
    assert set(said(root, 0)) == set(re.findall(r"--([\w-]+): .*oklch", root)) - {"shadow"}
    assert "oklch" not in tokens().replace(root, "")


def test_night_and_stage_are_the_same() -> None:
    found = palettes()
    assert found["night"] == found["stage"]
    assert set(found["night"]) <= set(found["day"])


def compressed(paths: list[Path]) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)


def test_what_every_page_loads_is_light() -> None:
    assert compressed([CSS / f"{name}.css" for name in ("tokens", "base", "components")]) < 9_000
    scripts = ("site/main", "lib/time", "lib/texts")
    assert compressed([ROOT / f"static/js/{name}.js" for name in scripts]) < 3_000
