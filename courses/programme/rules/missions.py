"""What holds for a mission's dates."""

from datetime import date

from shared.errors import DomainError


def check_days(starts_on: date | None, ends_on: date | None) -> None:
    """Raises `mission.end_before_start` when the last day is before the first or stands alone."""
    if ends_on and (starts_on is None or ends_on < starts_on):
        raise DomainError("mission.end_before_start", field="ends_on")
