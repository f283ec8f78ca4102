"""Request middleware."""

from collections.abc import Callable

from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils import timezone
from django.utils.cache import patch_cache_control

from places import zones
from web import away, unreadable
from web.away_texts import BUSY

ZONE_COOKIE = "tz"
_PACKED = ("application/dicom", "application/octet-stream", "application/pdf", "application/zip")


class ViewerTimeZoneMiddleware:
    """Activates the viewer's own zone, told by the browser in the cookie `tz` (an IANA name); UTC without it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with timezone.override(zones.find(request.COOKIES.get(ZONE_COOKIE, ""))):
            return self.get_response(request)


class TextGZipMiddleware(GZipMiddleware):
    """Compresses text. Pictures and films are small already, and a piece of a file must stay that piece."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        kind = response.get("Content-Type", "").partition(";")[0]
        if response.has_header("Content-Range") or kind.partition("/")[0] in ("image", "video", "audio"):
            return response
        return response if kind in _PACKED else super().process_response(request, response)


class PrivateByDefaultMiddleware:
    """No cache on the way keeps a page, unless its view says so: the head of any page may bear a person's name.

    The page of somebody who is known here is not kept by the browser either: the next one at this computer goes back.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            is_known = settings.SESSION_COOKIE_NAME in request.COOKIES
            is_page = response.get("Content-Type", "").startswith("text/html")
            patch_cache_control(response, private=True, **({"no_store": True} if is_known and is_page else {}))
        return response


class FreeDatabaseMiddleware:
    """Gives the database connection back as soon as the page is made: who reads it slowly holds none meanwhile."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        finally:
            if isinstance(request, ASGIRequest):  # from a server: a test's client keeps its connection
                close_old_connections()


class PartsAwayMiddleware:
    """What cannot be served because a part of the site is away, or because too many ask at once, gets a page that says
    so and tries again by itself; what cannot be read, one that says that. `config.server.turns` marks whom there was no
    turn for.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request, ASGIRequest) and request.scope.get(away.NO_TURN):
            return away.answer(request, BUSY)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return away.told(request, exception) or unreadable.told(request, exception)
