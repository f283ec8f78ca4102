"""Saying whether a licence is true."""

from datetime import datetime

from django.db import transaction

from accounts import policies
from accounts.models import Licence, Organisation, Person
from accounts.models.licences import LicenceStatus
from shared.errors import DomainError


@transaction.atomic
def decide(*, by: Person, organisation: Organisation, licence: Licence, status: LicenceStatus, at: datetime) -> None:
    """Write down what a register says of the licence, who looked and when; `DECLARED` takes a decision back.

    `organisation` is the one for which `by` looks, and whose person its holder is: the page sees to the second.
    Idempotent: the first to say the same stands. Raises `licences.forbidden`, `licences.own`.
    """
    if not policies.may_verify(by, organisation):
        raise DomainError("licences.forbidden")
    held = Licence.objects.select_for_update().get(pk=licence.pk)
    if held.person_id == by.pk:
        raise DomainError("licences.own")
    if held.status == status:
        return
    is_decided = status != LicenceStatus.DECLARED
    held.status, held.verified_by, held.verified_at = status, by if is_decided else None, at if is_decided else None
    held.save(update_fields=["status", "verified_by", "verified_at"])
