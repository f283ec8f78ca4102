"""The mails about a registration: where to join, how to withdraw, and the calendar entry that goes with it."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.programme.models import Enrolment, EnrolmentStatus, Session
from courses.programme.queries import links
from courses.programme.rules import calendars
from jobs import mail
from places import zones
from shared.texts import Text


@dataclass(frozen=True, slots=True)
class Words:
    """Subject and first sentence; `is_off`: the entry leaves the calendar."""

    subject: Text
    lead: Text
    is_off: bool = False


class Letter(Enum):
    REQUESTED = Words(
        gettext_lazy("You asked for a place in the operating room: %(session)s"),
        gettext_lazy("The organisers decide who comes into the operating room. We write as soon as they have decided."),
    )
    APPROVED = Words(
        gettext_lazy("Your place in the operating room: %(session)s"),
        gettext_lazy("The organisers gave you the place you asked for. Below is your personal link into the room."),
    )
    APPROVED_WAITING = Words(
        gettext_lazy("Approved, on the waiting list: %(session)s"),
        gettext_lazy(
            "The organisers approved your request. All places of this kind are taken, so you are on the waiting list."
        ),
    )
    DECLINED = Words(
        gettext_lazy("Your request was declined: %(session)s"),
        gettext_lazy("The organisers could not give you the place you asked for. You may register for another kind."),
    )
    CONFIRMED = Words(
        gettext_lazy("You are registered: %(session)s"),
        gettext_lazy("Your place is kept. Below is your personal link into the room."),
    )
    HELD = Words(
        gettext_lazy("Keep your place: %(session)s"),
        gettext_lazy("A place is held for you. Open your personal link once and it is yours."),
    )
    ANSWER = Words(
        gettext_lazy("Answer to get your place: %(session)s"),
        gettext_lazy("Open your personal link once: you get a place if one is free, and stand in line otherwise."),
    )
    WAITING = Words(
        gettext_lazy("On the waiting list: %(session)s"),
        gettext_lazy(
            "All places of this kind are taken, so you are on the waiting list. We write as soon as one is free."
        ),
    )
    PROMOTED = Words(
        gettext_lazy("A place for you: %(session)s"),
        gettext_lazy("A place became free and it is yours. If you cannot come, withdraw and the next person gets it."),
    )
    AGAIN = Words(
        gettext_lazy("Your link again: %(session)s"),
        gettext_lazy("You are already registered for this session. Here are your links again."),
    )
    MOVED = Words(
        gettext_lazy("Your place changed: %(session)s"),
        gettext_lazy("The organisers gave you a place of another kind, as you see below. Your link stays the same."),
    )
    WITHDRAWN = Words(
        gettext_lazy("You withdrew: %(session)s"),
        gettext_lazy("Your registration was withdrawn and your place is free for somebody else."),
        is_off=True,
    )
    REMOVED = Words(
        gettext_lazy("Your registration was withdrawn: %(session)s"),
        gettext_lazy("The organisers withdrew your registration. Your personal link no longer opens the room."),
        is_off=True,
    )
    CHANGED = Words(
        gettext_lazy("The session changed: %(session)s"),
        gettext_lazy("The organisers changed this session. Below is how it stands now; your link stays the same."),
    )
    CANCELLED = Words(
        gettext_lazy("Cancelled: %(session)s"),
        gettext_lazy("This session will not take place. You need not do anything."),
        is_off=True,
    )


_NOT_YET = {EnrolmentStatus.REQUESTED, EnrolmentStatus.WAITING}


def send(enrolment: Enrolment, session: Session, letter: Letter, at: datetime, *, due: datetime | None = None) -> None:
    """Queue the mail, in the registration's language, inside the caller's transaction; it leaves at `due`, or at once.

    Who has no place yet gets no calendar entry: they have no appointment.
    """
    with translation.override(enrolment.language):
        context = _context(enrolment, session, letter, at)
        mail.render_and_send(
            "enrolment",
            to=enrolment.person.email,
            language=enrolment.language,
            context=context,
            attachments=_attachments(enrolment, session, letter, at),
            due=due,
        )
    enrolment.link_sent_at = due or at
    enrolment.save(update_fields=["link_sent_at", "calendar_sequence"])


def _context(enrolment: Enrolment, session: Session, letter: Letter, at: datetime) -> dict[str, Any]:
    is_in = not letter.value.is_off
    may_withdraw = letter not in {Letter.CANCELLED, Letter.DECLINED} and not session.phase(at).is_past
    return {
        "subject": str(letter.value.subject) % {"session": session.title},
        "lead": letter.value.lead,
        "enrolment": enrolment,
        "session": session,
        "times": [_told(session, zone) for zone in _zones(enrolment, session)],
        "is_waiting": is_in and enrolment.status == EnrolmentStatus.WAITING,
        "is_requested": is_in and enrolment.status == EnrolmentStatus.REQUESTED,
        "state_url": links.join_url(enrolment) if is_in and enrolment.status in _NOT_YET else "",
        "is_unanswered": is_in and enrolment.unanswered_since is not None,
        "held_until": _held_until(enrolment, session) if letter is Letter.HELD else None,
        "reason": enrolment.reason,
        "join_url": links.join_url(enrolment) if is_in and enrolment.status == EnrolmentStatus.CONFIRMED else "",
        "withdraw_url": links.withdraw_url(enrolment) if may_withdraw else "",
        "is_withdrawn": letter in {Letter.WITHDRAWN, Letter.REMOVED},
        "session_url": links.session_url(session),
    }


def _zones(enrolment: Enrolment, session: Session) -> list[ZoneInfo]:
    """The event's zone, and the person's own (or UTC) where its clocks show another hour."""
    own = calendars.zone_of(enrolment.country, session.starts_at) or ZoneInfo("UTC")
    hours = {session.starts_at.astimezone(zone).utcoffset() for zone in (session.zone, own)}
    return [session.zone, own] if len(hours) > 1 else [session.zone]


def _told(session: Session, zone: ZoneInfo) -> dict[str, str]:
    """The time as the clocks of `zone` show it, the zone named by its city."""
    start, end = session.starts_at.astimezone(zone), session.planned_end_at.astimezone(zone)
    hours = {"start": zones.clock(start), "end": zones.clock(end), "city": zones.city(zone.key)}
    # Translators: the hours of a session and the city whose clocks show them.
    return {"day": zones.day(start), "hours": _("%(start)s to %(end)s (time of %(city)s)") % hours}


def _held_until(enrolment: Enrolment, session: Session) -> dict[str, str] | None:
    if enrolment.held_until is None:
        return None
    until = enrolment.held_until.astimezone(session.zone)
    return {"day": zones.day(until), "clock": zones.clock(until), "city": zones.city(session.zone.key)}


def _attachments(
    enrolment: Enrolment, session: Session, letter: Letter, at: datetime
) -> tuple[tuple[str, bytes, str], ...]:
    if not letter.value.is_off and enrolment.status != EnrolmentStatus.CONFIRMED:
        return ()
    url = links.session_url(session) if letter.value.is_off else links.join_url(enrolment)
    sequence = calendars.next_sequence(planned=session.sequence, sent=enrolment.calendar_sequence)
    enrolment.calendar_sequence = sequence
    ics = calendars.ics(entry_of(session, url=url, at=at, is_cancelled=letter.value.is_off, sequence=sequence))
    method = "CANCEL" if letter.value.is_off else "PUBLISH"
    return (("session.ics", ics, f"text/calendar; method={method}"),)


def entry_of(
    session: Session, *, url: str, at: datetime, is_cancelled: bool, sequence: int | None = None
) -> calendars.Entry:
    """What a calendar is told of the session; `url` is where the reader goes from there. Without a letter's own
    `sequence` it is the plan's.
    """
    return calendars.Entry(
        session=session.public_id,
        title=session.title,
        description="\n\n".join(part for part in (session.procedure, session.summary, url) if part),
        url=url,
        organiser=parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        zone=session.zone,
        starts_at=session.starts_at,
        ends_at=session.planned_end_at,
        sequence=session.sequence if sequence is None else sequence,
        changed_at=at,
        is_cancelled=is_cancelled,
    )
