"""Is it you? What stands before a change of the address or the first password."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from allauth.account.internal.flows.reauthentication import resume_request, suspend_request
from allauth.core import ratelimit
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.actions import reauthentication
from accounts.forms.sign_in import FreshCodeForm, ReauthenticateForm
from accounts.models import Person
from shared.clock import now
from shared.errors import DomainError

View = Callable[..., HttpResponse]


def after_asking(view: View) -> View:
    """The page itself once it is known that it is them; what was sent is kept meanwhile, and done afterwards."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if isinstance(request.user, Person) and not reauthentication.is_fresh(request, request.user):
            asked: HttpResponse = suspend_request(request, reverse("account_reauthenticate"))
            return asked
        return view(request, *args, **kwargs)

    return guarded


@never_cache
@sensitive_post_parameters("password", "code")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def ask(request: HttpRequest) -> HttpResponse:
    """A password for those who have one, a code by mail for everybody. Ten tries a minute, of this person alone."""
    person = cast(Person, request.user)
    has_password = person.has_usable_password()
    password_form = ReauthenticateForm(user=person) if has_password else None
    code_form = FreshCodeForm()
    if request.method == "POST":
        refused: HttpResponse | None = ratelimit.consume_or_429(request, action="reauthenticate", user=person)
        if refused:
            return refused
        if "send" in request.POST:
            reauthentication.send_code(request, person=person, at=now())
            return redirect(request.get_full_path())
        if "code" in request.POST:
            code_form = FreshCodeForm(request.POST)
            if code_form.is_valid():
                try:
                    code = code_form.cleaned_data["code"]
                    reauthentication.by_code(request, person=person, code=code, at=now())
                    return _go_on(request)
                except DomainError as error:
                    code_form.refuse(error)
        elif has_password:
            password_form = ReauthenticateForm(request.POST, user=person)
            if password_form.is_valid():
                reauthentication.by_password(request, person=person)
                return _go_on(request)
    context = {
        "password_form": password_form,
        "code_form": code_form,
        "has_code": reauthentication.has_code(request, at=now()),
    }
    return render(request, "account/reauthenticate.html", context)


def _go_on(request: HttpRequest) -> HttpResponse:
    return resume_request(request) or redirect("accounts:profile-edit")
