"""Photos looked over in the browser and sent over links that break: what leaves the phone, and that nothing is lost."""

import io
import re
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import CDPSession, Page, Request, Response, expect

from tests.browser.people import NO_NETWORK, PHONE, Cast
from tests.browser.serving import Site

pytestmark = pytest.mark.browser

MARKER = "MARIA-QUISPE-MAMANI-DNI-45678912"
NAME = "quispe-mamani-herida.jpg"
PART = re.compile(r"/uploads/\w+/parts/(\d+)/$")
SLOW = 60_000  # bytes a second: a part of 64 KiB takes a second


def photo(folder: Path) -> Path:
    """A grey photo taken on its side, with its place, a name and a thumbnail of noise in its EXIF."""
    picture = Image.blend(
        Image.new("RGB", (1600, 1200), "grey"), Image.effect_noise((1600, 1200), 90).convert("RGB"), 0.5
    )
    exif = picture.getexif()
    exif[0x010E], exif[0x0112] = MARKER, 6  # what it shows; turn it to the right
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "S", (3.0, 44.0, 53.0), "W", (73.0, 14.0, 50.0)
    path = folder / NAME
    picture.save(path, "JPEG", quality=92, exif=exif, comment=MARKER.encode())
    assert MARKER.encode() in path.read_bytes()
    with Image.open(path) as kept:
        assert kept.getexif().get_ifd(0x8825)
    return path


class Wire:
    """What a page sent and what became of each part."""

    def __init__(self, page: Page) -> None:
        self.kept: Counter[int] = Counter()
        self.words: list[str] = []
        page.on("request", self._asked)
        page.on("response", self._answered)

    def _asked(self, request: Request) -> None:
        self.words.append(f"{request.url} {request.headers}")
        if request.method == "POST":
            self.words.append(request.post_data or "")

    def _answered(self, response: Response) -> None:
        if (found := PART.search(response.url)) and response.ok:
            self.kept[int(found[1])] += 1


def arrived(folder: Path) -> bytes:
    """The parts as the server keeps them before the file is cleaned, put together."""
    with closing(sqlite3.connect(folder / "site.sqlite3")) as database:
        keys = database.execute("SELECT storage_key FROM media_uploadpart ORDER BY number").fetchall()
    return b"".join((folder / "media" / key).read_bytes() for (key,) in keys)


def at_a_draft(cast: Cast, **options: Any) -> Page:
    """A trainee who has begun a case and is about to add pictures."""
    page = cast.account("trainee", "/cases/new/", **options)
    page.locator("[name=main_question]").fill("Primary repair or staged closure?")
    page.locator("[name=main_question]").blur()
    page.wait_for_url("**/edit/")
    page.locator("#media-link").click()
    expect(page.locator("[data-uploads]")).to_be_visible()
    return page


def choose(page: Page, path: Path) -> None:
    """Choose the photo; the editor is open when this returns."""
    page.locator("[data-uploads] input[type=file]").last.set_input_files(path)
    expect(page.locator("#editor")).to_be_visible()


def state(page: Page) -> Any:
    return page.locator(".upload [data-slot=state]")


def expect_state(page: Page, name: str) -> None:
    expect(state(page)).to_have_attribute("data-state", name, timeout=60_000)


def slowed(page: Page) -> CDPSession:
    session = page.context.new_cdp_session(page)
    network(session, offline=False)
    return session


def network(session: CDPSession, *, offline: bool) -> None:
    speed = {"latency": 20, "downloadThroughput": -1, "uploadThroughput": SLOW}
    session.send("Network.emulateNetworkConditions", {"offline": offline, **speed})


def expect_some_sent(page: Page) -> None:
    """At least one part has arrived and the file is not done."""
    bar = page.locator(".upload progress")
    expect(bar).to_be_visible()
    expect(page.locator(".upload [data-slot=bytes]")).to_have_text(re.compile(r"^(6[4-9]|[7-9]\d|1\d\d) "))


def test_what_leaves_the_phone_was_cut_and_blacked_out_and_tells_nothing(cast: Cast, tmp_path: Path) -> None:
    page = at_a_draft(cast, **PHONE)
    wire = Wire(page)
    choose(page, photo(tmp_path))
    over = page.locator(".editor-over").bounding_box()
    assert over and over["height"] > over["width"]  # it stands upright, as it was taken

    def to(x: float, y: float) -> tuple[float, float]:
        assert over
        return over["x"] + over["width"] * x, over["y"] + over["height"] * y

    page.mouse.move(*to(0.1, 0.1))
    page.mouse.down()
    page.mouse.move(*to(0.5, 0.3), steps=4)
    page.mouse.up()
    expect(page.locator("[data-which='0']")).to_have_attribute("aria-pressed", "true")
    page.locator("[data-slot=add]").click()
    page.locator("[data-which='1']").focus()
    page.keyboard.press("Delete")
    expect(page.locator("[data-which]")).to_have_count(2)
    page.locator("[data-which='-1']").click()
    page.locator("#editor summary").click()
    page.locator("[name=box-h]").fill("50")
    page.locator("[name=box-h]").blur()
    page.locator("[data-which='-1']").focus()
    page.keyboard.press("Shift+ArrowLeft")
    expect(page.locator("[data-slot=weight]")).to_contain_text("× 800")
    cast.faults.expect(NO_NETWORK)
    page.route("**/complete/", lambda route: route.abort())  # so that the file lies there as it came
    page.locator("#editor [value=use]").click()
    expect_state(page, "lost")

    sent = arrived(tmp_path)
    picture = Image.open(io.BytesIO(sent))
    assert (picture.format, picture.size) == ("JPEG", (1184, 800))
    assert not picture.getexif() and "exif" not in picture.info and "comment" not in picture.info
    for planted in (MARKER.encode(), b"Exif", b"quispe"):
        assert planted not in sent
    assert not [words for words in wire.words if "quispe" in words.lower() or MARKER in words]
    assert max(picture.convert("L").crop((140, 180, 560, 460)).getextrema()) < 24
    assert max(picture.convert("L").crop((700, 500, 1100, 780)).getextrema()) > 100
    assert len(sent) <= 400_000
    page.unroute("**/complete/")
    expect_state(page, "ready")


