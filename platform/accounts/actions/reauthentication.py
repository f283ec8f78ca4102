"""Asking somebody who is signed in whether it is really them: their password, or a fresh code from their mailbox."""

import time
from datetime import datetime
from typing import Final, Protocol

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import Person
from shared.errors import DomainError

_CODE: Final = "reauthentication_code"  # session key: the code's hash, until when it works, how often it was tried
_TRIES: Final = 3


class _Mailer(Protocol):
    def generate_login_code(self) -> str: ...

    def send_mail(self, template_prefix: str, email: str, context: dict[str, str]) -> None: ...


def is_fresh(request: HttpRequest, person: Person) -> bool:
    """Whether this browser has just shown that it is `person`; signing in does not count, an open one is found."""
    records = get_authentication_records(request, person)
    since = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    return any(record.get("reauthenticated") and record["at"] > since for record in records)


def send_code(request: HttpRequest, *, person: Person, at: datetime) -> None:
    """Mail a code that works in this browser alone; the one before it works no more."""
    mailer: _Mailer = get_adapter(request)
    code = mailer.generate_login_code()
    until = at.timestamp() + settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT
    request.session[_CODE] = {"hash": _hash(code, person), "until": until, "tries": 0}
    mailer.send_mail("account/email/reauthentication_code", person.email, {"code": code})


def has_code(request: HttpRequest, *, at: datetime) -> bool:
    """Whether a code is under way to the mailbox."""
    kept = request.session.get(_CODE)
    return kept is not None and kept["until"] > at.timestamp()


def by_code(request: HttpRequest, *, person: Person, code: str, at: datetime) -> None:
    """The code came back. Raises `code.wrong`, or `code.over` once it is too old or was tried three times."""
    kept = request.session.pop(_CODE, None)
    if kept is None or kept["until"] <= at.timestamp():
        raise DomainError("code.over")
    if not constant_time_compare(kept["hash"], _hash(code, person)):
        tries = kept["tries"] + 1
        if tries >= _TRIES:
            raise DomainError("code.over")
        request.session[_CODE] = kept | {"tries": tries}
        raise DomainError("code.wrong")
    record_authentication(request, person, method="code", reauthenticated=True)


def by_password(request: HttpRequest, *, person: Person) -> None:
    """The password was typed again, and was right."""
    record_authentication(request, person, method="password", reauthenticated=True)


def _hash(code: str, person: Person) -> str:
    """Without what people add or leave out when they type a code, and for this address alone."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return salted_hmac("accounts.reauthentication", f"{person.pk}:{person.email}:{plain}").hexdigest()
