"""The consent of a case: written down by its author, withdrawn in the patient's name."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import for_people
from accounts.models import Person
from courses.cases.actions import consents as actions
from courses.cases.forms.consents import ConsentForm
from courses.cases.models import Consent
from courses.cases.policies import cases as policies
from courses.cases.views.cases import own, visible
from courses.cases.views.texts import consent_texts
from shared.clock import now
from shared.errors import DomainError
from web.refusals import blame, sentence


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def edit(request: HttpRequest, person: Person, case: str) -> HttpResponse:
    kept = own(case, person)
    if not policies.may_write_consent(person, kept):
        is_revoked = kept.consent is not None and kept.consent.is_revoked
        messages.info(request, sentence(DomainError("consent.revoked" if is_revoked else "consent.forbidden")))
        return redirect("courses:case-show", case=kept.public_id)
    begun = kept.consent or Consent(language=person.language, relation="")
    form = ConsentForm(request.POST or None, instance=begun, age_band=kept.age_band)
    if request.method == "POST" and form.is_valid():
        try:
            actions.write(by=person, case=kept, values=form.values(), at=now())
        except DomainError as error:
            blame(form, error)
        else:
            messages.success(request, _("The consent is written down."))
            is_draft = policies.may_edit_case(person, kept)
            return redirect("courses:case-check" if is_draft else "courses:case-show", case=kept.public_id)
    context = {"case": kept, "form": form, "texts": consent_texts()}
    return render(request, "cases/consent_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_people
def revoke(request: HttpRequest, person: Person, case: str) -> HttpResponse:
    """Asks first: what was withdrawn stays withdrawn."""
    kept = visible(case, person)
    if not policies.may_revoke_consent(person, kept):
        raise Http404
    if request.method != "POST":
        return render(request, "cases/consent_revoke.html", {"case": kept})
    try:
        actions.revoke(by=person, case=kept, at=now())
    except DomainError as error:
        messages.error(request, sentence(error))
    else:
        messages.success(request, _("The consent is withdrawn. Nobody can see the pictures and files any more."))
    return redirect("courses:case-show", case=kept.public_id)
