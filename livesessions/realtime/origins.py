"""Which sites' pages may open a socket: full origins, scheme, host and port."""

from collections.abc import Awaitable, Callable, Collection
from typing import Any
from urllib.parse import parse_qs, urlsplit

Scope = dict[str, Any]
App = Callable[[Scope, Any, Any], Awaitable[None]]
_OF_SCRIPTS = {b"origin", b"x-csrftoken", b"x-requested-with"}
_PORTS = {"http": 80, "https": 443}


def is_allowed(scope: Scope, allowed: Collection[str]) -> bool:
    """True without an Origin header: only browsers send one, and only browsers carry somebody else's cookies."""
    origin = dict(scope["headers"]).get(b"origin")
    if origin is None:
        return True
    return origin.decode("latin-1") in allowed or normal(origin.decode("latin-1")) in map(normal, allowed)


def is_own(scope: Scope, allowed: Collection[str]) -> bool:
    """Whether one of our pages sent this plain request, for one that takes a seat although it only asks. A browser says
    where a request comes from. An old one does not: then it needs what no page from elsewhere can add, an allowed
    origin, a header of scripts, or a ticket.
    """
    headers = dict(scope["headers"])
    if not is_allowed(scope, allowed):
        return False
    if (site := headers.get(b"sec-fetch-site")) is not None:
        return bool(site == b"same-origin")
    has_ticket = "ticket" in parse_qs(scope.get("query_string", b"").decode("latin-1"))
    return has_ticket or not _OF_SCRIPTS.isdisjoint(headers)


def normal(origin: str) -> tuple[str, str, int | None]:
    """Scheme, host and port, the default port filled in."""
    try:
        parts = urlsplit(origin)
        return parts.scheme, parts.hostname or "", parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return "", "", None


class OriginGuard:
    """Refuses the upgrade of a page from elsewhere."""

    def __init__(self, app: App, allowed: Collection[str]):
        self._app = app
        self._allowed = frozenset(allowed)

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if is_allowed(scope, self._allowed):
            await self._app(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 4403})
