"""How long a stop or a hold lasted."""

from collections.abc import Iterable
from datetime import datetime, timedelta

# What ends what.
_ENDS = {"clear": "stop", "resume": "hold"}


def lengths(record: Iterable[tuple[str, datetime]]) -> list[timedelta | None]:
    """For each row of a record in order of time, how long what it ends had lasted; None for a row that ends nothing."""
    begun: dict[str, datetime] = {}
    lasted: list[timedelta | None] = []
    for kind, at in record:
        start = begun.pop(_ENDS.get(kind, ""), None)
        lasted.append(at - start if start else None)
        if kind in _ENDS.values():
            begun[kind] = at
    return lasted
