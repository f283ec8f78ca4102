"""iCalendar (RFC 5545, 5546) for one session, and the zone in which somebody far away reads its time."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneStandard, vCalAddress

PRODUCT: Final = "-//Anfiteatro//Sessions//EN"
DOMAIN: Final = "anfiteatro.sessions"  # part of every UID: it must outlive a change of the site's address


@dataclass(frozen=True, slots=True)
class Entry:
    """What a calendar is told. Instants are aware; `zone` is the event's; `url` opens the room or the session's page;
    `sequence` grows with every change; `is_cancelled` takes the entry out of the calendar.
    """

    session: str
    title: str
    description: str
    url: str
    organiser: str  # an e-mail address
    zone: ZoneInfo
    starts_at: datetime
    ends_at: datetime
    sequence: int
    changed_at: datetime
    is_cancelled: bool = False


def ics(entry: Entry) -> bytes:
    """The calendar file: local times of the event's zone with what its clocks show that day, or UTC where local times
    would be read in two ways.
    """
    is_local = _reads_locally(entry)
    event = Event()
    event.add("uid", f"{entry.session}@{DOMAIN}")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("dtstart", entry.starts_at.astimezone(entry.zone if is_local else UTC))
    event.add("dtend", entry.ends_at.astimezone(entry.zone if is_local else UTC))
    event.add("summary", entry.title)
    event.add("description", entry.description)
    event.add("url", entry.url)
    event.add("organizer", vCalAddress(f"mailto:{entry.organiser}"))
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if entry.is_cancelled else "PUBLISH")
    if is_local:
        calendar.add_component(_timezone(entry.zone, entry.starts_at))
    calendar.add_component(event)
    ical: bytes = calendar.to_ical()
    return ical


def next_sequence(*, planned: int, sent: int) -> int:
    """The SEQUENCE of the next letter to one person: of two files a calendar keeps the one with the higher number, so
    each letter's is above the last one `sent` (-1 before the first), and never below the plan's own.
    """
    return max(planned, sent + 1)


def _reads_locally(entry: Entry) -> bool:
    """Whether local times say it: not in UTC, nor where the clocks change while it lasts or show its hours twice."""
    offsets = {
        at.astimezone(entry.zone).replace(fold=fold).utcoffset()
        for at in (entry.starts_at, entry.ends_at)
        for fold in (0, 1)
    }
    return entry.zone.key != "UTC" and len(offsets) == 1


def _timezone(zone: ZoneInfo, at: datetime) -> Timezone:
    """What the zone's clocks show at this event, and nothing else: no rule and no list of dates, which some readers do
    not know. Those who know the zone by its name go by their own tables.
    """
    local = at.astimezone(zone)
    offset = local.utcoffset() or timedelta(0)
    now = TimezoneStandard()
    now.add("dtstart", datetime(1970, 1, 1))
    now.add("tzoffsetfrom", offset)
    now.add("tzoffsetto", offset)
    now.add("tzname", local.tzname() or zone.key)
    found = Timezone()
    found.add("tzid", zone.key)
    found.add_component(now)
    return found


def zone_of(country: str, at: datetime) -> ZoneInfo | None:
    """The zone of a country whose clocks all show the same hour at `at`; None when they differ or nothing is known.

    `country` is ISO 3166-1 alpha-2. Argentina has twelve zones in the database and one hour on its clocks.
    """
    zones = [ZoneInfo(name) for name in _zones_by_country().get(country, ())]
    if not zones or len({at.astimezone(zone).utcoffset() for zone in zones}) > 1:
        return None
    return zones[0]


@cache
def _zones_by_country() -> dict[str, tuple[str, ...]]:
    """From the zone table of the IANA database; each country's most populous zone comes first there."""
    found: dict[str, tuple[str, ...]] = {}
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            country, _, name, *_ = line.split("\t")
            found[country] = (*found.get(country, ()), name)
    return found
