"""No input gives a 500: every address, every form and every script's body, with values that nobody types.

The demonstration is walked through by everybody in it; each kind of form that is met is sent with each of its fields
spoilt in turn, each address is asked with spoilt parameters, and sent bodies that no script of ours sends.
"""

import logging
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from io import StringIO
from typing import Any, Final

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.forms.forms import BaseForm
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from accounts.models import Person
from courses.cases.models import Case, CaseReview, MediaFile
from courses.logbook.models import LogbookEntry
from courses.programme.models import Course, Enrolment, Mission, Session
from courses.programme.queries import links
from demo import accounts
from tests import addresses
from tests.web.hostile import BODIES, TEXTS, Form, read, spoilt

pytestmark = pytest.mark.django_db

ROOT: Final = settings.BASE_DIR
_FULL: Final = os.environ.get("FAULTS") == "full"
_ROLES: Final = accounts.ACCOUNTS if _FULL else ("coordinator",)
_EVERYBODY: Final = (*accounts.ACCOUNTS, "superuser", "") if _FULL else ("coordinator", "trainee", "")
_PAGES_OF_A_KIND: Final = 12 if _FULL else 1
_EVERY: Final = 1 if _FULL else 17  # of the ways to spoil a form, another one for each
_LEFT_OUT: Final = {"account_logout", "web:health-ready", "demo:sign-in"}


@pytest.fixture(autouse=True)
def _demonstration(settings: Any) -> None:
    settings.DEMO = True
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    logging.getLogger("django.security").setLevel(logging.CRITICAL)
    call_command("load_demo", verbosity=0, stdout=StringIO())
    Person.objects.create_superuser("super@example.org", "x", full_name="Super")


