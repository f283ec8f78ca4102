"""The same frames over plain HTTP, for networks that block WebSocket.

`GET /live/<room>/events/?epoch&since&device&wait` answers `{"frames": […]}` as soon as there is news, or after `wait`
seconds; `POST /live/<room>/commands/` takes `{"frames": […]}` and answers `{"frames": [replies]}`. A poll borrows the
hub's own machinery: for as long as it waits it is a socket whose frames are collected.
"""

import asyncio
from math import isnan
from typing import Any
from urllib.parse import parse_qs

import msgspec
from channels.generic.http import AsyncHttpConsumer
from django.conf import settings
from django.db import DatabaseError
from django.urls import path

from livesessions.attendance.models import SpanSource
from livesessions.realtime import dispatch, identity, origins, protocol, welcome
from livesessions.realtime.hub import Hub, hub
from livesessions.realtime.identity import Refused, Visitor
from livesessions.realtime.protocol import BadFields, BadFrame, Close, Hello
from livesessions.realtime.room_hub import RoomHub
from livesessions.realtime.sockets import Socket
from livesessions.room.queries.members import Member
from shared.clock import now

_LONGEST_WAIT = 30.0  # seconds; below the idle limit of usual proxies
_GATHER = 0.05  # seconds a poll waits for more once there is something
_MOST_FRAMES = 32
_STATUS = {
    Close.FLOODING: 429,
    Close.NOT_SIGNED_IN: 401,
    Close.TICKET_EXPIRED: 401,
    Close.GOING_AWAY: 503,
    Close.SERVER_ERROR: 503,
}


class RoomHttpConsumer(AsyncHttpConsumer):  # type: ignore[misc]
    """What both addresses share: whose request it is, and how a refusal looks."""

    channel_layer_alias = ""
    method = ""
    hub: Hub

    async def dispatch(self, message: dict[str, Any]) -> None:
        await getattr(self, message["type"].replace(".", "_"))(message)

    async def handle(self, body: bytes) -> None:
        self.hub = hub()
        try:
            if self.scope["method"] != self.method:
                await self._respond(405, {"close": int(Close.BAD_FRAME)})
                return
            if not origins.is_own(self.scope, settings.ALLOWED_ORIGINS):
                raise Refused(Close.FORBIDDEN)
            if self.hub.is_draining:
                raise Refused(Close.GOING_AWAY)
            name = self.scope["url_route"]["kwargs"]["room"]
            visitor = await identity.visitor_of(self.scope, name, self.hub.reader)
            room = await self.hub.room(name)
            if room is None:
                raise Refused(Close.FORBIDDEN)
            room.held += 1
            try:
                await self._answer(room, visitor, body)
            finally:
                room.held -= 1
        except Refused as refused:
            await self._respond(_STATUS.get(refused.close, 403), {"close": int(refused.close)})
        except (BadFrame, BadFields):
            await self._respond(400, {"close": int(Close.BAD_FRAME)})
        except DatabaseError:
            await self._respond(503, {"close": int(Close.SERVER_ERROR)})

    async def _answer(self, room: RoomHub, visitor: Visitor, body: bytes) -> None:
        raise AssertionError("each address has its own")

    async def _respond(self, status: int, body: Any) -> None:
        headers = [(b"Content-Type", b"application/json"), (b"Cache-Control", b"no-store")]
        await self.send_response(status, protocol.encode(body), headers=headers)


