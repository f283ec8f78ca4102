"""What stands before a view: who may come in, and who is told that there is nothing here."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from urllib.parse import urlsplit, urlunsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from accounts import policies
from accounts.models import Person

P = ParamSpec("P")
T = TypeVar("T")
Planned = Callable[Concatenate[HttpRequest, Person, P], HttpResponse]


def for_coordinators(view: Planned[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Hands a coordinator, of whichever organisation, to the view, which asks the policy about its object; others are
    refused (403), strangers sent to sign in. Nothing is cached.
    """

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not isinstance(request.user, Person):
            return sign_in(request)
        if not policies.may_plan_somewhere(request.user):
            raise PermissionDenied
        return view(request, request.user, *args, **kwargs)

    return guarded


def for_people(view: Planned[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Hands the signed-in person to the view and leaves the rest to its policy. Strangers are sent to sign in; who asks
    for JSON is told so (401 `sign_in.needed`). Nothing is cached.
    """

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not isinstance(request.user, Person):
            wants_json = "application/json" in request.headers.get("Accept", "")
            return JsonResponse({"code": "sign_in.needed"}, status=401) if wants_json else sign_in(request)
        return view(request, request.user, *args, **kwargs)

    return guarded


def sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back, after a POST to the page of its form; htmx is told to lead the whole page there and
    back to what it shows.
    """
    htmx = HtmxDetails(request)
    if not htmx:
        return redirect_to_login(_page_of(request))
    led: HttpResponse = HttpResponseClientRedirect(redirect_to_login(htmx.current_url_abs_path or "/").url)
    return led


def _page_of(request: HttpRequest) -> str:
    """Where to return to: many forms are sent to addresses that only take a POST."""
    page = request.headers.get("Referer", "")
    if request.method != "POST" or not url_has_allowed_host_and_scheme(page, {request.get_host()}):
        return request.get_full_path()
    _scheme, _host, path, query, _fragment = urlsplit(page)
    return urlunsplit(("", "", path or "/", query, ""))


def found(thing: T | None) -> T:
    """The thing itself; 404 for nothing."""
    if thing is None:
        raise Http404
    return thing


def allowed(answer: bool) -> None:
    """Goes on for a policy's yes; 403 for its no."""
    if not answer:
        raise PermissionDenied


def visible(thing: T | None, *, may_see: Callable[[policies.Visitor, T], bool], to: policies.Visitor) -> T:
    """The thing itself; 404 as well for one this visitor may not see, so that drafts stay secret."""
    kept = found(thing)
    if not may_see(to, kept):
        raise Http404
    return kept