def browser(role: str) -> Client:
    client = Client(raise_request_exception=False)
    if role:
        email = "super@example.org" if role == "superuser" else accounts.ACCOUNTS[role].email
        client.force_login(Person.objects.get(email=email), backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def values() -> dict[str, list[str]]:
    """What stands for each parameter of an address, as far as the demonstration has it."""

    def ids(model: Any) -> list[str]:
        return list(model.objects.order_by("pk").values_list("public_id", flat=True)[:60])

    return {
        "session": ids(Session),
        "room": ids(Session),
        "case": ids(Case),
        "enrolment": ids(Enrolment),
        "medium": ids(MediaFile),
        "entry": ids(LogbookEntry),
        "person": ids(Person),
        "who": ids(Person),
        "review": ids(CaseReview),
        "slug": [slug for model in (Mission, Course) for slug in model.objects.values_list("slug", flat=True)],
        "organisation": [*Mission.objects.values_list("organisation__slug", flat=True).distinct()],
        "token": [links.token(enrolment, links.Purpose.JOIN) for enrolment in Enrolment.objects.all()[:3]],
    }


def pages() -> list[str]:
    """An address of every name, with many values where it asks for some."""
    known = values()
    found = []
    for name, asked in addresses.of_project().items():
        if all(known.get(each) for each in asked):
            for n in range((60 if _FULL else 8) if asked else 1):
                found.append(reverse(name, kwargs={each: known[each][n % len(known[each])] for each in asked}))
    return list(dict.fromkeys(found))


def one_of_each() -> list[str]:
    """An address of every name, with what the demonstration has for it."""
    found: dict[str, list[str]] = {}
    for address in pages():
        found.setdefault(name_of(address), []).append(address)
    others = [name for name in addresses.of_project() if name not in found]
    most = 4 if _FULL else 1
    kept = [address for name, each in found.items() for address in each[:most] if name not in _LEFT_OUT]
    return kept + [spoilable(name, "").replace("SPOILT", "1") for name in others if name not in _LEFT_OUT]


def spoilable(name: str, which: str) -> str:
    """The address of this name with SPOILT in the place of the parameter `which`, which may be no text."""
    known, asked = dict[str, list[str]](), addresses.of_project()[name]
    for marker in ("SPOILT", "98765", "0d6e9d6a-4f6f-4c52-8c9f-0b9a3b3a7a11"):
        for other in ("first", "1", "0d6e9d6a-4f6f-4c52-8c9f-0b9a3b3a7a12"):
            given = {each: (known.get(each) or [other])[0] for each in asked} | ({which: marker} if which else {})
            with suppress(NoReverseMatch):
                return reverse(name, kwargs=given).replace(marker, "SPOILT")
    raise AssertionError(f"{name} has a parameter of a new kind")


def parameters() -> set[str]:
    """Every name that some page asks its query by: those of its code, and those of all forms."""
    sources = [path for top in ("courses", "livesessions", "platform") for path in (ROOT / top).rglob("*.py")]
    names = {name for path in sources for name in re.findall(r"GET(?:\.get\w*\(|\[)\"(\w+)\"", path.read_text())}
    kinds = list(BaseForm.__subclasses__())
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        names |= set(getattr(kind, "base_fields", {}))
    return names


def name_of(address: str) -> str:
    try:
        return resolve(address.partition("?")[0]).view_name
    except Resolver404:
        return ""


def sent(client: Client, method: str, address: str, *args: Any, **options: Any) -> HttpResponse:
    """The answer; what it wrote is taken back."""
    cache.clear()
    with transaction.atomic():
        answer: Any = getattr(client, method)(address, *args, **options)
        transaction.set_rollback(True)
    return answer  # type: ignore[no-any-return]


def walked(role: str) -> tuple[dict[tuple[str, tuple[str, ...]], Form], list[str]]:
    """Each kind of form that this person meets on a walk through the site, and what failed on the way."""
    client, queue = browser(role), ["/", *pages()]
    forms: dict[tuple[str, tuple[str, ...]], Form] = {}
    looked: Counter[str] = Counter()
    failed: list[str] = []
    done: set[str] = set()
    while queue:
        page = queue.pop(0)
        name = name_of(page)
        if page in done or not name or name in _LEFT_OUT or name.startswith("admin:"):
            continue
        done.add(page)
        if looked[name] >= _PAGES_OF_A_KIND:
            continue
        answer = sent(client, "get", page)
        looked[name] += answer.status_code == 200
        if answer.status_code >= 500:
            failed.append(f"{role}: GET {page}: {answer.status_code}")
        if answer.status_code != 200 or "html" not in answer["Content-Type"]:
            continue
        found, led = read(page, answer.content.decode())
        queue += sorted(led)
        for form in found:
            forms.setdefault((name_of(form.address), tuple(sorted(form.fields))), form)
    return forms, failed


def test_every_form_with_every_field_spoilt() -> None:
    failed: list[str] = []
    met: set[tuple[str, tuple[str, ...]]] = set()
    count = 0
    for role in _EVERYBODY:
        forms, broken = walked(role)
        failed += broken
        client = browser(role)
        for kind, form in forms.items():
            if kind in met or kind[0] in _LEFT_OUT:
                continue
            met.add(kind)
            for field, how, fields in list(spoilt(form))[len(met) % _EVERY :: _EVERY]:
                answer = sent(client, "post", form.address, fields)
                count += 1
                if answer.status_code >= 500:
                    failed.append(f"{role}: POST {kind[0]} {field}={how}: {answer.status_code}")
    print(f"{len(met)} kinds of forms, {count} times sent")
    assert len({name for name, _ in met}) > 25
    assert failed == []


@pytest.mark.parametrize("role", _ROLES)
def test_every_address_with_all_that_may_be_spoilt(role: str) -> None:
    client = browser(role)
    failed = [*_spoilt_parameters(client), *_spoilt_bodies(client), *_spoilt_parts(client)]
    assert failed == []


def _spoilt_parameters(client: Client) -> Iterator[str]:
    """Whatever name a page asks its parameters by, it gets the same spoilt value."""
    asked = parameters()
    assert {"page", "key", "specialty"} <= asked
    for address in one_of_each():
        for how in TEXTS if _FULL else ("nul", "number", "nan", "date", "invisible"):
            answer = sent(client, "get", address, dict.fromkeys(asked, TEXTS[how][:500]))
            if answer.status_code >= 500:
                yield f"GET {address} {how}: {answer.status_code}"


def _spoilt_bodies(client: Client) -> Iterator[str]:
    """All of them where JSON is read, some everywhere."""
    readers = 0
    for address in one_of_each():
        module = sys.modules[resolve(address).func.__module__]
        is_reader = hasattr(module, "loaded") or hasattr(module, "json")
        readers += is_reader
        for how in BODIES if is_reader or _FULL else ("deep-list", "nothing"):
            method = "put" if "/parts/" in address else "post"
            answer = sent(client, method, address, BODIES[how], content_type="application/json")
            if answer.status_code >= 500:
                yield f"{method} {address} {how}: {answer.status_code}"
    assert readers >= 5


def _spoilt_parts(client: Client) -> Iterator[str]:
    """Of the addresses themselves."""
    parts = ["%00", "%ED%A0%80", "9" * 400, "-1", "%2e%2e%2f", "ñ" * 3000]
    for name, asked in addresses.of_project().items():
        for which in asked:
            pattern = spoilable(name, which)
            for part in parts:
                for method in ("get", "post"):
                    answer = sent(client, method, pattern.replace("SPOILT", part))
                    if answer.status_code >= 500:
                        yield f"{method} {name} {which}={part[:9]}: {answer.status_code}"
