"""`screenshots.py [FOLDER]` takes the pictures of the README into FOLDER, docs/screenshots unless given.

A server of its own with the demonstration, part of its audience in the room, and a Chromium
from TEST_CHROMIUM or the path.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "platform")]

from playwright.sync_api import Browser, Page, expect, sync_playwright  # noqa: E402

from scripts.png import lighten  # noqa: E402
from tests.browser.people import CHROMIUM_ARGUMENTS, Cast  # noqa: E402
from tests.browser.serving import Site, prepare, serving  # noqa: E402

PHONE: Final = {"width": 360, "height": 740}
HEAVY: Final = 220_000  # bytes
DESKTOP: Final = {"width": 1440, "height": 900}
# Signed by the server's own key: tickets for part of the audience, one a line.
TICKETS: Final = """
from accounts.models import Person
from livesessions.room import tickets
from livesessions.room.actions import rooms
from livesessions.room.queries import members
room = rooms.for_session("demo-live")
for person in Person.objects.filter(email__startswith="guest").order_by("email")[4:52]:
    print(tickets.issue(room.public_id, members.find(room=room, person=person.public_id)))
"""
# Sits in the room: says hello, and answers every ping.
SIT: Final = """
tickets => Promise.all(tickets.map(ticket => new Promise(seated => {
  const address = `${location.origin.replace("http", "ws")}/ws/rooms/demo-live/?ticket=${encodeURIComponent(ticket)}`;
  const socket = new WebSocket(address, "anfiteatro.v1");
  const say = frame => socket.send(JSON.stringify(frame));
  socket.onopen = () => say({id: 1, do: "hello", epoch: null, since: {}, device: crypto.randomUUID(), profile: "text"});
  socket.onmessage = ({data}) => {
    const frame = JSON.parse(data);
    if (frame.re === 1) seated();
    if (frame.ping) say({do: "beat", seen: frame.ping.top});
  };
})))
"""


@dataclass(frozen=True, slots=True)
class Picture:
    """`sign` is what the page shows once it is all there; `role` a demo account, nobody when empty.

    `top` is what the picture begins with, the page's head when empty.
    """

    name: str
    path: str
    sign: str
    role: str = ""
    dark: bool = False
    top: str = ""


PICTURES: Final = (
    Picture("home", "/", ".live-now"),
    Picture("home-dark", "/", ".live-now", dark=True),
    Picture("mission", "/missions/cordoba/", "main h1"),
    Picture("register", "/sessions/demo-next/register/", "main form"),
    Picture("room", "/live/demo-live/", "#elapsed", "remote"),
    Picture("desk", "/live/demo-live/desk/", "#elapsed", "moderator"),
    Picture("wall", "/live/demo-live/wall/", "#elapsed", "surgeon"),
    Picture("sheet", "/sessions/demo-ended/attendance/", ".attendance-people table", "coordinator"),
    Picture(
        "sheet-people",
        "/sessions/demo-ended/attendance/",
        ".attendance-people table",
        "coordinator",
        top=".attendance-people",
    ),
    Picture("case-form", "/cases/demo-draft/edit/", "#case-form", "trainee"),
    Picture("case-check", "/cases/demo-draft/check/", "form.case-check", "trainee"),
    Picture("case", "/cases/demo-silo/", ".media-look img", "trainee"),
    Picture("case-review", "/cases/demo-silo/", ".review", "trainee", top=".review"),
    Picture("case-queue", "/cases/queue/", "main h1", "coordinator"),
    Picture("logbook", "/logbook/", "main svg", "trainee"),
    Picture("curve", "/logbook/curves/cleft-lip/", "main svg", "trainee"),
    Picture("trauma", "/trauma/charts/", "main svg", "coordinator"),
)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    with (
        tempfile.TemporaryDirectory() as scratch,
        serving(prepare(_made(scratch, "template")), _made(scratch, "site")) as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        audience = _audience(browser, site)
        for picture in PICTURES:
            for size in (PHONE, DESKTOP):
                _take(browser, site, picture, size, folder)
        audience.leave()
        browser.close()


def _made(parent: str, name: str) -> Path:
    folder = Path(parent) / name
    folder.mkdir()
    return folder


def _audience(browser: Browser, site: Site) -> Cast:
    """Part of the demonstration's audience, all in one browser, in the live room until it leaves."""
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "-c", TICKETS]
    made = subprocess.run(command, cwd=ROOT, env=site.servers.settings, capture_output=True, text=True, check=True)
    cast = Cast(browser, site.url)
    page = cast.stranger()
    page.goto("/privacy/")
    page.evaluate(SIT, made.stdout.split())
    return cast


def _take(browser: Browser, site: Site, picture: Picture, size: dict[str, int], folder: Path) -> None:
    options: dict[str, Any] = {"viewport": size, "color_scheme": "dark" if picture.dark else "light"}
    options |= {"locale": "es-PE", "reduced_motion": "reduce", "has_touch": size is PHONE, "is_mobile": size is PHONE}
    cast = Cast(browser, site.url)
    page: Page = cast.account(picture.role, picture.path, **options) if picture.role else cast.stranger(**options)
    if not picture.role:
        page.goto(picture.path)
    expect(page.locator(picture.sign).first).to_be_visible()
    if picture.top:
        page.locator(picture.top).evaluate("element => element.scrollIntoView()")
    png = page.screenshot()
    (folder / f"{picture.name}-{size['width']}.png").write_bytes(png if len(png) < HEAVY else lighten(png))
    cast.leave()


if __name__ == "__main__":
    main()
