"""The one seat of an attendee: it follows the device that said hello last."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from livesessions.room.events import SeatTaken, announce
from livesessions.room.models import DeviceSeat, Room
from livesessions.room.queries import seats
from livesessions.room.queries.members import Member


@dataclass(frozen=True, slots=True)
class Move:
    """A member said hello on a device; the empty name is a device too."""

    member: Member
    device: str
    at: datetime


def take(*, room: Room, moves: Iterable[Move]) -> None:
    """Seat everybody on the device they said hello on last; other devices hear of it and leave.

    One query when all of them sit there already; else one more insert, one look and, if somebody sat elsewhere, one
    update, however many they are.
    """
    latest = {move.member.pk: move for move in moves}
    before = seats.current(room.pk, latest)
    movers = [move for pk, move in sorted(latest.items()) if before.get(pk) != move.device]
    if movers:
        _seat(room, movers)


@transaction.atomic
def _seat(room: Room, movers: list[Move]) -> None:
    """The insert waits for whoever seats the same people at this moment, and the look then holds their rows: of two
    processes the later one sees the seat of the earlier, and takes it over. In order of person, so none deadlock.
    """
    rows = {move.member.pk: _row(room, move) for move in movers}
    DeviceSeat.objects.bulk_create(rows.values(), ignore_conflicts=True)
    held = _held(room.pk, rows)
    displaced = [move for move in movers if held[move.member.pk] != move.device]
    DeviceSeat.objects.bulk_create(
        [rows[move.member.pk] for move in displaced],
        update_conflicts=True,
        unique_fields=["room", "person"],
        update_fields=["device", "taken_at"],
    )
    for move in displaced:
        announce(SeatTaken(room.public_id, move.member.id, move.device, move.at))


def _row(room: Room, move: Move) -> DeviceSeat:
    return DeviceSeat(room=room, person_id=move.member.pk, device=move.device, taken_at=move.at)


def _held(room_pk: int, person_pks: Iterable[int]) -> dict[int, str]:
    """The device by person, the rows locked until it ends in order of person. One query."""
    seats = DeviceSeat.objects.filter(room=room_pk, person__in=list(person_pks)).order_by("person_id")
    return dict(seats.select_for_update().values_list("person_id", "device"))
