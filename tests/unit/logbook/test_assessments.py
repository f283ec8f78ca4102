"""Asking for ratings, giving them, and who reads them when."""

from typing import Any
from uuid import uuid4

import pytest
from django.core import mail

from accounts.models import Person
from courses.logbook.actions import assessments
from courses.logbook.models import LogbookEntry, Rating, RatingRequest
from courses.logbook.queries import assessments as queries
from shared.clock import now
from shared.errors import DomainError
from tests import case_cast, factories, logbook_factories
from tests.case_cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return case_cast.cast()


@pytest.fixture
def entry(cast: Cast) -> LogbookEntry:
    return logbook_factories.entry(trainee=cast.people["trainee"])


def refused(code: str, field: str | None = None) -> Any:
    return pytest.raises(DomainError, match=code.replace(".", r"\."), check=lambda error: error.field == field)


def ask(entry: LogbookEntry, rater: Person, code: str = "osats", by: Person | None = None) -> RatingRequest:
    used = logbook_factories.instrument(code)
    return assessments.ask(by=by or entry.trainee, entry=entry, rater=rater, instrument=used, at=now())


def read(entry: LogbookEntry, reader: Person) -> list[Rating]:
    return [shown.rating for shown in queries.read_at(entry, reader)]


def test_mentors_and_surgeons_of_ones_courses_may_be_asked_and_nobody_else(cast: Cast, entry: LogbookEntry) -> None:
    surgeon = factories.team_member(session=factories.session(course=cast.course), role="surgeon").person
    moderator = factories.team_member(session=factories.session(course=cast.course), role="moderator").person
    offered = queries.raters_for(entry.trainee)
    assert {person.pk for person in offered} == {cast.people["mentor"].pk, cast.people["reviewer"].pk, surgeon.pk}
    for rater in offered:
        assert ask(entry, rater) == ask(entry, rater)
    assert RatingRequest.objects.count() == 3
    nobody = [entry.trainee, moderator, *(cast.people[who] for who in ("outsider", "other_mentor", "coordinator"))]
    for rater in nobody:
        with refused("rating.rater.not_yours", "rater"):
            ask(entry, rater)
    for by in (cast.people["author"], cast.people["mentor"], cast.people["coordinator"]):
        with refused("logbook.forbidden"):
            ask(entry, cast.people["reviewer"], by=by)


def test_the_mail_says_who_asks_and_nothing_of_the_case(cast: Cast, entry: LogbookEntry) -> None:
    mentor = cast.people["mentor"]
    mentor.language = "es"
    mentor.save()
    LogbookEntry.objects.filter(pk=entry.pk).update(note="A private thought.")
    entry.refresh_from_db()
    asked, _again = ask(entry, mentor), ask(entry, mentor)
    (letter,) = mail.outbox
    assert letter.to == [mentor.email]
    assert entry.trainee.full_name in letter.subject
    html = str(letter.alternatives[0][0])
    for body in (letter.body, html):
        assert f"http://testserver/ratings/{asked.public_id}/" in body
        assert "OSATS, escala global" in body
        assert "private thought" not in body
        assert "Labio" not in body
    assert letter.extra_headers["Content-Language"] == "es"


def test_whoever_was_asked_rates_and_nobody_else(cast: Cast, entry: LogbookEntry) -> None:
    asked = ask(entry, cast.people["mentor"])
    sheet = logbook_factories.sheet(asked.instrument)
    told: dict[str, Any] = {"request": asked, "role": "remote", "mode": "recording", "sheet": sheet, "at": now()}
    for who in ("trainee", "reviewer", "coordinator", "other_mentor"):
        with refused("rating.forbidden"):
            assessments.rate(by=cast.people[who], **told)
    with refused("rating.role.unknown", "role"):
        assessments.rate(by=asked.rater, **told | {"role": "self"})
    with refused("rating.mode.unknown", "mode"):
        assessments.rate(by=asked.rater, **told | {"mode": "hearsay"})
    rating = assessments.rate(by=asked.rater, **told)
    assert (rating.role, rating.mode, rating.scores) == ("remote", "recording", sheet.scores)
    assert assessments.rate(by=asked.rater, **told) == rating
    with refused("rating.already"):
        assessments.rate(by=asked.rater, **told | {"sheet": logbook_factories.sheet(asked.instrument, 5)})
    assert Rating.objects.get() == rating


def test_a_bad_sheet_is_kept_nowhere(cast: Cast, entry: LogbookEntry) -> None:
    asked = ask(entry, cast.people["mentor"])
    scores = logbook_factories.scores(asked.instrument)
    for wrong, code, field in (
        ({"scores": scores | {"tissue": 6}}, "rating.score.range", "item-tissue"),
        ({"scores": {}}, "rating.score.missing", "item-tissue"),
        ({"went_well": "x" * 2001}, "rating.text.long", "went_well"),
        ({"to_improve": "Llame a Rosa Quispe Mamani, DNI 45678912"}, "record.identifiers", "to_improve"),
    ):
        with refused(code, field):
            logbook_factories.answer(asked, **wrong)
    assert not Rating.objects.exists()
    logbook_factories.answer(asked, to_improve="DNI 45678912", is_checked=True)


def test_neither_reads_before_both_are_in(cast: Cast, entry: LogbookEntry) -> None:
    asked = ask(entry, cast.people["mentor"])
    theirs = logbook_factories.answer(asked)
    assert read(entry, entry.trainee) == []
    assert read(entry, asked.rater) == [theirs]
    own = logbook_factories.answer_self(entry)
    assert read(entry, entry.trainee) == read(entry, asked.rater) == [theirs, own]
    for who in ("reviewer", "coordinator", "author", "outsider"):
        assert read(entry, cast.people[who]) == []


