"""The mails a session's team gets: invited, changed, called off."""

from django.utils import translation
from django.utils.translation import gettext as _

from courses.programme.models import Session, TeamMember
from courses.programme.queries import links
from jobs import mail
from places import zones


def send(member: TeamMember) -> None:
    """Tell a new member their role, the time and where to go, in their language; inside the caller's transaction."""
    with translation.override(member.person.reading_language):
        lead = _("You are in the team of this session.")
        _send(member, _("Your role in a session: %(session)s"), lead, is_new=True)


def send_changed(session: Session) -> None:
    """Tell the whole team the title and times as they are now."""
    for member in _team(session):
        with translation.override(member.person.reading_language):
            _send(member, _("Changed: %(session)s"), _("The plan of this session changed. This is how it stands now."))


def send_cancelled(session: Session) -> None:
    """Tell the whole team that the session will not take place."""
    for member in _team(session):
        with translation.override(member.person.reading_language):
            _send(member, _("Cancelled: %(session)s"), _("This session was cancelled and will not take place."))


def _team(session: Session) -> list[TeamMember]:
    return list(TeamMember.objects.filter(session=session).select_related("person", "session"))


def _send(member: TeamMember, subject: str, lead: str, *, is_new: bool = False) -> None:
    session = member.session
    start, end = (at.astimezone(session.zone) for at in (session.starts_at, session.planned_end_at))
    hours = {"start": zones.clock(start), "end": zones.clock(end), "city": zones.city(session.time_zone)}
    context = {
        "subject": subject % {"session": session.title},
        "lead": lead,
        "member": member,
        "session": session,
        "day": zones.day(start),
        # Translators: the hours of a session and the city whose clocks show them.
        "hours": _("%(start)s to %(end)s (time of %(city)s)") % hours,
        "address": links.session_url(session),
        "is_new": is_new,
    }
    mail.render_and_send("team", to=member.person.email, language=member.person.reading_language, context=context)
