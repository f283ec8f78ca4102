"""The demonstration's accounts: who they are, and the links that sign in as them. Nothing here works without DEMO."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.core.signing import Signer
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Account:
    """`page` is the path where this person's day starts; it names pages of apps above this one, as data."""

    role: str
    label: str | Promise
    name: str
    page: str

    @property
    def email(self) -> str:
        return f"{self.role}@anfiteatro.example"


LIVE: Final = "demo-live"  # the public id of the session that is always live

ACCOUNTS: Final = {
    account.role: account
    for account in (
        Account("coordinator", _("Coordinator"), "Carla Bustos", "/plan/"),
        Account("moderator", _("Moderator"), "Mariano Luque", f"/live/{LIVE}/desk/"),
        Account("mentor", _("Mentor"), "Ingrid van Dijk", f"/live/{LIVE}/"),
        Account("surgeon", _("Operating surgeon"), "Laura Ferreyra", f"/live/{LIVE}/wall/"),
        Account("trainee", _("Trainee in the operating room"), "Tomás Quiroga", f"/live/{LIVE}/"),
        Account("remote", _("Remote attendee"), "Julieta Mamaní", f"/live/{LIVE}/"),
        Account("auditorium", _("Auditorium attendee"), "Nicolás Herrera", f"/live/{LIVE}/"),
        Account("advocate", _("Patient's advocate"), "Silvia Moyano", f"/live/{LIVE}/"),
    )
}


def sign_in_path(role: str) -> str:
    """The one-click link of a role; it needs no password and is as good as one."""
    return f"{reverse('demo:sign-in', args=[role])}?{urlencode({'key': _key(role)})}"


def is_key(role: str, key: str) -> bool:
    """Whether `key` opens this role on this installation."""
    return constant_time_compare(_key(role), key)


def _key(role: str) -> str:
    return Signer(salt="demo.accounts").signature(role)
