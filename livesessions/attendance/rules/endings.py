"""When a session that nobody ended is over. docs/attendance.md says it in words."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Signs:
    """What tells how long a session went on: since when it is live (again), and the last sign of life of anybody of the
    team and of anybody else, None without one. Declared stays (door, roll call) are no signs of life.
    """

    live_since: datetime
    team_at: datetime | None
    audience_at: datetime | None


def forgotten_end(
    at: datetime, *, planned_end_at: datetime, signs: Signs, quiet: timedelta, overrun: timedelta
) -> datetime | None:
    """The end to write down at `at` for a live session that nobody ended; None while it may still go on.

    It closes when its planned end has passed and nobody of the team was seen for `quiet`, and at `planned_end_at +
    overrun` whoever is seen. The end is the team's last sign of life. Where the team was gone before the planned end,
    the audience's tells how long it went on, up to the planned end; and a team still "seen" at the very last is a
    browser that was left open: then it ended with the audience, not before the planned end.
    """
    latest = planned_end_at + overrun
    team_at = max(signs.live_since, signs.team_at or signs.live_since)
    audience_at = max(signs.live_since, signs.audience_at or signs.live_since)
    if at < latest and at - max(team_at, planned_end_at) < quiet:
        return None
    if team_at < planned_end_at:
        end = min(planned_end_at, max(team_at, audience_at))
    elif at >= latest:
        end = min(team_at, max(planned_end_at, audience_at))
    else:
        end = team_at
    return max(signs.live_since, min(end, latest, at))
