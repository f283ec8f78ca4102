"""Time zones as people say them: by city."""

from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.utils.formats import date_format
from django.utils.translation import pgettext

# The IANA database writes cities without accents.
_ACCENTS = {
    "Asuncion": "Asunción",
    "Belem": "Belém",
    "Bogota": "Bogotá",
    "Cancun": "Cancún",
    "Cordoba": "Córdoba",
    "Cuiaba": "Cuiabá",
    "Eirunepe": "Eirunepé",
    "Maceio": "Maceió",
    "Mazatlan": "Mazatlán",
    "Merida": "Mérida",
    "Rio Gallegos": "Río Gallegos",
    "Sao Paulo": "São Paulo",
    "Tucuman": "Tucumán",
}


@cache
def names() -> frozenset[str]:
    """Every IANA name this machine knows; asked of the file system once."""
    return frozenset(available_timezones())


def find(name: str) -> ZoneInfo | None:
    """The zone, or None when the name came from outside and means nothing."""
    return ZoneInfo(name) if name in names() else None


def city(name: str) -> str:
    """`America/Argentina/Cordoba` is Córdoba."""
    place = name.rsplit("/", 1)[-1].replace("_", " ")
    return _ACCENTS.get(place, place)


def day(at: datetime) -> str:
    """The day of an instant already moved to its zone, with its weekday, in the reader's language."""
    # Translators: a date, in the letters of Django's `date` filter: Monday 4 May 2026.
    return date_format(at, pgettext("date format", "l j F Y"))


def clock(at: datetime) -> str:
    """Hours and minutes, 24 hours a day: operating rooms have no a.m."""
    return date_format(at, "H:i")
