"""My profile."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.actions import people
from accounts.actions.people import LicenceFacts
from accounts.forms.licences import LicenceRows, known_licences
from accounts.forms.profile import ProfileForm
from accounts.models import Person


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: HttpRequest) -> HttpResponse:
    """One's own profile and licences; nobody sees anybody else's here."""
    person = cast(Person, request.user)
    data = request.POST or None
    # The form gets a copy: a refused form must not change the name in the page's head.
    form = ProfileForm(data, instance=Person.objects.get(pk=person.pk))
    # What was sent is the whole truth: beside initial values, an unchanged row would count as an empty one.
    rows = LicenceRows(data, initial=None if data else known_licences(person), prefix="licences")
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        licences = [LicenceFacts(**licence) for licence in rows.licences()]
        people.describe(person=person, facts=form.cleaned_data, licences=licences)
        messages.success(request, _("Your profile is saved."))
        return redirect("accounts:profile-edit")
    return render(request, "accounts/profile.html", {"form": form, "rows": rows})
