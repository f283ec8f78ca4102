"""Telling the browser which form was taken."""

from collections.abc import Callable
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url

TAKEN_COOKIE = "taken"  # the path the form was sent to; lib/typed.js reads and empties it


class TakenMiddleware:
    """Tells the page that follows whose form was taken, so that the browser forgets what was typed into it and nothing
    before: a refusal, a fault or a sign-in in between leaves it there.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and response.status_code in (302, 303) and not _leads_to_sign_in(response):
            path, secure = quote(request.path, safe=""), settings.SESSION_COOKIE_SECURE
            response.set_cookie(TAKEN_COOKIE, path, max_age=60, samesite="Lax", secure=secure)
        return response


def _leads_to_sign_in(response: HttpResponse) -> bool:
    entrance = resolve_url(settings.LOGIN_URL).removesuffix("/").rpartition("/")[0]
    return response.get("Location", "").startswith(f"{entrance}/")
