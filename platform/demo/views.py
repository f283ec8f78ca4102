"""The demonstration's doors: one-click sign-in and the mail in the browser. Without DEMO every one is a 404."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import Person
from demo import accounts, mailbox

View = Callable[..., HttpResponse]


def demo_only(view: View) -> View:
    """Not there at all, unless this installation is a demonstration."""

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, **kwargs)

    return guarded


@demo_only
@never_cache
@require_safe
def sign_in(request: HttpRequest, role: str) -> HttpResponse:
    """Sign in as the demo account of this role and go to where its day starts."""
    account = accounts.ACCOUNTS.get(role)
    if account is None or not accounts.is_key(role, request.GET.get("key", "")):
        raise Http404
    person = get_object_or_404(Person, email=account.email, is_active=True)
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect(account.page)


@demo_only
@never_cache
@require_safe
def list_mail(request: HttpRequest) -> HttpResponse:
    """The latest mails; `?to=` narrows to one address."""
    to = request.GET.get("to", "")
    return render(request, "demo/mail_list.html", {"mails": mailbox.latest(to=to), "to": to})


@demo_only
@never_cache
@require_safe
def show_mail(request: HttpRequest, key: str) -> HttpResponse:
    """One mail, its links ready to follow."""
    mail = mailbox.find(key)
    if mail is None:
        raise Http404
    return render(request, "demo/mail.html", {"mail": mail})
