"""The web's side of a rehearsal: what the coordinator and the audience do in pages."""

import asyncio
import html
import re
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import httpx

from tests.load.browser import Browser, room_config
from tests.load.cast import TEAM
from tests.load.mailboxes import Mailbox
from tests.load.truth import Person

ZONE: Final = "America/Argentina/Cordoba"
COURSE: Final = "reconstruccion-mamaria"
_DOOR: Final = re.compile(r'href="([^"]*/demo/sign-in/(\w+)/\?[^"]+)"')


class Front:
    """One site, its demonstration's doors, and a coordinator's browser."""

    def __init__(self, site: str) -> None:
        self.site = site
        self._transport = httpx.AsyncHTTPTransport(
            verify=False, limits=httpx.Limits(max_connections=16, max_keepalive_connections=16)
        )
        self.coordinator = self.browser()
        self._doors: dict[str, str] = {}

    async def __aenter__(self) -> "Front":
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self._transport.aclose()

    def browser(self) -> Browser:
        """Somebody's, with no cookies yet."""
        return Browser(self.site, self._transport)

    async def sign_in(self) -> None:
        """The coordinator comes in by the demonstration's link."""
        home = (await self.coordinator.get("/")).text
        self._doors = {role: html.unescape(address) for address, role in _DOOR.findall(home)}
        if "coordinator" not in self._doors:
            raise SystemExit(f"{self.site} is no demonstration: it offers no coordinator to sign in as.")
        await self.coordinator.get(self._doors["coordinator"])

    async def plan_session(self, auditorium: int, remote: int, gap: int) -> str:
        """A new session with its team, open for registration; its public id."""
        page = await self.coordinator.get(f"/plan/courses/{COURSE}/sessions/new/")
        starts = datetime.now(ZoneInfo(ZONE)).replace(tzinfo=None, second=0, microsecond=0)
        planned = await self.coordinator.submit(
            page,
            having="starts_local",
            title="Ensayo general",
            procedure="Reconstrucción mamaria",
            languages=["es"],
            time_zone=ZONE,
            starts_local=starts.isoformat(timespec="minutes"),
            planned_end_local=(starts + timedelta(hours=2)).isoformat(timespec="minutes"),
            or_capacity="0",
            auditorium_capacity=str(auditorium),
            remote_capacity=str(remote),
            gap_seconds=str(gap),
            threshold_percent="85",
        )
        found = re.search(r"/plan/sessions/([^/]+)/$", planned.url.path)
        if found is None:
            raise RuntimeError(f"The session was not planned: {_errors(planned.text)}")
        session = found[1]
        for role in TEAM:
            await self.coordinator.submit(planned, having="email", email=f"{role}@anfiteatro.example", role=role)
        await self.coordinator.submit(planned, to=f"/plan/sessions/{session}/registration/", open="1")
        return session

    async def register(self, session: str, person: Person) -> None:
        """As on a telephone: read the form, fill it in, send it."""
        browser = self.browser()
        page = await browser.get(f"/sessions/{session}/register/")
        answer = await browser.submit(
            page,
            having="full_name",
            full_name=person.name,
            email=person.email,
            profession="surgeon",
            country="AR",
            region=person.region,
            channel=person.channel,
            language="es",
            privacy="on",
        )
        if not answer.url.path.endswith("/registered/"):
            raise RuntimeError(f"{person.name} was not registered: {_errors(answer.text)}")

    async def open_link(self, path: str) -> dict[str, Any]:
        """Tap the link in the mail and enter; the room-config of the page."""
        browser = self.browser()
        door = await browser.get(path)
        return room_config((await browser.submit(door, to="")).text)

    async def enter_as(self, role: str, session: str) -> dict[str, Any]:
        """Sign in by the demonstration's link and open the room."""
        browser = self.browser()
        await browser.get(self._doors[role])
        return room_config((await browser.get(f"/live/{session}/")).text)

    async def sheet(self, session: str) -> bytes:
        """The attendance sheet, as CSV."""
        return (await self.coordinator.get(f"/sessions/{session}/attendance/sheet.csv")).content

    async def regions(self, country: str) -> dict[str, str]:
        """Names of provinces by code."""
        answer = (await self.coordinator.get(f"/regions/en/{country}/")).json()
        return dict(answer["regions"])


async def all_of(works: Sequence[Awaitable[None]], *, at_once: int, tell: Callable[[str], None]) -> None:
    """Do everything, so many at a time, and tell every fifty."""
    gate, done = asyncio.Semaphore(at_once), 0

    async def do(work: Awaitable[None]) -> None:
        nonlocal done
        async with gate:
            await work
        done += 1
        if done % 50 == 0:
            tell(f"{done} of {len(works)}")

    await asyncio.gather(*map(do, works))


async def all_mail(
    box: Mailbox, addresses: Iterable[str], *, tell: Callable[[str], None], within: float = 90
) -> dict[str, str]:
    """Wait until everybody has a join link. Raises RuntimeError with the number of those without."""
    wanted, deadline = set(addresses), time.monotonic() + within
    while True:
        links = await box.join_links()
        missing = wanted - links.keys()
        if not missing:
            return links
        if time.monotonic() > deadline:
            raise RuntimeError(f"{len(missing)} people have no mail after {within:.0f} s, such as {min(missing)}")
        tell(f"waiting for {len(missing)} mails")
        await asyncio.sleep(2)


def _errors(page: str) -> str:
    found = re.findall(r'class="[^"]*(?:field-error|notice-error)[^"]*"[^>]*>(.*?)<', page, re.DOTALL)
    return "; ".join(" ".join(each.split()) for each in found) or "no reason given"
