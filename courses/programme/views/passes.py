"""The personal join link: one tap opens one session."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from courses.programme.actions import enrolments, passes
from courses.programme.forms.enrolments import AddressForm
from courses.programme.models import EnrolmentStatus
from courses.programme.queries import links
from courses.programme.queries.enrolments import ahead_of
from courses.programme.queries.links import Found, Purpose
from courses.programme.queries.passes import entry_refusal
from shared.clock import now
from shared.errors import DomainError
from web import refusals

_ANSWERED = {None, f"enrolment.{EnrolmentStatus.WAITING}", f"enrolment.{EnrolmentStatus.REQUESTED}"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, token: str) -> HttpResponse:
    """A GET only shows the door, because mail scanners open links; the POST of its one button opens it."""
    found = links.find(token, Purpose.JOIN)
    if found is None:
        return render(request, "programme/enrolment_unknown.html", status=404)
    if request.method == "POST" and not found.is_void:
        return _knock(request, found, token)
    return _door(request, found, _refusal(found), token)


def _knock(request: HttpRequest, found: Found, token: str) -> HttpResponse:
    """Whoever presses the button has read the mail; then the door opens, if it does."""
    at, is_news = now(), found.enrolment.unanswered_since is not None
    if is_news:
        enrolments.answer(enrolment=found.enrolment, at=at)
        found = links.find(token, Purpose.JOIN) or found
    enrolment, refusal = found.enrolment, _refusal(found)
    if refusal:
        return _door(request, found, refusal, token)
    passes.give(browser=request.session, enrolment=enrolment, at=at)
    if is_news and not enrolment.session.phase(at).is_open:
        messages.success(request, _("Your place is kept. Open the same link on the day."))
        return redirect("courses:session-show", session=enrolment.session.public_id)
    return redirect("livesessions:room-show", room=enrolment.session.public_id)


def _refusal(found: Found) -> str | None:
    return "link.void" if found.is_void else entry_refusal(found.enrolment, now())


def _door(request: HttpRequest, found: Found, refusal: str | None, token: str) -> HttpResponse:
    enrolment = found.enrolment
    is_waiting = refusal == f"enrolment.{EnrolmentStatus.WAITING}"
    context = {
        "enrolment": enrolment,
        "session": enrolment.session,
        "token": token,
        "refusal": refusals.sentence(DomainError(refusal)) if refusal else "",
        "is_open": enrolment.session.phase(now()).is_open,
        "may_answer": enrolment.unanswered_since is not None and refusal in _ANSWERED,
        "reason": enrolment.reason if refusal in {"enrolment.declined", "enrolment.removed"} else "",
        "ahead": ahead_of(enrolment) if is_waiting and not enrolment.unanswered_since else None,
        "may_correct": not found.is_void and not enrolment.session.phase(now()).is_past,
        "form": AddressForm() if refusal in {"link.void", "enrolment.withdrawn"} else None,
    }
    status = 410 if refusal in {"link.void", "link.expired"} else 200
    return render(request, "programme/enrolment_door.html", context, status=status)