def test_a_closed_browser_a_lost_link_and_a_killed_server_cost_no_part_twice(
    cast: Cast, site: Site, tmp_path: Path
) -> None:
    page = at_a_draft(cast)
    wire = Wire(page)
    link = slowed(page)
    choose(page, photo(tmp_path))
    page.locator("#editor [value=use]").click()
    expect_some_sent(page)
    cast.faults.expect(NO_NETWORK)
    network(link, offline=True)
    expect_state(page, "lost")
    kept = Counter(wire.kept)
    assert kept

    network(link, offline=False)
    expect(state(page)).to_have_attribute("data-state", "sending")
    site.kill()
    expect_state(page, "lost")
    address = page.url
    page.close()

    site.start()
    again = page.context.new_page()
    later = Wire(again)
    again.goto(address)
    expect_state(again, "ready")
    total = wire.kept + later.kept
    assert kept and later.kept
    assert set(total.values()) == {1}
    assert sorted(total) == list(range(1, len(total) + 1))


def test_a_file_waits_on_the_device_and_goes_by_itself_when_the_link_returns(cast: Cast, tmp_path: Path) -> None:
    page = at_a_draft(cast)
    choose(page, photo(tmp_path))
    cast.faults.expect(NO_NETWORK)
    page.context.set_offline(True)
    page.locator("#editor [value=use]").click()
    expect_state(page, "lost")
    page.locator(".upload [data-slot=pause]").click()
    expect_state(page, "paused")
    page.context.set_offline(False)
    expect_state(page, "paused")
    page.locator(".upload [data-slot=pause]").click()
    expect_state(page, "ready")
    page.locator(".upload [data-slot=see]").click()
    expect(page.locator("#picture")).to_be_visible()
    page.go_back()
    expect(page.locator(".media-list > li")).to_have_count(1)
    expect(page.locator(".upload")).to_have_count(0)


def test_marks_are_drawn_by_keyboard_kept_and_hidden(cast: Cast, tmp_path: Path) -> None:
    page = at_a_draft(cast)
    choose(page, photo(tmp_path))
    page.locator("#editor [value=use]").click()
    expect_state(page, "ready")
    page.locator(".upload [data-slot=see]").click()
    expect(page.locator(".marks-tools")).to_be_visible()
    page.locator("[name=tool][value=arrow]").focus()
    page.keyboard.press("Space")
    page.locator(".marks-over").focus()
    for key in ("ArrowUp", "Enter", "Shift+ArrowRight", "Shift+ArrowDown", "Enter"):
        page.keyboard.press(key)
    marks = page.locator(".marks-over [data-shape]")
    expect(marks).to_have_count(1)
    page.locator("[data-slot=save]").click()
    expect(page.locator("[data-slot=save]")).to_be_disabled()
    page.reload()
    expect(marks).to_have_count(1)
    page.locator("[data-slot=layers] input").uncheck()
    expect(marks).to_have_count(0)
    page.locator("[data-slot=layers] input").check()
    page.locator(".marks-over").focus()
    page.keyboard.press(".")
    page.keyboard.press("Delete")
    expect(marks).to_have_count(0)
    page.reload()  # not saved, but kept on the device
    expect(page.locator("[data-slot=save]")).to_be_enabled()
    expect(marks).to_have_count(0)


def test_a_photo_that_was_sent_is_looked_over_again_and_replaced(cast: Cast, tmp_path: Path) -> None:
    page = at_a_draft(cast)
    choose(page, photo(tmp_path))
    page.locator("#editor [value=use]").click()
    expect_state(page, "ready")
    page.locator(".upload [data-slot=see]").click()
    before = page.url
    page.locator("#edit-again").click()
    page.locator("[data-slot=add]").click()
    page.locator("#editor [value=use]").click()
    page.wait_for_url(lambda url: "/media/" in url and url != before)
    expect(page.locator("h1")).to_contain_text("1/1")
    cast.faults.expect("404")
    page.goto(before)
    expect(page.locator("#picture")).to_have_count(0)
