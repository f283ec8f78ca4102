"""Whose connection it is: the ticket says so, or the session cookie."""

from dataclasses import dataclass
from importlib import import_module
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings
from django.http.cookie import parse_cookie

from courses.programme.queries import passes
from livesessions.realtime.database import DatabaseThread
from livesessions.realtime.protocol import Close
from livesessions.room import tickets


class Refused(Exception):
    """`close` says why."""

    def __init__(self, close: Close):
        super().__init__(close.name)
        self.close = close


@dataclass(frozen=True, slots=True)
class Visitor:
    """The public id of the person a connection belongs to, the mark of the join link it rests on, if any, and the key
    of the browser's session with which it ends.
    """

    person: str
    link: str = ""
    browser: str = ""


async def visitor_of(scope: dict[str, Any], room: str, reader: DatabaseThread) -> Visitor:
    """Whose connection this is. Raises Refused. No query with a ticket: the hello asks whether it is still good."""
    query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    if ticket := query.get("ticket", [""])[0]:
        return _by_ticket(ticket, room)
    cookie = dict(scope["headers"]).get(b"cookie", b"").decode("latin-1")
    if key := parse_cookie(cookie).get(settings.SESSION_COOKIE_NAME):
        person = await reader.run(_by_session, key, room)
        if person:
            return Visitor(person, browser=key)
    raise Refused(Close.NOT_SIGNED_IN)


def _by_ticket(ticket: str, room: str) -> Visitor:
    try:
        read = tickets.read(ticket)
    except tickets.TicketExpired as error:
        raise Refused(Close.TICKET_EXPIRED) from error
    except tickets.TicketInvalid as error:
        raise Refused(Close.FORBIDDEN) from error
    if read.room != room:
        raise Refused(Close.FORBIDDEN)
    return Visitor(read.person, read.link, read.browser)


def _by_session(key: str, room: str) -> str | None:
    store = import_module(settings.SESSION_ENGINE).SessionStore(key)
    person = passes.person_in(store.load(), room)
    return person.public_id if person else None
