"""The answer to hello: what the newcomer lacks, whole or not at all."""

import time
from collections.abc import Callable
from typing import Any

import msgspec
from django.conf import settings
from django.db import transaction

from courses.programme.queries import passes
from livesessions.realtime import ephemeral, protocol
from livesessions.realtime.identity import Refused, Visitor
from livesessions.realtime.protocol import Close, Hello
from livesessions.realtime.room_hub import RoomHub
from livesessions.room import policies
from livesessions.room.actions import rooms
from livesessions.room.models import Room
from livesessions.room.queries import journal, members, snapshots
from livesessions.room.queries.members import Member

_SNAPSHOT_SECONDS = 1.0  # how old a shared snapshot may be; what came since follows as entries
_TRIES = 3


async def body(
    room: RoomHub, member: Member, me: dict[str, Any], hello: Hello
) -> tuple[dict[str, Any], dict[str, int]]:
    """The `ok` of hello, and the seqs after which entries follow."""
    streams = ("room", "desk") if policies.may_hear_desk(member) else ("room",)
    if any(hello.since.get(stream, 0) > room.rings[stream].top for stream in streams):
        await room.read_up()  # a client that comes from another process may know more than this one has heard
    cursor = _resume(room, hello, streams)
    news: dict[str, Any]
    if cursor is not None:
        news = {"mode": "replay", "top": {stream: room.rings[stream].top for stream in streams}}
    else:
        tops, snapshot = await (room.read(_with_desk, room.pk) if "desk" in streams else _shared(room))
        cursor = {stream: tops[stream] for stream in streams}
        news = {"mode": "snapshot", "top": cursor, "snapshot": msgspec.Raw(snapshot)}
    return {
        "epoch": room.epoch,
        **news,
        "me": me,
        "can": policies.can(member),
        "limits": {
            "frame_bytes": settings.ROOM_MAX_FRAME_BYTES,
            "text": settings.ROOM_MAX_TEXT,
            "depth": settings.ROOM_MAX_DEPTH,
            "budget_bytes": settings.ROOM_BUDGET_BYTES,
        },
        "ping_ms": int(settings.ROOM_PING_SECONDS * 1000),
        "beat_ms": int(settings.ROOM_BEAT_SECONDS * 1000),
    }, cursor


def member(room_pk: int, visitor: Visitor) -> Member:
    """Who the visitor is in the room. Raises Refused."""
    room = Room.objects.select_related("session").get(pk=room_pk)
    found = members.find(room=room, person=visitor.person)
    if found is None or not policies.may_enter(found):
        raise Refused(Close.FORBIDDEN)
    if visitor.link and visitor.link != found.link:
        raise Refused(Close.TICKET_EXPIRED)
    if visitor.browser and found.id not in passes.holders([visitor.browser], room.public_id).get(visitor.browser, ()):
        raise Refused(Close.TICKET_EXPIRED)
    return found


def _resume(room: RoomHub, hello: Hello, streams: tuple[str, ...]) -> dict[str, int] | None:
    """Where to go on from, or None when only a snapshot will do."""
    if hello.epoch != room.epoch or any(stream not in hello.since for stream in streams):
        return None
    gaps = [room.rings[stream].top - hello.since[stream] for stream in streams]
    if min(gaps) < 0 or min(hello.since.values()) < 0 or sum(gaps) > settings.ROOM_REPLAY_ENTRIES:
        return None
    return {stream: hello.since[stream] for stream in streams}


async def _shared(room: RoomHub) -> tuple[dict[str, int], bytes]:
    """The snapshot everybody shares, built once per change and second."""
    async with room.snapshot_lock:
        cached = room.snapshot
        if cached is None or (cached[0] != room.tops and time.monotonic() - cached[1] > _SNAPSHOT_SECONDS):
            tops, encoded = await room.read(_build, room.pk)
            cached = room.snapshot = (tops, time.monotonic(), encoded)
    return cached[0], cached[2]


def _build(room_pk: int) -> tuple[dict[str, int], bytes]:
    return consistent(room_pk, lambda room: protocol.encode(_public(room)))


def _with_desk(room_pk: int) -> tuple[dict[str, int], bytes]:
    return consistent(room_pk, lambda room: protocol.encode(_public(room) | {"desk": snapshots.desk(room)}))


def _public(room: Room) -> dict[str, Any]:
    return snapshots.public(room) | {
        "presence": ephemeral.presence(room.pk, len(snapshots.hands(room))),
        "tallies": snapshots.tallies(room),
        "poll_tallies": snapshots.poll_tallies(room),
    }


def consistent(room_pk: int, build: Callable[[Room], bytes]) -> tuple[dict[str, int], bytes]:
    """Build from several queries what is true at one point of the journal: if the counters moved meanwhile, again;
    after a few tries with the room held still.
    """
    for _ in range(_TRIES):
        room = Room.objects.select_related("session__course").get(pk=room_pk)
        built: bytes = build(room)
        if journal.top(room_pk)[:2] == (room.room_seq, room.desk_seq):
            return {"room": room.room_seq, "desk": room.desk_seq}, built
    with transaction.atomic():
        room = rooms.locked(room_pk)
        return {"room": room.room_seq, "desk": room.desk_seq}, build(room)
