"""Switching the language of the page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from web.signals import language_chosen


@require_POST
def choose(request: HttpRequest) -> HttpResponseBase:
    """Keep the chosen language in a cookie and return to the page; an unknown language changes nothing."""
    response = set_language(request)
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        language_chosen.send(sender=None, request=request, language=language)
    return response
