"""One WebSocket, one room. Everything shared lives in the hub; this file only speaks for its own connection."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from django.conf import settings
from django.db import DatabaseError

from livesessions.realtime import dispatch, identity, protocol, welcome
from livesessions.realtime.hub import Hub, hub
from livesessions.realtime.identity import Refused, Visitor
from livesessions.realtime.protocol import BadFields, BadFrame, Beat, Close, Envelope, Frame, Hello
from livesessions.realtime.room_hub import Inquiry, RoomHub
from livesessions.realtime.sockets import Socket
from shared.clock import now
from shared.errors import DomainError

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


async def room_consumer(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """The ASGI application of `/ws/rooms/<room>/`. A plain one: with a thousand people at the door, and waiting in the
    room afterwards, the task that Channels' consumers keep beside each connection is what costs.
    """
    await receive()  # "websocket.connect", always
    connection = RoomConnection(send)
    try:
        await connection.open(scope)
        del scope  # nothing of it is needed for as long as people stay
        while await connection.take(await receive()):
            pass
    except asyncio.CancelledError:
        if not connection.is_dropped:
            raise
    finally:
        connection.gone()


class RoomConnection:
    """connect → hello → commands, beats and pushes → close."""

    __slots__ = (
        "_has_left",
        "_hello_timer",
        "_is_closed",
        "_replies",
        "_send_message",
        "_task",
        "hub",
        "is_dropped",
        "room",
        "socket",
        "visitor",
    )

    hub: Hub
    room: RoomHub
    visitor: Visitor

    def __init__(self, send: Send):
        self.socket: Socket | None = None
        self.is_dropped = False
        self._task = asyncio.current_task()
        self._send_message = send
        self._is_closed = False
        self._has_left = False  # said so itself, by closing
        self._hello_timer: asyncio.TimerHandle | None = None
        self._replies: set[asyncio.Task[None]] = set()

    async def open(self, scope: dict[str, Any]) -> None:
        """Accept, so that a refusal can be told by a close code, and find out whose connection to which room it is."""
        speaks = protocol.SUBPROTOCOL in scope.get("subprotocols", [])
        await self._send_message({"type": "websocket.accept", "subprotocol": protocol.SUBPROTOCOL if speaks else None})
        try:
            if not speaks:
                raise Refused(Close.VERSION)
            self.hub = hub()
            if self.hub.is_draining:
                raise Refused(Close.GOING_AWAY)
            name = scope["url_route"]["kwargs"]["room"]
            self.visitor = await identity.visitor_of(scope, name, self.hub.reader)
            room = await self.hub.room(name)
            if room is None:
                raise Refused(Close.FORBIDDEN)
            self.room = room
        except Refused as refused:
            await self._shut(refused.close)
        except DatabaseError:
            await self._shut(Close.SERVER_ERROR)
        else:
            self._start_timer()

    async def take(self, message: dict[str, Any]) -> bool:
        """What the server brings: a frame, or the end. Whether more may come."""
        if message["type"] == "websocket.disconnect":
            self._has_left = message.get("code") in {1000, 1001}
            return False
        if not self._is_closed and not (self.socket and (self.socket.closing is not None or self.hub.is_draining)):
            await self._hear(message.get("text"))
        return True

    def gone(self) -> None:
        """The connection is no more."""
        self._is_closed = True
        self._stop_timer()
        if self.socket:
            said_so = self._has_left and self.socket.closing is None
            self.hub.presence.ended(self.socket.key, now() if said_so else None)
            self.room.discard(self.socket)
            self.socket.gone()
        for task in self._replies:
            task.cancel()

    async def _hear(self, text: str | None) -> None:
        try:
            if text is None:
                raise BadFrame("binary")
            envelope, frame = protocol.decode(
                text, max_bytes=settings.ROOM_MAX_FRAME_BYTES, max_depth=settings.ROOM_MAX_DEPTH
            )
            await self._handle(envelope, frame)
        except BadFrame:
            await self._shut(Close.BAD_FRAME)

    async def _handle(self, envelope: Envelope, frame: Frame) -> None:
        if self.socket is None:
            await self._before_hello(envelope, frame)
            return
        self.socket.heard()
        self.hub.presence.seen(self.socket.key, now())
        if envelope.do == "beat":
            try:
                self.room.allowances[self.socket.member.id].beat(self.room.now())
            except dispatch.Flooding:
                self.socket.close(Close.FLOODING)
            with contextlib.suppress(BadFields):
                self.socket.seen(protocol.fields(frame, Beat).seen)
        elif envelope.id is None:
            raise BadFrame("a command without an id cannot be answered")
        elif envelope.do == "hello":
            self.socket.say(protocol.err(envelope.id, "hello.twice"))
        else:  # not awaited here: the writer keeps the order, and a beat must not wait for a commit
            self._beside(self._reply(self.socket, envelope, frame))

    async def _reply(self, socket: Socket, envelope: Envelope, frame: Frame) -> None:
        try:
            socket.say(await dispatch.answer(self.hub.writer.submit, self.room, socket.member, envelope, frame))
        except dispatch.Flooding:
            socket.close(Close.FLOODING)

    async def _before_hello(self, envelope: Envelope, frame: Frame) -> None:
        re = envelope.id or 0
        self._stop_timer()  # a slow answer is not the client's silence
        try:
            if envelope.do != "hello":
                raise Refused(Close.NO_HELLO)
            await self._hello(re, protocol.fields(frame, Hello))
        except BadFields:
            await self._send(protocol.err(re, "bad_fields"))
        except DomainError as error:
            await self._send(protocol.err(re, error.code, retry=error.retry, after_ms=error.after_ms))
        except Refused as refused:
            await self._shut(refused.close)
        except DatabaseError:
            await self._shut(Close.SERVER_ERROR)
        if self.socket is None and not self._is_closed:
            self._start_timer()

    async def _hello(self, re: int, hello: Hello) -> None:
        self.hub.admit()
        room = await self.hub.room(self.room.public_id)  # again: it may have been let go of while nobody was in it
        if room is None:
            raise Refused(Close.FORBIDDEN)
        self.room = room
        self.room.held += 1
        inquiry = self.room.inquiry()
        try:
            member, me = await self.hub.join(self.room, self.visitor, hello.device)
            answer, cursor = await welcome.body(self.room, member, me, hello)
        finally:
            self.room.held -= 1
        if self.hub.is_draining or not self.hub.has(self.room):
            raise Refused(Close.GOING_AWAY)
        if len(self.room.by_person.get(member.id, ())) >= settings.ROOM_MAX_SOCKETS:
            raise Refused(Close.TOO_MANY_SOCKETS)
        if not self._is_closed:
            socket = Socket(
                room=self.room,
                member=member,
                device=hello.device,
                browser=self.visitor.browser,
                send=self._send,
                shut=self._shut,
                drop=self._drop,
            )
            self._settle(socket, protocol.ok(re, answer), cursor, inquiry)

    def _settle(self, socket: Socket, reply: str, cursor: dict[str, int], inquiry: Inquiry) -> None:
        """In one turn of the loop: from here on this connection misses nothing."""
        self.socket = socket
        socket.say(reply)
        socket.cursor = cursor
        self.hub.presence.began(socket.fact())
        self.room.add(socket, inquiry)
        self.room.ephemeral.greet(socket)
        socket.catch_up()

    def _start_timer(self) -> None:
        loop = asyncio.get_running_loop()
        self._hello_timer = loop.call_later(settings.ROOM_HELLO_SECONDS, self._no_hello)

    def _stop_timer(self) -> None:
        if self._hello_timer:
            self._hello_timer.cancel()
            self._hello_timer = None

    def _no_hello(self) -> None:
        self._beside(self._shut(Close.NO_HELLO))

    def _beside(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._replies.add(task)
        task.add_done_callback(self._replies.discard)

    async def _send(self, text: str) -> None:
        await self._send_message({"type": "websocket.send", "text": text})

    def _drop(self) -> None:
        """Leave without a word: the server still holds the last ones back, because nobody reads."""
        self.is_dropped = True
        if self._task:
            self._task.cancel()

    async def _shut(self, code: int) -> None:
        if not self._is_closed:
            self._is_closed = True
            await self._send_message({"type": "websocket.close", "code": int(code)})
