"""From a question that was answered in the room to a teaching case of its course."""

from uuid import NAMESPACE_URL, uuid5

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import Person
from courses.cases.actions import cases
from livesessions.room import policies
from livesessions.room.queries import questions
from livesessions.room.views.entering import Visit, turn_away, visit
from shared.errors import DomainError
from web.refusals import sentence


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def begin(request: HttpRequest, room: str) -> HttpResponse:
    """The answered questions; a POST with one of them (`question`) begins a case, once for each person and question."""
    guest = visit(request, room)
    person = request.user
    if guest.member is None or not isinstance(person, Person) or not policies.may_make_case(guest.member):
        return turn_away(request, guest)
    if request.method != "POST":
        return _page(request, guest)
    try:
        question = questions.named(guest.room, request.POST.get("question", ""))
        key = uuid5(NAMESPACE_URL, f"{guest.room.public_id}/{question.public_id}")
        case = cases.begin_teaching(by=person, session=guest.room.session, key=key, question=question.text)
    except DomainError as error:
        return _page(request, guest, problem=sentence(error), status=422)
    return redirect("courses:case-edit", case=case.public_id)


def _page(request: HttpRequest, guest: Visit, *, problem: str = "", status: int = 200) -> HttpResponse:
    context = {"session": guest.room.session, "questions": questions.answered(guest.room), "problem": problem}
    return render(request, "room/teaching_case.html", context, status=status)
