"""The mail to the staff of a session whose planned end has come while it is live."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from courses.programme.models import Session
from courses.programme.queries import team
from jobs import mail


def send(session: Session) -> None:
    """Queue one to everybody of the team and to coordinators, each in their language; inside the transaction."""
    desk = settings.SITE_URL + reverse("livesessions:desk-show", args=[session.public_id])
    for person in team.staff_of(session):
        language = person.reading_language
        with translation.override(language):
            subject = _("Still live: %(session)s") % {"session": session.title}
        context = {
            "subject": subject,
            "person": person,
            "session": session,
            "desk": desk,
            "quiet_minutes": settings.SESSION_QUIET_MINUTES,
        }
        mail.render_and_send("still_live", to=person.email, language=language, context=context)