def test_the_other_way_round_it_is_the_same(cast: Cast, entry: LogbookEntry) -> None:
    own = logbook_factories.answer_self(entry)
    asked = ask(entry, cast.people["mentor"])
    assert read(entry, asked.rater) == []
    theirs = logbook_factories.answer(asked)
    assert read(entry, asked.rater) == read(entry, entry.trainee) == [own, theirs]


def test_raters_do_not_read_each_other(cast: Cast, entry: LogbookEntry) -> None:
    first, second = (logbook_factories.answer(ask(entry, cast.people[who])) for who in ("mentor", "reviewer"))
    assert read(entry, first.rater) == [first]
    assert read(entry, second.rater) == [second]


def test_another_instrument_opens_nothing(cast: Cast, entry: LogbookEntry) -> None:
    theirs = logbook_factories.answer(ask(entry, cast.people["mentor"], "goals"))
    own = logbook_factories.answer_self(entry, "osats")
    assert read(entry, entry.trainee) == [own]
    assert read(entry, theirs.rater) == [theirs]


def test_who_does_not_rate_themselves_sees_it_and_cannot_any_more(cast: Cast, entry: LogbookEntry) -> None:
    used = logbook_factories.instrument()
    with refused("rating.not_asked"):
        assessments.waive_self(by=entry.trainee, entry=entry, instrument=used, at=now())
    theirs = logbook_factories.answer(ask(entry, cast.people["mentor"]))
    with refused("logbook.forbidden"):
        assessments.waive_self(by=theirs.rater, entry=entry, instrument=used, at=now())
    for _ in range(2):
        assessments.waive_self(by=entry.trainee, entry=entry, instrument=used, at=now())
    assert read(entry, entry.trainee) == [theirs]
    with refused("rating.self.closed"):
        logbook_factories.answer_self(entry)
    later = logbook_factories.answer(ask(entry, cast.people["reviewer"]))
    assert read(entry, entry.trainee) == [theirs, later]


def test_who_rated_themselves_has_nothing_to_waive(cast: Cast, entry: LogbookEntry) -> None:
    ask(entry, cast.people["mentor"])
    own = logbook_factories.answer_self(entry)
    with refused("rating.self.given"):
        assessments.waive_self(by=entry.trainee, entry=entry, instrument=own.instrument, at=now())
    with refused("rating.already"):
        logbook_factories.answer_self(entry, score=5)
    with refused("logbook.forbidden"):
        sheet = logbook_factories.sheet(own.instrument)
        assessments.rate_self(by=cast.people["mentor"], entry=entry, instrument=own.instrument, sheet=sheet, at=now())


def test_a_request_is_taken_back_while_there_is_no_answer(cast: Cast, entry: LogbookEntry) -> None:
    asked = ask(entry, cast.people["mentor"])
    with refused("logbook.forbidden"):
        assessments.withdraw(by=asked.rater, request=asked)
    for _ in range(2):
        assessments.withdraw(
            by=entry.trainee,
            request=RatingRequest(pk=asked.pk, entry=entry, rater=asked.rater, instrument=asked.instrument),
        )
    with refused("rating.withdrawn"):
        logbook_factories.answer(asked)
    again = ask(entry, cast.people["mentor"])
    logbook_factories.answer(again)
    with refused("rating.given"):
        assessments.withdraw(by=entry.trainee, request=again)


def test_a_removed_entry_takes_no_rating(cast: Cast, entry: LogbookEntry) -> None:
    asked = ask(entry, cast.people["mentor"])
    RatingRequest.objects.all().delete()
    LogbookEntry.objects.all().delete()
    with refused("logbook.gone"):
        logbook_factories.answer(asked)


def test_both_rate_with_the_version_that_was_asked_for(cast: Cast, entry: LogbookEntry) -> None:
    asked = ask(entry, cast.people["mentor"])
    old = asked.instrument
    newer = type(old).objects.create(code=old.code, version=2, titles=old.titles, items=old.items[:2])
    type(old).objects.filter(pk=old.pk).update(is_current=False)
    assert queries.instrument_for_self(entry, old.code) == old
    assert queries.find_instrument(old.code) == newer
    assert ask(entry, cast.people["mentor"]) == asked
    assert ask(entry, cast.people["reviewer"]).instrument == old


def test_what_was_asked_is_listed_until_it_is_given(cast: Cast, entry: LogbookEntry) -> None:
    mentor = cast.people["mentor"]
    first, second = ask(entry, mentor), ask(entry, mentor, "goals")
    assert queries.open_for(mentor) == 2
    logbook_factories.answer(first)
    assert queries.open_for(mentor) == 1
    assert [(row, row.is_rated) for row in queries.asked_of(mentor)] == [(second, False), (first, True)]
    assert queries.open_for(cast.people["reviewer"]) == 0


def test_the_trainees_board_does_not_tell_that_a_rating_is_in(cast: Cast, entry: LogbookEntry) -> None:
    asked = ask(entry, cast.people["mentor"])
    before = queries.boards(entry)
    logbook_factories.answer(asked, key=uuid4())
    assert queries.boards(entry) == before
    logbook_factories.answer_self(entry)
    (board,) = queries.boards(entry)
    assert (board.is_self_rated, board.is_open, len(board.shown)) == (True, False, 2)
