"""Which part of the site is away when a request fails for it, and the page that says so and tries again by itself."""

import errno
import logging
from collections.abc import Callable, Iterator
from typing import Final

import psycopg
from django.db import InterfaceError, OperationalError, ProgrammingError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import QueryDict
from django.template import loader
from django.utils.translation import gettext as _

from shared.texts import Text
from web import away_texts
from web.away_texts import BUSY, DATABASE, DISK, STORAGE, TABLES

logger = logging.getLogger(__name__)

AFTER: Final = {BUSY: 4, DATABASE: 10, DISK: 30, STORAGE: 10, TABLES: 15}  # seconds before the next try
TRIES: Final = 20  # that a page makes by itself
LONGEST: Final = 65_536  # characters of a form that is sent again by itself
NO_TURN: Final = "anfiteatro.no_turn"  # in the scope of a request that waited too long
AGAIN: Final = "_again"  # the field in which a form sent again counts

_TABLES_SQLITE: Final = ("no such table", "no such column", "has no column")
_BUSY: Final = (
    "55P03",
    "40P01",
    "40001",
    "53300",
    "57014",
)  # locks, deadlocks, too many connections, a statement cut off
_DISK: Final = ("53100", "58030")
_others: list[tuple[type[Exception], str]] = []


def register(error: type[Exception], part: str) -> None:
    """Have a room's own error mean that this part is away; called in `AppConfig.ready`."""
    if (error, part) not in _others:
        _others.append((error, part))


def part_of(error: BaseException | None) -> str:
    """The part whose absence this error is, through all that it was raised from; "" for any other error."""
    return next((part for link in _chain(error) for ask in _QUESTIONS if (part := ask(link))), "")


def answer(request: HttpRequest, part: str) -> HttpResponse:
    """What the visitor gets, in their language, whatever else is away: needs neither database nor session nor cache."""
    after = AFTER[part]
    if _wants_json(request):
        told = {"code": f"away.{part}", "message": str(away_texts.WHAT[part]), "retry": True, "after_ms": after * 1000}
        response: HttpResponse = JsonResponse(told)
    else:
        response = HttpResponse(_page(request, part))
    response.status_code = 507 if part == DISK else 503
    response["Retry-After"] = str(after)
    response["Cache-Control"] = "private, no-store"
    return response


def told(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    """The answer if the error means that a part is away, one line in the log; None for any other error."""
    part = part_of(error)
    if not part:
        return None
    logger.warning("%s %s: %s is away (%r)", request.method, request.path, part, error)
    response = answer(request, part)
    response._has_been_logged = True  # type: ignore[attr-defined]  # Django's own line has a traceback
    return response


def _page(request: HttpRequest, part: str) -> str:
    again, tries = _sent(request)
    context: dict[str, Text | object] = {
        "title": away_texts.TITLE[part],
        "what": away_texts.WHAT[part],
        "after": AFTER[part],
        "is_read": request.method in ("GET", "HEAD"),
        "fields": again,
        "tries_again": tries < TRIES,
        "address": request.get_full_path(),
        "label": _("Try again now"),
    }
    return loader.get_template("503.html").render(context)


def _sent(request: HttpRequest) -> tuple[list[tuple[str, str]], int]:
    """What was sent, to be sent again, and how often it was; nothing when it held a password, a file or too much."""
    if request.method != "POST" or request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return [], 0
    try:
        form: QueryDict = request.POST
        has_files = bool(request.FILES)
    except Exception:  # a body that cannot be read, in whichever way: it is not what this page is for
        return [], 0
    fields = [(name, value) for name, values in form.lists() for value in values if name != AGAIN]
    size = sum(len(name) + len(value) for name, value in fields)
    if has_files or size > LONGEST or any("password" in name for name, _ in fields):
        return [], 0
    tries = form.get(AGAIN, "0")
    count = int(tries) if tries.isascii() and tries.isdigit() and len(tries) < 4 else 0
    return [*fields, (AGAIN, str(count + 1))] if fields else [], count


def _wants_json(request: HttpRequest) -> bool:
    accepts = request.headers.get("Accept", "")
    return request.content_type == "application/json" or ("json" in accepts and "text/html" not in accepts)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _disk(error: BaseException) -> str:
    is_full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
    return DISK if is_full else ""


def _tables(error: BaseException) -> str:
    if isinstance(error, ProgrammingError) and getattr(error.__cause__, "sqlstate", "") in ("42P01", "42703"):
        return TABLES
    words = str(error) if isinstance(error, OperationalError) else ""
    return TABLES if any(word in words for word in _TABLES_SQLITE) else ""


def _database(error: BaseException) -> str:
    if not isinstance(error, OperationalError | InterfaceError):
        return ""
    cause, words = error.__cause__, str(error)
    state = getattr(cause, "sqlstate", None) or ""
    if state in _DISK or "disk is full" in words or "disk I/O error" in words:
        return DISK
    if type(cause).__name__ == "PoolTimeout":
        return BUSY if _is_connected() else DATABASE
    return BUSY if state in _BUSY or "database is locked" in words else DATABASE


def _is_connected() -> bool:
    """Whether the server lets somebody in who does not wait for the pool: then its connections are all in use."""
    try:
        wanted = connection.get_connection_params() | {"connect_timeout": 2}
        psycopg.connect(**{name: value for name, value in wanted.items() if name != "pool"}).close()
    except Exception:
        return False
    return True


def _other(error: BaseException) -> str:
    return next((part for kind, part in _others if isinstance(error, kind)), "")


_QUESTIONS: Final[tuple[Callable[[BaseException], str], ...]] = (_disk, _tables, _database, _other)
