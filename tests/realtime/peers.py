"""A client for tests: the whole ASGI stack, one WebSocket, frames as dictionaries."""

import json
from typing import Any
from uuid import uuid4

from channels.testing import HttpCommunicator, WebsocketCommunicator

from accounts.models import Person
from config.asgi import application
from courses.programme.models import Session
from livesessions.room import tickets
from livesessions.room.actions import rooms
from livesessions.room.queries import members

ORIGIN = (b"origin", b"http://testserver")


class Closed(Exception):
    """The server closed the socket with this code."""

    def __init__(self, code: int):
        super().__init__(code)
        self.code = code


class Peer:
    """Speaks the protocol, keeps every frame it heard."""

    def __init__(self, socket: WebsocketCommunicator):
        self.socket = socket
        self.heard: list[dict[str, Any]] = []
        self._ids = 0

    async def frame(self, timeout: float = 5) -> dict[str, Any]:
        """The next frame. Raises Closed."""
        message = await self.socket.receive_output(timeout)
        if message["type"] == "websocket.close":
            raise Closed(message["code"])
        frame: dict[str, Any] = json.loads(message["text"])
        self.heard.append(frame)
        return frame

    async def closed(self) -> int:
        """Read on until the server closes; its code."""
        try:
            while True:
                await self.frame()
        except Closed as end:
            return end.code

    async def send(self, frame: dict[str, Any]) -> None:
        await self.socket.send_to(text_data=json.dumps(frame))

    async def hello(self, **fields: Any) -> dict[str, Any]:
        """Say hello and give the `ok` of the reply."""
        reply = await self.do("hello", cid=None, **{"epoch": None, "since": {}, "device": str(uuid4())} | fields)
        ok: dict[str, Any] = reply["ok"]
        return ok

    async def do(self, what: str, **fields: Any) -> dict[str, Any]:
        """Send a command and give its reply; pushes that come before it are kept in `heard`."""
        self._ids += 1
        cid = fields.pop("cid", str(uuid4()))
        await self.send({"id": self._ids, "do": what, **({"cid": cid} if cid else {}), **fields})
        while (frame := await self.frame()).get("re") != self._ids:
            pass
        return frame

    async def entry(self, kind: str) -> Any:
        """The first entry of this kind, heard already or still to come."""
        seen = 0
        while True:
            for frame in self.heard[seen:]:
                for entry in frame.get("ev", []):
                    if entry["kind"] == kind:
                        return entry
            seen = len(self.heard)
            await self.frame()

    async def ephemeral(self, key: str, value: Any = None) -> Any:
        """The first ephemeral value under this key, or the first equal to `value`."""
        seen = 0
        while True:
            for frame in self.heard[seen:]:
                body = frame.get("eph", {})
                if key in body and (value is None or body[key] == value):
                    return body[key]
            seen = len(self.heard)
            await self.frame()

    async def leave(self) -> None:
        await self.socket.disconnect(1000)


def ticket_of(session: Session, person: Person) -> str:
    room = rooms.for_session(session.public_id)
    assert room is not None
    member = members.find(room=room, person=person.public_id)
    assert member is not None
    return tickets.issue(room.public_id, member)


async def open_socket(
    room: str, ticket: str = "", *, headers: tuple[tuple[bytes, bytes], ...] = (ORIGIN,), subprotocols: Any = None
) -> Peer:
    """Connect; a refusal shows at the first frame."""
    query = f"?ticket={ticket}" if ticket else ""
    socket = WebsocketCommunicator(
        application,
        f"/ws/rooms/{room}/{query}",
        headers=list(headers),
        subprotocols=["anfiteatro.v1"] if subprotocols is None else subprotocols,
    )
    await socket.send_input({"type": "websocket.connect"})
    accepted = await socket.receive_output(5)
    if accepted["type"] != "websocket.accept":
        raise Closed(accepted.get("code", 1000))
    return Peer(socket)


async def request(method: str, path: str, body: bytes = b"", origin: bytes = ORIGIN[1]) -> tuple[int, dict[str, Any]]:
    """Over plain HTTP: the status and the JSON of the answer."""
    http = HttpCommunicator(application, method, path, body=body, headers=[(b"origin", origin)])
    response = await http.get_response(timeout=10)
    return response["status"], json.loads(response["body"] or b"{}")
