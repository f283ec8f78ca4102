"""Asking for ratings and giving them. A rating is given once and stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from accounts.models import Person
from courses.logbook import policies
from courses.logbook.actions import rating_mails
from courses.logbook.actions.logbooks import check_text
from courses.logbook.models import (
    Instrument,
    LogbookEntry,
    RaterRole,
    Rating,
    RatingMode,
    RatingRequest,
    SelfRatingWaiver,
)
from courses.logbook.queries import assessments as queries
from courses.logbook.rules import assessments as rules
from shared.errors import DomainError


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a rater filled in; `key` is made by the device, `is_checked` as in `actions.logbooks.add`."""

    scores: Mapping[str, Any]
    went_well: str = ""
    to_improve: str = ""
    key: UUID = field(default_factory=uuid4)
    is_checked: bool = False


@transaction.atomic
def ask(*, by: Person, entry: LogbookEntry, rater: Person, instrument: Instrument, at: datetime) -> RatingRequest:
    """Ask this person, by mail, to rate this case. Idempotent: the same question again is the first one.

    Raises `logbook.forbidden`, `rating.rater.not_yours`.
    """
    _locked(entry)
    if not policies.may_see_entry(by, entry):
        raise DomainError("logbook.forbidden")
    if not policies.may_be_asked(by, rater):
        raise DomainError("rating.rater.not_yours", field="rater")
    known = RatingRequest.objects.filter(entry=entry, rater=rater, instrument__code=instrument.code).first()
    if known:
        return known
    version = queries.instrument_for_self(entry, instrument.code) or instrument
    request = RatingRequest.objects.create(entry=entry, rater=rater, instrument=version, asked_at=at)
    rating_mails.send(request)
    return request


@transaction.atomic
def withdraw(*, by: Person, request: RatingRequest) -> None:
    """Take the question back while it has no answer. Idempotent. Raises `logbook.forbidden`, `rating.given`."""
    if not policies.may_withdraw_request(by, request):
        raise DomainError("logbook.forbidden")
    _locked(request.entry)
    if _of(request.entry, request.instrument, request.rater):
        raise DomainError("rating.given")
    RatingRequest.objects.filter(pk=request.pk).delete()


@transaction.atomic
def rate(*, by: Person, request: RatingRequest, role: str, mode: str, sheet: Sheet, at: datetime) -> Rating:
    """Answer a request. Idempotent by the sheet's key.

    Raises `rating.forbidden`, `rating.role.unknown`, `rating.mode.unknown`, `rating.already`, `record.identifiers` and
    those of `rules.assessments.check_scores`.
    """
    if not policies.may_rate(by, request):
        raise DomainError("rating.forbidden")
    if role not in RaterRole.values or role == RaterRole.SELF:
        raise DomainError("rating.role.unknown", field="role")
    if mode not in RatingMode.values:
        raise DomainError("rating.mode.unknown", field="mode")
    entry = _locked(request.entry)
    if not RatingRequest.objects.filter(pk=request.pk).exists():
        raise DomainError("rating.withdrawn")
    return _give(by, entry, request.instrument, RaterRole(role), RatingMode(mode), sheet, at)


@transaction.atomic
def rate_self(*, by: Person, entry: LogbookEntry, instrument: Instrument, sheet: Sheet, at: datetime) -> Rating:
    """The trainee's own view of their case, from the room. Idempotent by the sheet's key.

    Raises `logbook.forbidden`, `rating.self.closed` once waived, `rating.already`, `record.identifiers` and those of
    `rules.assessments.check_scores`.
    """
    if not policies.may_see_entry(by, entry):
        raise DomainError("logbook.forbidden")
    kept = _locked(entry)
    if SelfRatingWaiver.objects.filter(entry=kept, instrument__code=instrument.code).exists():
        raise DomainError("rating.self.closed")
    return _give(by, kept, instrument, RaterRole.SELF, RatingMode.IN_ROOM, sheet, at)


@transaction.atomic
def waive_self(*, by: Person, entry: LogbookEntry, instrument: Instrument, at: datetime) -> None:
    """See the others' ratings without one's own, which is closed from now on. Idempotent.

    Raises `logbook.forbidden`, `rating.not_asked`, `rating.self.given`.
    """
    if not policies.may_see_entry(by, entry):
        raise DomainError("logbook.forbidden")
    kept = _locked(entry)
    if not RatingRequest.objects.filter(entry=kept, instrument__code=instrument.code).exists():
        raise DomainError("rating.not_asked")
    if _of(kept, instrument, by):
        raise DomainError("rating.self.given")
    SelfRatingWaiver.objects.get_or_create(entry=kept, instrument=instrument, defaults={"waived_at": at})


def _give(
    by: Person,
    entry: LogbookEntry,
    instrument: Instrument,
    role: RaterRole,
    mode: RatingMode,
    sheet: Sheet,
    at: datetime,
) -> Rating:
    known = _of(entry, instrument, by)
    if known and known.key == sheet.key:
        return known
    if known:
        raise DomainError("rating.already")
    scores = rules.check_scores(instrument.items, sheet.scores)
    for name in ("went_well", "to_improve"):
        text = getattr(sheet, name)
        if len(text) > rules.LONGEST:
            raise DomainError("rating.text.long", field=name, longest=rules.LONGEST)
        check_text(text, field=name, is_checked=sheet.is_checked)
    return Rating.objects.create(
        entry=entry,
        instrument=instrument,
        rater=by,
        role=role,
        mode=mode,
        scores=scores,
        went_well=sheet.went_well,
        to_improve=sheet.to_improve,
        key=sheet.key,
        rated_at=at,
    )


def _of(entry: LogbookEntry, instrument: Instrument, rater: Person) -> Rating | None:
    """By code: one rating whatever the version."""
    return Rating.objects.filter(entry=entry, rater=rater, instrument__code=instrument.code).first()


def _locked(entry: LogbookEntry) -> LogbookEntry:
    """Held until commit, so that a rating, a waiver and a removal come one after the other. Raises `logbook.gone`."""
    kept = LogbookEntry.objects.select_for_update().filter(pk=entry.pk).first()
    if kept is None:
        raise DomainError("logbook.gone")
    return kept
