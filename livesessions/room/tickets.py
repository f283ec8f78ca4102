"""Tickets: signed slips that open a socket to one room, for one person in one role, for a quarter of an hour."""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing

from livesessions.room.queries.members import Member

_SALT = "livesessions.ticket"


@dataclass(frozen=True, slots=True)
class Ticket:
    """Public ids of room and person, the role the ticket was issued for, and the mark of the join link the person held
    (`Member.link`): a newer link makes the ticket an old one.
    """

    room: str
    person: str
    role: str
    link: str


class TicketExpired(Exception):
    """The signature is right, the time is over: fetch a new one."""


class TicketInvalid(Exception):
    """Not one of ours, or changed on the way."""


def issue(room: str, member: Member) -> str:
    """A ticket for the room with this public id. URL-safe."""
    return signing.dumps([room, member.id, member.role, member.link], salt=_SALT, compress=False)


def read(ticket: str) -> Ticket:
    """Raises TicketExpired or TicketInvalid."""
    try:
        room, person, role, link = signing.loads(ticket, salt=_SALT, max_age=settings.ROOM_TICKET_SECONDS)
    except signing.SignatureExpired as error:
        raise TicketExpired from error
    except signing.BadSignature as error:
        raise TicketInvalid from error
    except (ValueError, TypeError) as error:  # ours, in the shape of another version
        raise TicketExpired from error
    return Ticket(room, person, role, link)
