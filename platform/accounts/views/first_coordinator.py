"""The one-time link of an empty installation: who looks after it?"""

from typing import Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.actions import first_coordinator
from accounts.forms.first_coordinator import FirstCoordinatorForm
from accounts.queries import first_links
from shared.clock import now
from shared.errors import DomainError
from web import refusals

_PLAN: Final = "/plan/"  # a page of an app above this one, as data


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, key: str) -> HttpResponse:
    """Whoever has the link becomes the first coordinator; it is used up by that, and nobody else is told anything."""
    if not first_links.is_good(first_coordinator.digest(key), now()):
        return _gone(request, DomainError("first.gone"))
    form = FirstCoordinatorForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "accounts/first_coordinator.html", {"form": form}, status=status)
    told = {name: form.cleaned_data[name] for name in ("full_name", "email", "organisation", "password")}
    language = get_language() or settings.LANGUAGE_CODE
    try:
        person = first_coordinator.create(key=key, language=language, at=now(), **told)
    except DomainError as error:
        return _gone(request, error)
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    messages.success(request, _("This installation is yours now. From here you plan missions, courses and sessions."))
    return redirect(_PLAN)


def _gone(request: HttpRequest, error: DomainError) -> HttpResponse:
    return render(request, "accounts/first_link_gone.html", {"what": refusals.sentence(error)}, status=404)
