"""The mail to somebody who is asked to rate a case: who asks, with which instrument, and where; nothing of the case."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from courses.logbook.models import RatingRequest
from courses.logbook.queries.logbooks import told
from jobs import mail


def send(request: RatingRequest) -> None:
    """Queue it in the rater's language, inside the caller's transaction."""
    language = request.rater.language or settings.LANGUAGE_CODE
    with translation.override(language):
        context = {
            "subject": _("%(name)s asks you for a rating") % {"name": request.entry.trainee},
            "request": request,
            "instrument": told(request.instrument.titles),
            "address": settings.SITE_URL + reverse("courses:rating-give", kwargs={"rating": request.public_id}),
            "site_url": settings.SITE_URL,
        }
        mail.send(
            to=request.rater.email,
            subject=str(context["subject"]),
            text=render_to_string("mail/rating_request.txt", context),
            html=render_to_string("mail/rating_request.html", context),
            language=language,
        )
