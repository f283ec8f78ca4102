"""Reading a room's journal back: what comes after a number, and where it ends."""

from collections.abc import Iterable

from livesessions.room.models import JournalEntry, Room


def since(room_pk: int, stream: str, seq: int, limit: int) -> list[tuple[int, str]]:
    """At most `limit` entries of the stream after `seq`, in order, each with its number and its wire form."""
    entries = JournalEntry.objects.filter(room=room_pk, stream=stream, seq__gt=seq).order_by("seq")
    return list(entries.values_list("seq", "wire")[:limit])


def top(room_pk: int) -> tuple[int, int, str]:
    """The last numbers given in the room's and the desk's streams, and the epoch. Raises `Room.DoesNotExist`."""
    return Room.objects.values_list("room_seq", "desk_seq", "epoch").get(pk=room_pk)


def tops(room_pks: Iterable[int]) -> dict[int, tuple[int, int, str]]:
    """The same for several rooms at once, by database key. One query."""
    rows = Room.objects.filter(pk__in=list(room_pks)).values_list("pk", "room_seq", "desk_seq", "epoch")
    return {pk: (room_seq, desk_seq, epoch) for pk, room_seq, desk_seq, epoch in rows}
