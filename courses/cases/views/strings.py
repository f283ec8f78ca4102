"""What the scripts of drafts must know, and the sentences they say."""

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

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
    return _told("") | {
        "key": "",
        "case": "",
        "kind": "review",
        "revision": 0,
        "needed": _needed("review"),
        "offline": True,
    }


def list_config(person: Person) -> dict[str, Any]:
    """Of the list, where drafts kept on the device are shown."""
    return _told(person.public_id)


def _needed(kind: str) -> list[dict[str, str]]:
    return [{"name": name, "label": str(label)} for name, label in checks.labelled(rules.needed(kind))]


def _told(who: str) -> dict[str, Any]:
    some_key = "00000000-0000-0000-0000-000000000000"
    urls = {
        "create": reverse("courses:case-create"),
        "edit": reverse("courses:case-edit", kwargs={"case": "_case_"}),
        "check": reverse("courses:case-check", kwargs={"case": "_case_"}),
        "worker": reverse("courses:case-worker"),
        "save": reverse("courses:case-save", kwargs={"key": some_key}).replace(some_key, "_key_"),
    }
    told: dict[str, Any] = {"who": who, "language": get_language() or "en"}
    return told | {"urls": urls, "strings": strings(), "errors": {}}


def strings() -> dict[str, Any]:
    """The sentences the scripts of drafts say."""
    return {
        "saved": _("Saved %(time)s"),
        "saving": _("Saving …"),
        "kept": {"one": _waiting(1), "other": _waiting(2)},
        "unsaved": _("This device keeps nothing: stay on this page until the network is back."),
        "signed_out": _("You were signed out. What you typed is kept on this device."),
        "refused": _("The server did not take this: %(reason)s What you typed is kept on this device."),
        "elsewhere": _("Changed on another device: this is the newer answer."),
        "needs_network": _("The check needs the network. Your answers are kept and will be sent."),
        "wrong": _("One answer needs another look before it can be kept."),
        "untitled": _("A draft without a question yet"),
    }


def _waiting(count: int) -> str:
    return ngettext(
        "Kept on this device: %(count)s answer waits for the network.",
        "Kept on this device: %(count)s answers wait for the network.",
        count,
    )
