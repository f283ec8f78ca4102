"""When news about cases is mailed: at once, or with the day's digest."""

from datetime import datetime, timedelta
from typing import Final

from courses.cases.rules.terms import PRESSING

DIGEST_HOUR: Final = 12  # UTC: seven in the morning in Lima, nine in Buenos Aires


def goes_at_once(*, rhythm: str, urgency: str) -> bool:
    """Whether news of a case of this urgency is mailed at once to somebody with this rhythm."""
    return rhythm != "daily" or urgency in PRESSING


def last_digest(at: datetime) -> datetime:
    """The newest hour of a digest at or before `at`, an aware UTC time: what was noted before it is due."""
    today = at.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return today if today <= at else today - timedelta(days=1)
