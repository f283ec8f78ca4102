"""The mail to somebody who is asked to rate a case: who asks, with which instrument, and where; nothing of the case."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from courses.logbook.models import RatingRequest
from courses.logbook.queries.logbooks import told
from jobs import mail


def send(request: RatingRequest) -> None:
    """Queue it in the rater's language, inside the caller's transaction."""
    with translation.override(request.rater.reading_language):
        context = {
            "subject": _("%(name)s asks you for a rating") % {"name": request.entry.trainee},
            "request": request,
            "instrument": told(request.instrument.titles),
            "address": settings.SITE_URL + reverse("courses:rating-give", kwargs={"rating": request.public_id}),
        }
        mail.render_and_send(
            "rating_request", to=request.rater.email, language=request.rater.reading_language, context=context
        )
