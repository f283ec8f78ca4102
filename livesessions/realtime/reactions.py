"""What a process does when it hears of a commit: send the entry on, refresh what is ephemeral, show people out."""

from collections.abc import Callable, Collection, Coroutine, Mapping
from hashlib import blake2b
from typing import Any, Protocol, TypeVar

import msgspec
from django.conf import settings

from courses.programme.queries import passes
from livesessions.realtime.ephemeral import Ephemeral
from livesessions.realtime.protocol import Close
from livesessions.realtime.rings import Ring
from livesessions.realtime.sockets import Socket
from livesessions.room import policies
from livesessions.room.models import Room, Stage
from livesessions.room.queries import members, seats
from livesessions.room.queries.members import Member
from livesessions.room.rules import texts

T = TypeVar("T")
_decode = msgspec.json.Decoder().decode


class Audience(Protocol):
    """What a reaction needs of a room: who is there, what they were sent, and ways to reach them."""

    pk: int
    ephemeral: Ephemeral
    snapshot: tuple[dict[str, int], float, bytes] | None
    checked_at: float
    is_checking: bool  # everybody's rights are being asked for
    rights_news: int  # how often somebody's rights were asked for again

    @property
    def rings(self) -> Mapping[str, Ring]: ...

    @property
    def by_person(self) -> Mapping[str, Collection[Socket]]: ...

    def now(self) -> float:
        """Seconds of the steady clock."""

    def offer(self, stream: str, seq: int, wire: str) -> None:
        """An entry was committed somewhere."""

    def seat_taken(self, person: str, device: str, at: str) -> None:
        """An attendee's seat moved to this device."""

    def end(self) -> None:
        """The session is over."""

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Run it beside."""

    async def read(self, function: Callable[..., T], *args: Any) -> T:
        """Database reading, in the reader's thread."""


def apply(room: Audience, item: dict[str, Any]) -> None:
    """One item of a doorbell message; unknown ones are from a newer process and are left alone."""
    match item["what"]:
        case "entry":
            room.offer(item["st"], item["seq"], item["wire"])
            for person in item["touches"]:
                room.ephemeral.own_state_changed(person)
        case "tallies":
            room.ephemeral.tallies_changed()
            if len(room.by_person.get(item["person"], ())) > 1:  # the voter's other tabs; their own has the reply
                room.ephemeral.own_state_changed(item["person"])
        case "hands":
            room.ephemeral.hands_changed()
            room.ephemeral.own_state_changed(item["person"])
        case "rights":
            recheck(room, {item["person"]})
        case "browser":
            browser_gone(room, item["mark"])
        case "seat":
            room.seat_taken(item["person"], item["device"], item["at"])


def obey(room: Audience, wires: list[str]) -> None:
    """Entries that are about the connections themselves work even where the doorbell was lost."""
    for wire in wires:
        if '"kind":"stage.changed"' in wire and _decode(wire)["d"]["stage"] == Stage.ENDED:
            room.end()
        elif '"kind":"chat.hidden"' in wire:
            room.rings["room"].replace(_decode(wire)["d"]["seq"], texts.emptied)
            room.snapshot = None
        elif '"kind":"person.' in wire and (entry := _decode(wire))["kind"] in {"person.muted", "person.banned"}:
            recheck(room, {entry["d"]["person"]["id"]})
        elif '"kind":"safety.' in wire or '"kind":"stage.changed"' in wire:
            room.ephemeral.hands_changed()


def recheck_due(room: Audience) -> None:
    """Ask again about everybody, every second: a role or a login may end without anybody saying so here."""
    if room.now() - room.checked_at >= settings.ROOM_RECHECK_SECONDS and room.by_person and not room.is_checking:
        _ask(room, set(room.by_person))  # no news: who is being let in now is asked about the next time


def recheck(room: Audience, people: set[str]) -> None:
    """Ask the database what these people are now, and act on it."""
    room.rights_news += 1  # those who are just being let in were asked about before
    _ask(room, people)


def _ask(room: Audience, people: set[str]) -> None:
    if people >= set(room.by_person):
        room.checked_at = room.now()
    if present := people & set(room.by_person):
        room.spawn(_recheck(room, present))


def browser_gone(room: Audience, mark: str) -> None:
    """Somebody signed out there: what it opened is closed before anything more is heard from it. The page may ask for
    another ticket, for its browser may be somebody's again.
    """
    room.rights_news += 1
    for sockets in list(room.by_person.values()):
        for socket in list(sockets):
            if socket.browser and mark_of(socket.browser) == mark:
                socket.close(Close.TICKET_EXPIRED)


def mark_of(browser: str) -> str:
    """Names a browser's session among processes without being its key."""
    return blake2b(browser.encode(), digest_size=16).hexdigest()


async def _recheck(room: Audience, people: set[str]) -> None:
    everybody = people >= set(room.by_person)
    room.is_checking = room.is_checking or everybody
    browsers = {socket.browser for person in people for socket in room.by_person.get(person, ()) if socket.browser}
    try:
        by_id, devices, holders = await room.read(_look_up, room.pk, people, browsers)
    finally:
        room.is_checking = room.is_checking and not everybody
    for person in people:
        member = by_id.get(person)
        for socket in list(room.by_person.get(person, ())):
            if member is None or not policies.may_enter(member):
                socket.close(Close.FORBIDDEN)
            elif socket.browser in browsers and person not in holders.get(socket.browser, ()):
                socket.close(Close.TICKET_EXPIRED)  # signed out, or somebody else's now
            elif socket.member.link and member.link != socket.member.link:
                socket.close(Close.TICKET_EXPIRED)  # perhaps the old one leaked: only the true owner comes back
            elif not member.is_staff and devices.get(member.pk, socket.device) != socket.device:
                socket.close(Close.REPLACED)
            elif member.is_staff != socket.member.is_staff:
                socket.close(Close.GOING_AWAY)  # comes back at once, with the streams of the new role
            elif member != socket.member:
                socket.member = member
                room.ephemeral.own_state_changed(person)


def _look_up(
    room_pk: int, people: set[str], browsers: set[str]
) -> tuple[dict[str, Member], dict[int, str], dict[str, set[str]]]:
    """Who these people are in the room, where they sit, and whose these browsers are."""
    room = Room.objects.select_related("session").get(pk=room_pk)
    by_id = members.find_many(room=room, people=people)
    devices = seats.current(room_pk, [member.pk for member in by_id.values()])
    return by_id, devices, passes.holders(browsers, room.public_id) if browsers else {}
