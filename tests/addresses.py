"""Every address of the site, as the running resolvers know them."""

import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from config.asgi import application

PROJECT = ("accounts", "courses", "demo", "livesessions", "reports", "web")


def named() -> dict[str, list[str]]:
    """Parameter names by URL name; an address without a name stands under its pattern, those of the admin left out."""
    return dict(_below(get_resolver(), ""))


def of_project() -> dict[str, list[str]]:
    """Those of our own apps."""
    return {name: asked for name, asked in named().items() if name.partition(":")[0] in PROJECT}


def of_transport() -> set[str]:
    """The long poll's and the sockets' addresses, which have no names: `live/<room>/events/`."""
    polls = application.inner.application_mapping["http"].routes
    sockets = application.inner.application_mapping["websocket"]._app.routes
    patterns = (str(route.pattern) for route in [*polls, *sockets])
    # The empty pattern takes the rest: Django's pages over HTTP, a refusal for a socket.
    return {re.sub(r"<\w+:", "<", pattern) for pattern in patterns if pattern}


def _below(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, list[str]]]:
    for found in resolver.url_patterns:
        if isinstance(found, URLResolver):
            yield from _below(found, f"{prefix}{found.namespace}:" if found.namespace else prefix)
        elif isinstance(found, URLPattern) and (found.name or prefix != "admin:"):
            yield prefix + (found.name or str(found.pattern)), list(found.pattern.converters)
