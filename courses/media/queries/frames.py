"""The pictures a medium is looked at by: a photo's one, a document's pages, a scan's frames, a video's poster."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from courses.cases.models import MediaKind
from courses.media.queries.media import File, Item

FIRST_SIDE = 640  # pixels of a scan's frame before somebody asks for more
FULL_SIDE = 1600


@dataclass(frozen=True, slots=True)
class Page:
    """A picture in two sizes; `large` is None where there is no larger one."""

    small: File
    large: File | None

    def as_json(self) -> dict[str, Any]:
        return {"small": self.small.as_json(), "large": self.large.as_json() if self.large else None}


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows first: `number` from 1, addresses of the picture and of its larger one, sizes in pixels and
    bytes; None where they are not known before. `presets` are the names of a scan's windows.
    """

    number: int
    url: str
    width: int | None
    height: int | None
    bytes: int | None
    large_url: str
    large_bytes: int | None
    presets: tuple[str, ...] = field(default=())
    preset: str = ""


def pages(item: Item) -> list[Page]:
    """A photo's picture or a document's pages in order; none for a scan, whose frames are drawn when asked for."""
    files = {file.name: file for file in item.files}
    if item.medium.kind == MediaKind.PHOTO:
        return [Page(files["small.jpg"], _larger(files["small.jpg"], files.get("large.jpg")))]
    if item.medium.kind == MediaKind.VIDEO:
        return [Page(files["poster.jpg"], None)]
    names = sorted(name for name in files if name.startswith("page-") and name.endswith("-small.jpg"))
    return [Page(files[name], _larger(files[name], files.get(name.replace("-small", "")))) for name in names]


def shown(item: Item, asked: int | None, preset: str = "") -> Shown:
    """The frame asked for, brought within what there is; a scan without one shows its middle."""
    medium = item.medium
    usual = medium.frames // 2 + 1 if item.window_url else 1
    number = min(max(asked or usual, 1), medium.frames)
    if item.window_url:
        return _of_scan(item, item.window_url, number, preset)
    page = pages(item)[number - 1]
    large = page.large
    return Shown(
        number=number,
        url=page.small.url,
        width=page.small.width,
        height=page.small.height,
        bytes=page.small.bytes,
        large_url=large.url if large else "",
        large_bytes=large.bytes if large else None,
    )


def _of_scan(item: Item, url: str, number: int, preset: str) -> Shown:
    medium = item.medium
    known = {each["name"]: each for each in medium.windows.get("presets", [])}
    chosen = known.get(preset)
    view: dict[str, Any] = {"frame": number}
    if chosen:
        view |= {"centre": chosen["centre"], "width": chosen["width"]}
    side = max(medium.width or 1, medium.height or 1)
    scale = FIRST_SIDE / side  # a small scan is shown larger than its pixels
    return Shown(
        number=number,
        url=f"{url}?{urlencode(view | {'size': FIRST_SIDE})}",
        width=round(medium.width * scale) if medium.width else None,
        height=round(medium.height * scale) if medium.height else None,
        bytes=None,
        large_url=f"{url}?{urlencode(view | {'size': FULL_SIDE})}" if side > FIRST_SIDE else "",
        large_bytes=None,
        presets=tuple(known),
        preset=preset if chosen else "",
    )


def _larger(small: File, large: File | None) -> File | None:
    """A larger picture only where it shows more."""
    return large if large and (large.width or 0) > (small.width or 0) else None
