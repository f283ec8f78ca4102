"""Minutes added or taken by hand: appended with reason and author, never edited."""

from datetime import datetime
from uuid import UUID

from accounts.models import Person
from livesessions.attendance.models import Adjustment
from livesessions.room import policies
from livesessions.room.models import Room
from shared.errors import DomainError


def adjust(*, by: Person, room: Room, person: Person, minutes: int, reason: str, key: UUID, at: datetime) -> Adjustment:
    """Append an adjustment of whole `minutes` (not zero). `key` came with the form: sent twice, it is once.

    Raises `forbidden`, `adjustment.zero`, `adjustment.reason_missing`, and `adjustment.already_sent` when the same
    form comes back with something else in it.
    """
    if not policies.may_adjust_attendance(by, room.session):
        raise DomainError("forbidden")
    if minutes == 0:
        raise DomainError("adjustment.zero", field="minutes")
    if not reason.strip():
        raise DomainError("adjustment.reason_missing", field="reason")
    said = {"room": room, "person": person, "minutes": minutes, "reason": reason.strip(), "author": by}
    made, _ = Adjustment.objects.get_or_create(key=key, defaults={**said, "made_at": at})
    if any(getattr(made, name) != value for name, value in said.items()):
        raise DomainError("adjustment.already_sent")
    return made
