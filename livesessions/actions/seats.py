"""The one seat of an attendee: it follows the device that said hello last."""

from datetime import datetime

from django.db import transaction

from livesessions.events import SeatTaken, announce
from livesessions.models import Room, Seat
from livesessions.queries import seats
from livesessions.queries.members import Member


@transaction.atomic(savepoint=False)
def take(*, room: Room, member: Member, device: str, at: datetime) -> None:
    """Seat the member on this device; their other devices hear of it and leave. The same device again: no change."""
    before = seats.current(room.pk, [member.pk]).get(member.pk)
    if before == device:
        return
    Seat.objects.bulk_create(
        [Seat(room=room, person_id=member.pk, device=device, taken_at=at)],
        update_conflicts=True,
        unique_fields=["room", "person"],
        update_fields=["device", "taken_at"],
    )
    announce(SeatTaken(room.public_id, member.id, device))
