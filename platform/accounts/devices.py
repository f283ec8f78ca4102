"""Browsers that have signed somebody in before: a signed cookie says so, and nothing but limits asks it."""

from collections.abc import Callable
from typing import Any, Final, cast

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string, salted_hmac

_SALT: Final = "accounts.devices"
_DAYS: Final = 180
_KEPT: Final = 12  # people of one browser, the latest last


class KnownDeviceMiddleware:
    """Gives the cookie to a browser in which somebody has just signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        email = getattr(request, "signed_in_email", "")
        if email:
            kept = _read(request)
            people = [one for one in kept["people"] if one != _digest(email)]
            value = {"id": kept["id"], "people": [*people, _digest(email)][-_KEPT:]}
            response.set_cookie(
                _name(),
                signing.dumps(value, salt=_SALT),
                max_age=_DAYS * 86_400,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response


def remember(sender: object, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    """Somebody signed in."""
    if request is not None:
        request.signed_in_email = user.email  # type: ignore[attr-defined]


def known_device(request: HttpRequest, email: str) -> str:
    """The id of this browser if this address has signed in here before, else empty."""
    kept = _read(request)
    return str(kept["id"]) if _digest(email) in kept["people"] else ""


def _read(request: HttpRequest) -> dict[str, Any]:
    try:
        value = signing.loads(request.COOKIES.get(_name(), ""), salt=_SALT, max_age=_DAYS * 86_400)
    except signing.BadSignature:
        return {"id": get_random_string(16), "people": []}
    return cast(dict[str, Any], value)


def _name() -> str:
    return settings.SESSION_COOKIE_NAME.replace("session", "device")


def _digest(email: str) -> str:
    return salted_hmac(_SALT, email.strip().lower()).hexdigest()[:20]
