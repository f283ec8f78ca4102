"""What is shown when a request failed."""

import sys

from django.http import HttpRequest, HttpResponse
from django.views.defaults import server_error

from web import away


def broken(request: HttpRequest) -> HttpResponse:
    """The page for a part that is away, also where no view was reached; else the one for a mistake of ours."""
    return away.told(request, sys.exc_info()[1]) or server_error(request)
