"""What is shown when a request failed."""

import sys

from django.http import HttpRequest, HttpResponse
from django.views.defaults import server_error

from web import away, unreadable


def broken(request: HttpRequest) -> HttpResponse:
    """The page for a part that is away or for input that cannot be read, also where no view was reached; else the one
    for a mistake of ours.
    """
    error = sys.exc_info()[1]
    return away.told(request, error) or unreadable.told(request, error) or server_error(request)
