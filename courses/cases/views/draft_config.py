"""What the scripts of drafts must know."""

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language

from accounts.models import Person
from courses.cases.models import Case
from courses.cases.queries import checks
from courses.cases.rules import cases as rules


def config(person: Person, case: Case) -> dict[str, Any]:
    """Of the form. `key` names the draft and `who` its author, for what a device keeps."""
    return list_config(person) | {
        "key": str(case.key),
        "case": case.public_id if case.pk else "",
        "kind": case.kind,
        "revision": case.revision,
        "needed": _needed(case.kind),
    }


def offline_config() -> dict[str, Any]:
    """Of the form that opens without a network: whose it is the device itself knows."""
    return _basis("") | {
        "key": "",
        "case": "",
        "kind": "review",
        "revision": 0,
        "needed": _needed("review"),
        "offline": True,
    }


def list_config(person: Person) -> dict[str, Any]:
    """Of the list, where drafts kept on the device are shown."""
    return _basis(person.public_id)


def _needed(kind: str) -> list[dict[str, str]]:
    return [{"name": name, "label": str(label)} for name, label in checks.labelled(rules.needed(kind))]


def _basis(who: str) -> dict[str, Any]:
    some_key = "00000000-0000-0000-0000-000000000000"
    urls = {
        "create": reverse("courses:case-create"),
        "edit": reverse("courses:case-edit", kwargs={"case": "_case_"}),
        "check": reverse("courses:case-check", kwargs={"case": "_case_"}),
        "worker": reverse("courses:case-worker"),
        "save": reverse("courses:case-save", kwargs={"key": some_key}).replace(some_key, "_key_"),
    }
    return {"who": who, "language": get_language() or "en", "urls": urls}