class EventsConsumer(RoomHttpConsumer):
    """GET: what came since."""

    method = "GET"

    async def _answer(self, room: RoomHub, visitor: Visitor, body: bytes) -> None:
        query = {k: v[0] for k, v in parse_qs(self.scope["query_string"].decode("latin-1")).items()}
        device = query.get("device", "")
        since = since_of(query.get("since", ""))
        hello = protocol.fields({"epoch": query.get("epoch"), "since": since, "device": device}, Hello)
        inquiry = room.inquiry()
        member, me = await self.hub.join(room, visitor, device)
        try:
            room.allowances[member.id].poll(room.now())
        except dispatch.Flooding as error:
            raise Refused(Close.FLOODING) from error
        answer, cursor = await welcome.body(room, member, me, hello)
        poll = _Poll()
        waiting = room.polls.setdefault(member.id, [])
        while len(waiting) >= settings.ROOM_MAX_POLLS:
            waiting.pop(0).end()
        socket = Socket(
            room=room, member=member, device=device, browser=visitor.browser, send=poll.take, shut=poll.shut
        )
        socket.key = room.stays.key_of(member, device, socket.key, room.now())
        if answer["mode"] == "snapshot":
            socket.say(protocol.ok(0, answer))
        socket.cursor = cursor
        self.hub.presence.began_or_seen(socket.fact(SpanSource.POLL))
        room.add(socket, inquiry)
        waiting.append(poll)
        try:
            socket.catch_up()
            await poll.wait(_seconds(query.get("wait", "")))
            if answer["mode"] == "replay":  # first: what came during the wait is newer
                poll.frames.insert(0, protocol.eph({"me": me, "can": answer["can"]}))
            room.ephemeral.greet(socket)
            await asyncio.sleep(0)
        finally:
            if poll in waiting:
                waiting.remove(poll)
            if not waiting:
                room.polls.pop(member.id, None)
            room.discard(socket)
            socket.gone()
        self.hub.presence.seen(socket.key, now())
        if poll.closed is not None:
            raise Refused(Close(poll.closed))
        await self._respond(200, {"frames": protocol.raw(poll.frames)})


class CommandsConsumer(RoomHttpConsumer):
    """POST: commands, answered in order."""

    method = "POST"

    async def _answer(self, room: RoomHub, visitor: Visitor, body: bytes) -> None:
        replies: list[str] = []
        member: Member | None = None
        for text in _frames(body):
            envelope, frame = protocol.decode(
                text, max_bytes=settings.ROOM_MAX_FRAME_BYTES, max_depth=settings.ROOM_MAX_DEPTH
            )
            if envelope.do == "beat":
                continue
            if envelope.id is None:
                raise BadFrame("a command without an id cannot be answered")
            if envelope.do == "hello":
                hello = protocol.fields(frame, Hello)
                member, me = await self.hub.join(room, visitor, hello.device)
                answer, _ = await welcome.body(room, member, me, hello)
                replies.append(protocol.ok(envelope.id, answer))
                continue
            if member is None:
                member = await room.read(welcome.member, room.pk, visitor)
            try:
                replies.append(await dispatch.answer(self.hub.writer.submit, room, member, envelope, frame))
            except dispatch.Flooding as error:
                raise Refused(Close.FLOODING) from error
        await self._respond(200, {"frames": protocol.raw(replies)})


class _Poll:
    """Collects the frames a socket would have sent."""

    def __init__(self) -> None:
        self.frames: list[str] = []
        self.closed: int | None = None
        self._news = asyncio.Event()

    async def take(self, text: str) -> None:
        self.frames.append(text)
        self._news.set()

    async def shut(self, code: int) -> None:
        self.closed = code
        self._news.set()

    def end(self) -> None:
        """Answer now: the same person asked too often since."""
        self._news.set()

    async def wait(self, seconds: float) -> None:
        """Until there is news and what belongs to it, at most so long."""
        try:
            await asyncio.wait_for(self._news.wait(), seconds)
            await asyncio.sleep(_GATHER)
        except TimeoutError:
            pass


def since_of(text: str) -> dict[str, int]:
    """`790`, `room:790,desk:12` or `{"room": 790}`; nothing for anything else."""
    try:
        if text.startswith("{"):
            return msgspec.json.decode(text, type=dict[str, int])
        pairs = [part.split(":") if ":" in part else ("room", part) for part in text.split(",") if part]
        return {stream: int(seq) for stream, seq in pairs}
    except (ValueError, RecursionError, msgspec.MsgspecError):
        return {}


def _seconds(text: str) -> float:
    try:
        told = float(text)
    except ValueError:
        return 25.0
    return 25.0 if isnan(told) else min(max(told, 0.0), _LONGEST_WAIT)  # no number would spoil the loop's timers


def _frames(body: bytes) -> list[str]:
    """The frames of a request, each as text again: they are checked one by one as on a socket."""
    try:
        whole = msgspec.json.decode(body)
        frames = whole.get("frames", [whole]) if isinstance(whole, dict) else whole
        if not isinstance(frames, list) or len(frames) > _MOST_FRAMES:
            raise BadFrame("no list of frames, or too many")
        return [protocol.encode(frame).decode() for frame in frames]
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        raise BadFrame(str(error)) from error


longpoll_urlpatterns = [
    path("live/<slug:room>/events/", EventsConsumer.as_asgi()),
    path("live/<slug:room>/commands/", CommandsConsumer.as_asgi()),
]
