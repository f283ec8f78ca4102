"""The last net under all input: what no form and no script of ours sends is answered 400, wherever it was noticed.

Forms and views refuse what they know of, with their own words. This is for the rest: an error while a request that
holds a NUL, half a surrogate, a number of many digits or a deep nest was worked on is that request's fault, not ours.
"""

import json
import logging
import re
from collections.abc import Iterator
from typing import Final

from django.db import DataError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)

CODE: Final = "input.unreadable"
_ERRORS: Final = (ValueError, OverflowError, RecursionError, DataError, ArithmeticError)
_SPOILT: Final = re.compile(
    "[\x00\ud800-\udfff]|[0-9]{16,}|[0-9]e[+-]?[0-9]{3,}|^(0000|0001|9999)-|^[+-]?(inf|infinity|nan)$", re.IGNORECASE
)
_ESCAPED: Final = re.compile(rb"\\u(0000|[dD][89a-fA-F])|[0-9]{16,}|[0-9][eE][+-]?[0-9]{3,}|\b(Infinity|NaN)\b")
_DEEP: Final = 64


def told(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    """The answer if it is the input's fault, one line in the log; None for any other error."""
    if not isinstance(error, _ERRORS) or not is_spoilt(request):
        return None
    logger.warning("%s %s: unreadable input (%s)", request.method, request.path.encode("unicode_escape"), type(error))
    response = answer(request)
    response._has_been_logged = True  # type: ignore[attr-defined]  # Django's own line has a traceback
    return response


def answer(request: HttpRequest) -> HttpResponse:
    """400, in the visitor's language; needs nothing of the site to work."""
    what = _("What was sent holds something that cannot be read. Nothing was changed.")
    if request.content_type == "application/json":
        response: HttpResponse = JsonResponse({"code": CODE, "message": what})
    else:
        response = HttpResponse(loader.get_template("400.html").render({"what": what}))
    response.status_code = 400
    return response


def is_spoilt(request: HttpRequest) -> bool:
    """Whether the request holds what no form and no script of ours sends."""
    try:
        return any(_SPOILT.search(text) for text in _texts(request)) or _is_body_spoilt(request)
    except Exception:  # a body that cannot even be looked at
        return True


def _texts(request: HttpRequest) -> Iterator[str]:
    yield request.path
    for form in (request.GET, request.POST):
        for name, values in form.lists():
            yield name
            yield from values


def _is_body_spoilt(request: HttpRequest) -> bool:
    if request.content_type != "application/json":
        return False
    return bool(_ESCAPED.search(request.body)) or _depth(json.loads(request.body)) > _DEEP


def _depth(told: object) -> int:
    depth, level = 0, [told]
    while level:
        depth += 1
        level = [
            each
            for nest in level
            if isinstance(nest, dict | list)
            for each in (nest.values() if isinstance(nest, dict) else nest)
        ]
    return depth
