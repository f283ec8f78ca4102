"""The personal join link: one tap opens one session."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from courses.programme.actions import passes
from courses.programme.forms.enrolments import AddressForm
from courses.programme.models import EnrolmentStatus
from courses.programme.queries import links
from courses.programme.queries.enrolments import ahead_of
from courses.programme.queries.links import Found, Purpose
from courses.programme.queries.passes import entry_refusal
from shared.clock import now
from shared.errors import DomainError
from web import refusals


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, token: str) -> HttpResponse:
    """A GET only shows the door, because mail scanners open links; the POST of its one button opens it."""
    found = links.find(token, Purpose.JOIN)
    if found is None:
        return render(request, "programme/enrolment_unknown.html", status=404)
    refusal = "link.void" if found.is_void else entry_refusal(found.enrolment, now())
    if request.method == "POST" and refusal is None:
        passes.give(browser=request.session, enrolment=found.enrolment, at=now())
        return redirect("livesessions:room-show", room=found.enrolment.session.public_id)
    return _door(request, found, refusal, token)


def _door(request: HttpRequest, found: Found, refusal: str | None, token: str) -> HttpResponse:
    enrolment = found.enrolment
    is_waiting = refusal == f"enrolment.{EnrolmentStatus.WAITING}"
    context = {
        "enrolment": enrolment,
        "session": enrolment.session,
        "token": token,
        "refusal": refusals.sentence(DomainError(refusal)) if refusal else "",
        "reason": enrolment.reason if refusal in {"enrolment.declined", "enrolment.removed"} else "",
        "ahead": ahead_of(enrolment) if is_waiting else None,
        "form": AddressForm() if refusal in {"link.void", "enrolment.withdrawn"} else None,
    }
    status = 410 if refusal in {"link.void", "link.expired"} else 200
    return render(request, "programme/enrolment_door.html", context, status=status)
