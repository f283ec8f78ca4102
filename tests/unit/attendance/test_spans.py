"""Writing spans down: an upsert that can be repeated, reordered and cut short without harm."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from courses.programme.models import Participation
from livesessions.attendance.actions import spans
from livesessions.attendance.actions.spans import SpanFact
from livesessions.attendance.models import PresenceSpan, SpanSource
from tests import factories

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


@pytest.fixture
def fact() -> SpanFact:
    room = factories.room()
    return SpanFact(uuid4(), room.pk, factories.person().pk, Participation.REMOTE, SpanSource.SOCKET, START, after(20))


def row(key: UUID) -> tuple[datetime, datetime, datetime | None]:
    span = PresenceSpan.objects.get(key=key)
    return span.started_at, span.last_seen_at, span.ended_at


def test_a_new_span_has_every_fact(fact: SpanFact) -> None:
    spans.record([fact])
    span = PresenceSpan.objects.get()
    assert (span.key, span.room_id, span.person_id) == (fact.key, fact.room_pk, fact.person_pk)
    assert (span.channel, span.source, row(fact.key)) == ("remote", "socket", (START, after(20), None))


def test_a_later_sign_of_life_moves_it_and_an_end_ends_it(fact: SpanFact) -> None:
    spans.record([fact])
    spans.record([replace(fact, last_seen_at=after(40))])
    assert row(fact.key) == (START, after(40), None)
    spans.record([replace(fact, last_seen_at=after(55.5), ended_at=after(55.5))])
    assert row(fact.key) == (START, after(55.5), after(55.5))


def test_repeated_and_reordered_writes_change_nothing(fact: SpanFact) -> None:
    ended = replace(fact, last_seen_at=after(60), ended_at=after(60))
    for write in (fact, ended, ended, fact, replace(fact, last_seen_at=after(60))):
        spans.record([write])
    assert row(fact.key) == (START, after(60), after(60))


def test_a_span_thought_dead_lives_on_with_its_next_sign_of_life(fact: SpanFact) -> None:
    spans.record([fact])
    spans.close_stale(after(500), 60)
    spans.record([replace(fact, last_seen_at=after(510))])
    assert row(fact.key) == (START, after(510), None)


def test_one_batch_may_name_a_span_twice(fact: SpanFact) -> None:
    spans.record([replace(fact, last_seen_at=after(90), ended_at=after(90)), fact])
    assert row(fact.key) == (START, after(90), after(90))


def test_a_clock_that_goes_backwards_is_no_sign_of_life_before_the_start(fact: SpanFact) -> None:
    spans.record([replace(fact, last_seen_at=after(-30), ended_at=after(-30))])
    assert row(fact.key) == (START, START, START)


def test_many_spans_take_one_statement(fact: SpanFact, django_assert_num_queries: Callable[[int], object]) -> None:
    facts = [replace(fact, key=uuid4()) for _ in range(10_000)]
    for seen_at in (fact.last_seen_at, after(40)):
        with django_assert_num_queries(3):  # savepoint, the statement, release
            spans.record([replace(each, last_seen_at=seen_at) for each in facts])
        assert PresenceSpan.objects.filter(last_seen_at=seen_at, ended_at=None).count() == len(facts)


@pytest.mark.parametrize("microsecond", [0, 1, 123_000, 999_999])
def test_instants_are_kept_as_the_rest_of_the_program_writes_them(fact: SpanFact, microsecond: int) -> None:
    begun = START.replace(microsecond=microsecond)
    spans.record([replace(fact, started_at=begun, last_seen_at=begun, ended_at=begun)])
    assert row(fact.key) == (begun, begun, begun)
    assert PresenceSpan.objects.filter(key=fact.key, started_at=begun, last_seen_at=begun, ended_at=begun).exists()
    spans.record([replace(fact, started_at=begun, last_seen_at=begun - timedelta(microseconds=1))])
    assert row(fact.key) == (begun, begun, begun)


def test_nothing_to_write_is_no_statement(django_assert_num_queries: Callable[[int], object]) -> None:
    with django_assert_num_queries(0):
        spans.record([])


def test_dead_connections_end_at_their_last_sign_of_life(fact: SpanFact) -> None:
    alive = replace(fact, key=uuid4(), last_seen_at=after(100))
    at_the_door = replace(fact, key=uuid4(), source=SpanSource.CODE)
    spans.record([fact, alive, at_the_door])
    assert spans.close_stale(after(110), 60) == 1
    assert row(fact.key)[2] == after(20)
    assert row(alive.key)[2] is None
    assert row(at_the_door.key)[2] is None


def test_the_database_holds_one_open_check_in_per_person(fact: SpanFact) -> None:
    checked_in = replace(fact, source=SpanSource.CODE)
    spans.record([checked_in])
    with pytest.raises(IntegrityError), transaction.atomic():
        spans.record([replace(checked_in, key=uuid4())])
