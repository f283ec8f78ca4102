"""What it costs to send a case: a real browser behind a thin link writes one, adds a photo and sends it.

The link is tests/faults/links.py: a network namespace in which every packet waits for the rate, then half the round
trip, and may be lost. The browser runs in it and signs in outside of it, so that its cache is empty when the form
opens. Nobody thinks: the seconds are the machine's and the link's alone. Bytes are those that crossed the link.
"""

import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser import cases
from tests.browser.people import CHROMIUM_ARGUMENTS, PHONE
from tests.faults.links import NoNamespaces, ThinLink, thin_link
from tests.faults.shaper import Link
from tests.load.servers import ROOT, spawned

CHROMIUM: Final = "/usr/bin/chromium"
WIDE: Final = Link(down=200_000, up=200_000, rtt=0, loss=0, queue=10_000_000)
PATIENCE_MS: Final = 600_000
RATIO_FROM: Final = 0.2  # seconds: what took less says nothing as a ratio
JOURNEYS: Final = ("with a photo, empty cache", "with a photo, second case", "text alone, empty cache")


@dataclass(frozen=True)
class Step:
    """`up` and `down` in bytes."""

    name: str
    seconds: float
    up: int
    down: int


@dataclass
class Meter:
    """Seconds and bytes from one `told` to the next."""

    thin: ThinLink
    steps: list[Step] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        """What happened until now belongs to no step."""
        self._at, self._counts = time.monotonic(), self.thin.change()

    def told(self, name: str) -> None:
        at, counts = time.monotonic(), self.thin.change()
        up, down = (counts[way]["bytes"] - self._counts[way]["bytes"] for way in ("up", "down"))
        self.steps.append(Step(name, at - self._at, up, down))
        self._at, self._counts = at, counts


def table(losses: Sequence[float]) -> Iterator[str]:
    """Lines of a table for each journey: the wide link, then the thin one with each of these losses (per cent)."""
    links = {"no limits": WIDE} | {f"64/256 kbit/s, 600 ms, {loss:g} % lost": Link(loss=loss) for loss in losses}
    try:
        with tempfile.TemporaryDirectory(prefix="anfiteatro-") as folder:
            found = {name: _journeys(link, Path(folder)) for name, link in links.items()}
    except NoNamespaces as error:
        yield f"Not measured: {error}"
        return
    for journey in JOURNEYS:
        yield from _table(journey, {name: told[journey] for name, told in found.items()})


def _table(journey: str, told: dict[str, list[Step]]) -> Iterator[str]:
    yield f"\n| {journey} | kB up / down | {' | '.join(f'{name}, s' for name in told)} |"
    yield f"|---|---|{'---|' * len(told)}"
    for steps in zip(*told.values(), strict=True):
        cells = [f"{steps[0].seconds:.1f}"]
        cells += [_slower(step.seconds, steps[0].seconds) for step in steps[1:]]
        least = min(steps[1:] or steps, key=lambda step: step.up)  # what is lost is sent again
        yield f"| {steps[0].name} | {least.up / 1000:.0f} / {least.down / 1000:.0f} | {' | '.join(cells)} |"


def _slower(seconds: float, wide: float) -> str:
    ratio = f" ({seconds / wide:.0f} ×)" if wide >= RATIO_FROM else ""
    return f"{seconds:.1f}{ratio}"


def _journeys(link: Link, folder: Path) -> dict[str, list[Step]]:
    with (
        thin_link(link) as thin,
        tempfile.TemporaryDirectory(prefix="anfiteatro-") as files,
        spawned(host=thin.host, more=_settings(Path(files))) as servers,
        _browser(thin, servers.urls[0]) as browser,
    ):
        photo = _photo(folder)
        page = _signed_in(browser, servers.urls[0])
        first = _journey(page, thin, photo)
        second = _journey(page, thin, photo)
        page.context.close()
        page = _signed_in(browser, servers.urls[0])
        return dict(zip(JOURNEYS, (first, second, _journey(page, thin, None)), strict=True))


def _settings(files: Path) -> dict[str, str]:
    """Photos and mail stay in a folder of the run."""
    return {
        "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
        "BROWSER_STATIC": str(ROOT / "var" / "static"),
        "BROWSER_FILES": str(files),
    }


