"""IANA time zones as a coordinator chooses them."""

from functools import cache
from zoneinfo import available_timezones

# The Americas first: that is where the missions go.
AREAS = ("America", "Europe", "Africa", "Asia", "Atlantic", "Australia", "Indian", "Pacific", "Antarctica")


def exists(name: str) -> bool:
    """Whether `name` is an IANA zone that a session may use."""
    return name in available_timezones() and (name == "UTC" or name.partition("/")[0] in AREAS)


@cache
def by_area() -> dict[str, tuple[str, ...]]:
    """IANA names by area, in the order of `AREAS`; UTC is no area and stands apart."""
    names = sorted(available_timezones())
    return {area: tuple(name for name in names if name.startswith(f"{area}/")) for area in AREAS}
