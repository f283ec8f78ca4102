"""The author reads the mentor's summary, and says whether it is so."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import for_people
from accounts.models import Person
from courses.cases.actions import summaries as actions
from courses.cases.forms.reviews import CorrectionForm
from courses.cases.policies.reviews import may_confirm_summary
from courses.cases.views.finding import review_for, to_case
from shared.clock import now
from shared.errors import DomainError
from web.refusals import blame, sentence


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def confirm(request: HttpRequest, person: Person, case: str, review: str) -> HttpResponse:
    """`asked` (the instant of the question) confirms; a `text` corrects."""
    kept, _standing = review_for(person, case, review)
    if kept.case.author_id != person.pk:
        raise PermissionDenied
    if not may_confirm_summary(person, kept):
        messages.info(request, sentence(DomainError("summary.forbidden")))
        return to_case(kept.case, f"review-{kept.public_id}")
    form = CorrectionForm(request.POST if "text" in request.POST else None)
    if "asked" in request.POST:
        try:
            actions.confirm(by=person, review=kept, asked=request.POST["asked"], at=now())
        except DomainError as error:
            messages.error(request, sentence(error))
        else:
            messages.success(request, _("Thank you. The mentor can go on."))
            return to_case(kept.case, f"review-{kept.public_id}")
    elif request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            remark = actions.correct(
                by=person, review=kept, text=data["text"], key=data["key"], is_cleared=data["is_cleared"], at=now()
            )
        except DomainError as error:
            form.asks_clearance = error.code.endswith(".identifiers")
            blame(form, error)
        else:
            messages.success(request, _("The mentor was told what is not so."))
            return to_case(kept.case, f"remark-{remark.public_id}")
    return render(request, "cases/review_summary.html", {"review": kept, "case": kept.case, "form": form})
