"""On which device each attendee follows a room."""

from collections.abc import Iterable

from livesessions.room.models import DeviceSeat


def current(room_pk: int, person_pks: Iterable[int]) -> dict[int, str]:
    """The device by person; people who never said hello are absent. One query."""
    seats = DeviceSeat.objects.filter(room=room_pk, person__in=list(person_pks))
    return dict(seats.values_list("person_id", "device"))
