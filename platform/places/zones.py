"""Time zones as people say them: by city."""

from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from babel.core import get_global
from babel.languages import get_official_languages
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext


@cache
def names() -> frozenset[str]:
    """Every IANA name this machine knows; asked of the file system once."""
    return frozenset(available_timezones())


def find(name: str) -> ZoneInfo | None:
    """The zone, or None when the name came from outside and means nothing."""
    return ZoneInfo(name) if name in names() else None


def city(name: str) -> str:
    """`America/Argentina/Cordoba` is Córdoba: in the reader's language by Unicode's CLDR; where that has no name, as
    people there write it, for the IANA database writes cities without accents.
    """
    return _city(name, (get_language() or settings.LANGUAGE_CODE).partition("-")[0])


@cache
def _city(name: str, language: str) -> str:
    last = name.rsplit("/", 1)[-1]
    keys = (name, f"America/{last}")  # CLDR keeps the older names of Argentina's zones
    territories = get_global("zone_territories")
    territory = next((territories[key] for key in keys if key in territories), "")
    spoken = [code for code in get_official_languages(territory) if code in dict(settings.LANGUAGES)]
    for code in (language, *spoken):
        for key in keys:
            if told := Locale.parse(code).time_zones.get(key, {}).get("city"):
                return str(told)
    return last.replace("_", " ")


def day(at: datetime) -> str:
    """The day of an instant already moved to its zone, with its weekday, in the reader's language."""
    # Translators: a date, in the letters of Django's `date` filter: Monday 4 May 2026.
    return date_format(at, pgettext("date format", "l j F Y"))


def clock(at: datetime) -> str:
    """Hours and minutes, 24 hours a day: operating rooms have no a.m."""
    return date_format(at, "H:i")
