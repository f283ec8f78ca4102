"""Changing one's own logbook: add, change and remove entries, or leave and take everything along."""

from datetime import datetime
from typing import Final

from django.db import transaction

from accounts.models import Person
from courses import identifiers
from courses.logbook import policies
from courses.logbook.models import LogbookEntry, Rating, RatingRequest
from courses.logbook.rules import logbooks
from shared.errors import DomainError

WRITTEN: Final = (
    *("procedure", "performed_on", "role", "autonomy", "complexity", "result", "note"),
    *("session", "case", "mission"),
)
# What may still be learnt or written once somebody was asked to rate the case.
AFTERWARDS: Final = ("result", "note")


@transaction.atomic
def add(*, by: Person, entry: LogbookEntry, at: datetime, is_checked: bool = False) -> LogbookEntry:
    """Keep a new entry of one's own, or find it: the same `key` sent twice is one entry. `is_checked` says that the
    person looked at what seems to identify somebody in the note.

    Raises `logbook.forbidden`, those of `rules.logbooks.check`, `logbook.session.not_yours`, `logbook.case.not_yours`,
    `logbook.case.already` and `record.identifiers`.
    """
    entry.trainee = by
    known = LogbookEntry.objects.filter(trainee=by, key=entry.key).first()
    if known:
        return known
    _check(by, entry, at, is_checked)
    values = {name: getattr(entry, name) for name in WRITTEN}
    return LogbookEntry.objects.get_or_create(trainee=by, key=entry.key, defaults=values)[0]


@transaction.atomic
def change(*, by: Person, entry: LogbookEntry, at: datetime, is_checked: bool = False) -> LogbookEntry:
    """Keep a changed entry. Once a rating was asked for, only the result and the note change. Idempotent.

    Raises as `add`, and `logbook.asked` with the field that may not change.
    """
    before = _locked(by, entry)
    if RatingRequest.objects.filter(entry=before).exists():
        for name in WRITTEN:
            if name not in AFTERWARDS and getattr(before, name) != getattr(entry, name):
                raise DomainError("logbook.asked", field=name)
    _check(by, entry, at, is_checked)
    entry.save(update_fields=WRITTEN)
    return entry


@transaction.atomic
def remove(*, by: Person, entry: LogbookEntry) -> None:
    """Remove an entry that nobody was asked to rate, with one's own ratings of it. Idempotent.

    Raises `logbook.forbidden`, `logbook.asked`.
    """
    if not policies.may_see_entry(by, entry):
        raise DomainError("logbook.forbidden")
    before = LogbookEntry.objects.select_for_update().filter(pk=entry.pk).first()
    if before is None:
        return
    if RatingRequest.objects.filter(entry=before).exists():
        raise DomainError("logbook.asked")
    Rating.objects.filter(entry=before).delete()
    before.delete()


@transaction.atomic
def erase(*, by: Person) -> int:
    """Remove the person's whole logbook, the ratings they got included; how many entries that was. Idempotent.

    Raises `logbook.forbidden`.
    """
    if not policies.may_keep_logbook(by):
        raise DomainError("logbook.forbidden")
    keys = list(LogbookEntry.objects.select_for_update().filter(trainee=by).values_list("pk", flat=True))
    Rating.objects.filter(entry__trainee=by).delete()
    LogbookEntry.objects.filter(pk__in=keys).delete()
    return len(keys)


def check_text(text: str, *, field: str, is_checked: bool) -> None:
    """Raises `record.identifiers` with what seems to identify somebody, unless the writer looked at it already."""
    found = [] if is_checked else identifiers.find(text)
    if found:
        passages = dict.fromkeys(text[finding.start : finding.end] for finding in found)
        raise DomainError("record.identifiers", field=field, found=" · ".join(passages))


def _check(by: Person, entry: LogbookEntry, at: datetime, is_checked: bool) -> None:
    logbooks.check(
        performed_on=entry.performed_on,
        autonomy=entry.autonomy,
        complexity=entry.complexity,
        role=entry.role,
        at=at,
    )
    if entry.session and not policies.may_log_session(by, entry.session):
        raise DomainError("logbook.session.not_yours", field="session")
    if entry.case and not policies.may_log_case(by, entry.case):
        raise DomainError("logbook.case.not_yours", field="case")
    others = LogbookEntry.objects.filter(trainee=by, case=entry.case).exclude(pk=entry.pk)
    if entry.case and others.exists():
        raise DomainError("logbook.case.already", field="case")
    check_text(entry.note, field="note", is_checked=is_checked)
    entry.mission = entry.session.course.mission if entry.session else None


def _locked(by: Person, entry: LogbookEntry) -> LogbookEntry:
    """The entry as it stands, its row held until commit. Raises `logbook.forbidden`."""
    before = LogbookEntry.objects.select_for_update().get(pk=entry.pk)
    if not policies.may_see_entry(by, before):
        raise DomainError("logbook.forbidden")
    return before
