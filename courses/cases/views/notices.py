"""What somebody was told about cases lately, and how often they want mail."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import for_people
from accounts.models import Person
from courses.cases.actions import notices as actions
from courses.cases.actions.notice_mails import WORDS
from courses.cases.forms.notices import RhythmForm
from courses.cases.models import MailFrequency
from courses.cases.queries import notices


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def preferences(request: HttpRequest, person: Person) -> HttpResponse:
    form = RhythmForm(request.POST if request.method == "POST" else None, initial={"rhythm": notices.rhythm_of(person)})
    if request.method == "POST" and form.is_valid():
        actions.choose(by=person, rhythm=MailFrequency(form.cleaned_data["rhythm"]))
        messages.success(request, _("Saved."))
        return redirect("courses:notice-preferences")
    told = [
        (str(WORDS[notice.kind].subject) % {"code": notice.case.code}, notice, notices.place(notice))
        for notice in notices.recent(person)
    ]
    return render(request, "cases/notice_preferences.html", {"form": form, "told": told})