@contextmanager
def _browser(thin: ThinLink, url: str) -> Iterator[Browser]:
    """Chromium behind the link. It takes the address for a safe one, as https would be."""
    with tempfile.TemporaryDirectory(prefix="anfiteatro-") as folder, sync_playwright() as playwright:
        inside = Path(folder) / "chromium"
        inside.write_text(f'#!/bin/sh\nexec ip netns exec {thin.name} {CHROMIUM} "$@"\n')
        inside.chmod(0o755)
        arguments = [*CHROMIUM_ARGUMENTS, f"--unsafely-treat-insecure-origin-as-secure={url}"]
        browser = playwright.chromium.launch(executable_path=inside, args=arguments)
        yield browser
        browser.close()


def _signed_in(browser: Browser, url: str) -> Page:
    """A trainee's phone with an empty cache: the demo link is followed beside the link."""
    options: dict[str, Any] = {"locale": "es-PE", "timezone_id": "America/Lima", "base_url": url}
    context = browser.new_context(**PHONE | options)
    context.set_default_timeout(PATIENCE_MS)
    home = context.request.get("/").text()
    link = home.split('href="/demo/sign-in/trainee/')[1].split('"')[0].replace("&amp;", "&")
    context.request.get(f"/demo/sign-in/trainee/{link}")
    return context.new_page()


def _journey(page: Page, thin: ThinLink, photo: Path | None) -> list[Step]:
    meter = Meter(thin)
    page.goto("/cases/new/", wait_until="commit")
    page.locator('[name="main_question"]').wait_for()
    meter.told("the form can be read")
    expect(page.locator("[data-plain-save]")).to_have_count(0, timeout=PATIENCE_MS)
    meter.told("and keeps what is typed")
    _write(page)
    meter.told("every field filled, the text is saved")
    case = cases.path_of(page)
    if photo:
        _add(page, photo, meter)
        page.goto(f"{case}edit/")
        page.locator('form[action$="/check/"] button[name="checked"]').click()
        page.locator(".media-checked").wait_for()
        meter.told("looked at, and ticked")
    page.goto(f"{case}consent/")
    cases.consent(page)
    page.goto(f"{case}edit/")
    meter.told("the consent is written down")
    expect(page.locator("[data-plain-save]")).to_have_count(0, timeout=PATIENCE_MS)
    page.locator('button[name="next"][value="check"]').click()
    page.locator("form.case-check").wait_for()
    for tick in page.locator('form.case-check [name="tick"]').all():
        tick.check()
    page.locator("form.case-check .case-send button.button-primary").click()
    page.wait_for_url(f"**{case}")
    meter.told("checked and sent")
    return [*meter.steps, _whole(meter.steps)]


def _write(page: Page) -> None:
    page.locator('[name="urgency"][value="day"]').check()
    course = page.locator('select[name="course"] option', has_text="Loreto").get_attribute("value")
    cases.choose(page, {"course": course or "", **cases.CHOICES})
    cases.fill(page, {"history": "Nacida en una comunidad del río. Silo al llegar.", **cases.ANSWERS})
    expect(page.locator("#draft-line")).to_have_attribute("data-state", "saved", timeout=PATIENCE_MS)


def _add(page: Page, photo: Path, meter: Meter) -> None:
    page.locator("#media-link").click()
    page.locator('.uploads input[type="file"]').last.wait_for(state="attached")
    page.wait_for_load_state("load")
    meter.told("the pictures' part is open")
    with page.expect_file_chooser() as chooser:
        page.locator('.uploads [data-slot="choose"] label').last.click()
    chooser.value.set_files(photo)
    page.locator("#editor").wait_for()
    meter.told("the photo is chosen and shown")
    page.locator('#editor button[value="use"]').click()
    page.locator('.upload [data-slot="see"]').wait_for()
    meter.told("the photo has arrived and is clean")


def _whole(steps: Sequence[Step]) -> Step:
    sums = (sum(getattr(step, name) for step in steps) for name in ("seconds", "up", "down"))
    return Step("**the whole way**", *sums)


def _photo(folder: Path) -> Path:
    """1600 × 1200 with the texture of skin and cloth, so that the JPEG is as large as a phone's."""
    path = folder / "photo.jpg"
    grain = Image.effect_noise((400, 300), 60).resize((1600, 1200), Image.Resampling.BICUBIC).convert("RGB")
    light = Image.linear_gradient("L").resize((1600, 1200)).convert("RGB")
    Image.blend(light, grain, 0.1).save(path, "JPEG", quality=92)
    return path
