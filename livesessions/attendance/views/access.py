"""What stands before a report: the session, and who may read about it."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from accounts.models import Person
from courses.programme.models import Session
from livesessions.attendance.queries.sessions import find_session

P = ParamSpec("P")
Guarded = Callable[Concatenate[HttpRequest, Session, P], HttpResponse]
Allows = Callable[[Person, Session], bool]


def for_those_who(allows: Allows) -> Callable[[Guarded[P]], Callable[..., HttpResponse]]:
    """Hands the session to the view. Strangers are sent to sign in, others refused (403); 404 for no such session."""

    def guard(view: Guarded[P]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, session: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not isinstance(request.user, Person):
                return redirect_to_login(request.get_full_path())
            if not allows(request.user, found := find_or_404(session)):
                raise PermissionDenied
            return view(request, found, *args, **kwargs)

        return guarded

    return guard


def find_or_404(session: str) -> Session:
    """The session with this public id."""
    found = find_session(session)
    if found is None:
        raise Http404
    return found
