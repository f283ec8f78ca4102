"""Keeping one's own logbook."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from accounts.models import Person
from courses.logbook.actions import logbooks
from courses.logbook.models import LogbookEntry, Rating, RatingRequest, SelfRatingWaiver
from courses.logbook.queries.logbooks import cases_of, facts, operations, sessions_of
from shared.clock import now
from shared.errors import DomainError
from tests import case_factories, factories, logbook_factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def me() -> Person:
    return factories.person(full_name="Rosa Trainee")


def draft(**fields: Any) -> LogbookEntry:
    defaults = {
        "procedure": logbook_factories.procedure(),
        "performed_on": date(2026, 11, 2),
        "role": "alone",
        "autonomy": 4,
        "result": "unknown",
    }
    return LogbookEntry(**defaults | fields)


def refused(code: str, field: str | None = None) -> Any:
    return pytest.raises(DomainError, match=code.replace(".", r"\."), check=lambda error: error.field == field)


def test_the_same_key_twice_is_one_entry(me: Person) -> None:
    key = uuid4()
    first = logbooks.add(by=me, entry=draft(key=key), at=now())
    again = logbooks.add(by=me, entry=draft(key=key, note="Sent again."), at=now())
    assert first == again == LogbookEntry.objects.get()
    assert first.trainee == me
    logbooks.add(by=factories.person(), entry=draft(key=key), at=now())
    assert LogbookEntry.objects.count() == 2


def test_an_entry_names_a_session_of_ones_own_and_its_mission(me: Person) -> None:
    session = factories.session()
    with refused("logbook.session.not_yours", "session"):
        logbooks.add(by=me, entry=draft(session=session), at=now())
    place = factories.enrolment(session=session, person=me)
    with refused("logbook.session.not_yours", "session"):  # a remote place is no place at the table
        logbooks.add(by=me, entry=draft(session=session), at=now())
    place.channel = "or"
    place.save()
    assert logbooks.add(by=me, entry=draft(session=session), at=now()).mission == session.course.mission
    assert list(sessions_of(me)) == [session]
    member = factories.team_member(session=session, role="surgeon").person
    assert logbooks.add(by=member, entry=draft(session=session), at=now()).session == session


def test_an_entry_names_a_case_of_ones_own_once() -> None:
    case = case_factories.case()
    with refused("logbook.case.not_yours", "case"):
        logbooks.add(by=factories.person(), entry=draft(case=case), at=now())
    logbooks.add(by=case.author, entry=draft(case=case), at=now())
    with refused("logbook.case.already", "case"):
        logbooks.add(by=case.author, entry=draft(case=case), at=now())
    assert list(cases_of(case.author)) == [case]
    gone = case_factories.case(author=case.author, course=case.course, status="withdrawn")
    with refused("logbook.case.not_yours", "case"):
        logbooks.add(by=case.author, entry=draft(case=gone), at=now())


def test_a_note_that_may_identify_somebody_wants_a_second_look(me: Person) -> None:
    entry = draft(note="DNI 45678912, buen control del saco.")
    with refused("record.identifiers", "note") as told:
        logbooks.add(by=me, entry=entry, at=now())
    assert "45678912" in told.value.params["found"]
    assert not LogbookEntry.objects.exists()
    assert logbooks.add(by=me, entry=entry, at=now(), is_checked=True).note == entry.note


def test_an_entry_changes_until_somebody_is_asked(me: Person) -> None:
    entry = logbooks.add(by=me, entry=draft(), at=now())
    entry.role, entry.result = "part", "failure"
    logbooks.change(by=me, entry=entry, at=now())
    logbook_factories.request(entry=entry)
    entry.result, entry.note = "success", "Healed well."
    logbooks.change(by=me, entry=entry, at=now())
    entry.role = "alone"
    with refused("logbook.asked", "role"):
        logbooks.change(by=me, entry=entry, at=now())
    entry.refresh_from_db()
    assert (entry.role, entry.result, entry.note) == ("part", "success", "Healed well.")


def test_nobody_touches_another_ones_entry(me: Person) -> None:
    entry = logbook_factories.entry(trainee=me)
    for other in (factories.person(), factories.coordinator(), factories.person(is_staff=True, is_superuser=True)):
        with refused("logbook.forbidden"):
            logbooks.change(by=other, entry=entry, at=now())
        with refused("logbook.forbidden"):
            logbooks.remove(by=other, entry=entry)
    me.is_active = False
    with refused("logbook.forbidden"):
        logbooks.erase(by=me)
    assert LogbookEntry.objects.get() == entry


def test_an_entry_nobody_was_asked_about_goes_for_good(me: Person) -> None:
    entry = logbook_factories.entry(trainee=me)
    logbook_factories.answer_self(entry)
    for _ in range(2):
        logbooks.remove(by=me, entry=LogbookEntry(pk=entry.pk, trainee=me))
    assert not LogbookEntry.objects.exists()
    assert not Rating.objects.exists()


def test_a_rated_entry_stays_but_the_whole_logbook_may_go(me: Person) -> None:
    asked = logbook_factories.request(entry=logbook_factories.entry(trainee=me))
    logbook_factories.answer(asked)
    others = logbook_factories.answer_self(logbook_factories.entry())
    SelfRatingWaiver.objects.create(entry=asked.entry, instrument=logbook_factories.instrument("goals"))
    with refused("logbook.asked"):
        logbooks.remove(by=me, entry=asked.entry)
    assert [logbooks.erase(by=me), logbooks.erase(by=me)] == [1, 0]
    assert list(Rating.objects.all()) == [others]
    assert not RatingRequest.objects.exists()
    assert not SelfRatingWaiver.objects.exists()


def test_facts_and_curves_count_ones_own_alone(me: Person) -> None:
    start = date(2026, 1, 1)
    told = [("alone", "success"), ("supervised", "failure"), ("assisted", "success"), ("taught", "unknown")]
    for number, (role, result) in enumerate(told):
        logbook_factories.entry(trainee=me, role=role, result=result, performed_on=start - timedelta(days=number))
    logbook_factories.entry()
    assert [fact.role for fact in facts(me)] == ["taught", "assisted", "supervised", "alone"]
    assert [fact.is_success for fact in facts(me)] == [None, True, False, True]
    curve = operations(me, logbook_factories.procedure())
    assert [entry.role for entry in curve] == ["supervised", "alone"]
