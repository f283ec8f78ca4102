"""Tickets: signed slips that open a socket to one room, for one person in one role, for a quarter of an hour, and no
longer than the browser they were given to is still that person's.
"""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core import signing

from livesessions.room.queries.members import Member

_SALT = "livesessions.ticket"


@dataclass(frozen=True, slots=True)
class Ticket:
    """Public ids of room and person, the role the ticket was issued for, and the mark of the join link the person held
    (`Member.link`): a newer link makes the ticket an old one. `browser` is the key of the browser's session: what is
    opened with the ticket ends with it. Empty for a ticket that a command printed.
    """

    room: str
    person: str
    role: str
    link: str
    browser: str = ""


class TicketExpired(Exception):
    """The signature is right, the time is over: fetch a new one."""


class TicketInvalid(Exception):
    """Not one of ours, or changed on the way."""


def issue(room: str, member: Member, browser: str = "") -> str:
    """A ticket for the room with this public id, given to this browser. URL-safe; addresses are logged, so nobody
    reads the browser's key in it.
    """
    sealed = _seal(settings.SECRET_KEY).encrypt(browser.encode()).decode() if browser else ""
    return signing.dumps([room, member.id, member.role, member.link, sealed], salt=_SALT, compress=False)


def read(ticket: str) -> Ticket:
    """Raises TicketExpired or TicketInvalid."""
    try:
        slip = signing.loads(ticket, salt=_SALT, max_age=settings.ROOM_TICKET_SECONDS)
        room, person, role, link, sealed = slip
        browser = _seal(settings.SECRET_KEY).decrypt(sealed).decode() if sealed else ""
    except signing.SignatureExpired as error:
        raise TicketExpired from error
    except signing.BadSignature as error:
        raise TicketInvalid from error
    except (ValueError, TypeError, InvalidToken) as error:  # ours, in the shape of another version
        raise TicketExpired from error
    return Ticket(room, person, role, link, browser)


@lru_cache(maxsize=4)
def _seal(secret: str) -> Fernet:
    return Fernet(urlsafe_b64encode(sha256(f"{_SALT}.browser:{secret}".encode()).digest()))
