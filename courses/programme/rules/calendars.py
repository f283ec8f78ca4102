"""iCalendar (RFC 5545, 5546) for one session, and the zone in which somebody far away reads its time."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress

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
    """The calendar file, with the VTIMEZONE of the event's zone, so that a change of law moves the hour correctly."""
    event = Event()
    event.add("uid", f"{entry.session}@{DOMAIN}")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("dtstart", entry.starts_at.astimezone(entry.zone))
    event.add("dtend", entry.ends_at.astimezone(entry.zone))
    event.add("summary", entry.title)
    event.add("description", entry.description)
    event.add("url", entry.url)
    event.add("organizer", vCalAddress(f"mailto:{entry.organiser}"))
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if entry.is_cancelled else "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    ical: bytes = calendar.to_ical()
    return ical


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
