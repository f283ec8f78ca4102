"""A session that nobody ended: reminded, closed by the rule, reopened when that was a mistake."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks

from courses.programme.actions import sessions
from courses.programme.models import Session
from livesessions.attendance.actions import endings
from livesessions.attendance.models import PresenceSpan, SpanSource
from livesessions.attendance.queries import sheets
from livesessions.attendance.rules.endings import Signs, forgotten_end
from livesessions.room.actions import stage
from livesessions.room.models import LiveWindow
from shared.errors import DomainError
from tests import factories
from tests.room_cast import Cast, assemble

LIVE = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
PLANNED = LIVE + timedelta(hours=1)
QUIET, OVERRUN = timedelta(minutes=15), timedelta(hours=4)


def after(minutes: float) -> datetime:
    return LIVE + timedelta(minutes=minutes)


def end_at(at: float, *, team: float | None, audience: float | None = None) -> float | None:
    """Minutes since it went live; planned are sixty."""
    signs = Signs(LIVE, None if team is None else after(team), None if audience is None else after(audience))
    found = forgotten_end(after(at), planned_end_at=PLANNED, signs=signs, quiet=QUIET, overrun=OVERRUN)
    return None if found is None else (found - LIVE) / timedelta(minutes=1)


@pytest.mark.parametrize(
    ("at", "team", "audience", "expected"),
    [
        (59, 10, 10, None),  # before its planned end nothing closes
        (60, 58, 58, None),
        (74, 60, 60, None),  # quiet, but not long enough
        (75, 60, 60, 60),
        (360, 60, 60, 60),  # nobody looked for hours
        (100, 99, 60, None),  # the team goes on
        (120, 99, 60, 99),  # its last sign of life
        (76, 30, 55, 55),  # the team left before: the audience tells how long it went on
        (76, 30, 70, 60),  # up to the planned end
        (76, 30, 10, 30),
        (76, None, None, 0),  # nobody was ever seen
        (300, 299, 62, 62),  # a browser left open is no operation
        (300, 299, 20, 60),
        (300, 299, 299, 299),
        (400, 399, 399, 300),  # four hours after the planned end, at the latest
    ],
)
def test_the_end_that_nobody_pressed(at: float, team: float, audience: float, expected: float | None) -> None:
    assert end_at(at, team=team, audience=audience) == expected


MINUTE = st.integers(0, 700)


@given(at=MINUTE, team=st.none() | MINUTE, audience=st.none() | MINUTE)
def test_it_ends_after_it_began_and_within_its_bounds(at: int, team: int | None, audience: int | None) -> None:
    seen_by_then = [None if sign is None or sign > at else sign for sign in (team, audience)]
    found = end_at(at, team=seen_by_then[0], audience=seen_by_then[1])
    if found is None:
        assert at < 300
    else:
        assert 0 <= found <= min(at, 300) and at >= 60


@pytest.fixture
def forgotten(db: None) -> Iterator[Cast]:
    """Live for an hour with everybody in it, who then left; nobody pressed End. `cast.at` is the planned end."""
    cast = assemble("open")
    Session.objects.update(starts_at=LIVE, planned_end_at=PLANNED)
    cast.at = LIVE - timedelta(seconds=1)
    cast.do(stage.go_live, "moderator")
    for name, source in (("moderator", "socket"), ("attendee", "socket"), ("other", "code")):
        seen = LIVE if source == "code" else PLANNED
        PresenceSpan.objects.create(
            key=uuid4(),
            room=cast.room,
            person=cast.people[name],
            channel="auditorium" if source == "code" else "remote",
            source=SpanSource(source),
            started_at=LIVE,
            last_seen_at=seen,
            ended_at=None if source == "code" else seen,
        )
    cast.at = PLANNED
    yield cast


def minutes_of(cast: Cast, name: str, at: datetime) -> tuple[float, bool]:
    line = sheets.sheet(cast.room.session, at).line(cast.id(name))
    assert line
    return float(line.minutes), line.is_reached


def test_it_closes_by_itself_and_the_sheet_is_right(forgotten: Cast) -> None:
    endings.look_after(PLANNED + timedelta(hours=5))
    room = forgotten.room
    assert (room.stage, room.ended_at, room.is_closed_by_itself) == ("ended", PLANNED, True)
    assert room.closed_at == PLANNED + timedelta(hours=5)
    assert room.session.ended_at == PLANNED
    assert LiveWindow.objects.get().ended_at == PLANNED
    assert (forgotten.last()["by"], forgotten.last()["d"]["stage"]) == (None, "ended")
    for name in ("attendee", "other"):  # who stayed, and who scanned the door's code and went home
        assert minutes_of(forgotten, name, PLANNED + timedelta(hours=6)) == (60.0, True)


def test_without_a_worker_nothing_counts_past_the_bound(forgotten: Cast) -> None:
    assert minutes_of(forgotten, "other", PLANNED + timedelta(days=2))[0] == 60 + OVERRUN / timedelta(minutes=1)


def test_twice_is_once(forgotten: Cast) -> None:
    for hours in (5, 6):
        endings.look_after(PLANNED + timedelta(hours=hours))
    assert len([entry for entry in forgotten.entries() if '"ended"' in entry.wire]) == 1
    assert forgotten.room.closed_at == PLANNED + timedelta(hours=5)


def test_staff_are_reminded_once_at_the_planned_end(
    forgotten: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        endings.look_after(PLANNED - timedelta(seconds=1))
    assert mail.outbox == []
    for minutes in (0, 1, 2):
        with django_capture_on_commit_callbacks(execute=True):
            endings.look_after(PLANNED + timedelta(minutes=minutes))
    assert forgotten.room.stage == "live"
    assert [entry.stream for entry in forgotten.entries() if entry.kind == "stage.overdue"] == ["desk"]
    staff = ("mentor", "moderator", "advocate", "surgeon", "coordinator")
    assert sorted(m.to[0] for m in mail.outbox) == sorted(forgotten.people[name].email for name in staff)
    assert f"/live/{forgotten.room.public_id}/desk/" in mail.outbox[0].body


def test_a_later_planned_end_is_told_again(
    forgotten: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    endings.look_after(PLANNED)
    session = forgotten.room.session
    session.planned_end_at = PLANNED + timedelta(hours=1)
    with django_capture_on_commit_callbacks(execute=True):
        sessions.change(by=forgotten.people["coordinator"], session=session, at=PLANNED)
    assert forgotten.last()["kind"] == "session.moved"
    assert not forgotten.state()["desk"]["overdue"]
    PresenceSpan.objects.filter(source="socket").update(last_seen_at=after(119), ended_at=None)
    endings.look_after(after(120))
    assert forgotten.state()["desk"]["overdue"]


def test_a_fault_in_one_room_does_not_keep_the_next_from_closing(
    forgotten: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    session = factories.session(starts_at=LIVE, planned_end_at=PLANNED)
    next_one = factories.room(session=session, stage="live", live_at=LIVE)
    close = stage.close

    def fails_for_one(**said: object) -> bool:
        if said["room_pk"] == forgotten.room_pk:
            raise RuntimeError("a fault")
        return close(**said)  # type: ignore[arg-type]

    monkeypatch.setattr(stage, "close", fails_for_one)
    endings.look_after(PLANNED + timedelta(hours=5))
    next_one.refresh_from_db()
    assert (forgotten.room.stage, next_one.stage) == ("live", "ended") and "could not be looked after" in caplog.text


def test_a_lobby_that_never_went_live_closes_with_its_time(db: None) -> None:
    cast = assemble("open")
    Session.objects.update(starts_at=LIVE, planned_end_at=PLANNED)
    endings.look_after(PLANNED + OVERRUN - timedelta(seconds=1))
    assert cast.room.stage == "open", "a delayed operation is due"
    endings.look_after(PLANNED + OVERRUN)
    assert (cast.room.stage, cast.room.ended_at) == ("ended", PLANNED)


def test_cancelled_while_live_closes_the_room(
    forgotten: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    at = after(30)
    with django_capture_on_commit_callbacks(execute=True):
        sessions.cancel(by=forgotten.people["coordinator"], session=forgotten.room.session, at=at)
    assert (forgotten.room.stage, forgotten.room.ended_at) == ("ended", at)
    assert LiveWindow.objects.get().ended_at == at
    assert forgotten.room.is_over(at)


def test_a_cancellation_that_nobody_told_of_is_found_by_the_job(forgotten: Cast) -> None:
    Session.objects.update(cancelled_at=after(30))
    endings.look_after(after(31))
    assert (forgotten.room.stage, forgotten.room.ended_at) == ("ended", after(30))


def test_an_end_by_mistake_is_taken_back(forgotten: Cast) -> None:
    forgotten.do(stage.end, "surgeon")
    ended = forgotten.at
    forgotten.at += timedelta(minutes=5)
    forgotten.do(stage.reopen, "moderator")
    room = forgotten.room
    assert (room.stage, room.ended_at, room.session.ended_at) == ("live", None, None)
    assert [(w.started_at, w.ended_at) for w in LiveWindow.objects.all()] == [(LIVE, ended), (forgotten.at, None)]
    assert forgotten.last()["d"] == {"stage": "live", "from": "ended", "live_at": "2026-11-20T14:00:00.000Z"}
    assert forgotten.last()["by"]["role"] == "moderator"
    count = len(forgotten.entries())
    forgotten.do(stage.reopen, "coordinator")
    assert len(forgotten.entries()) == count, "twice is once"
    endings.look_after(forgotten.at)
    assert forgotten.room.stage == "live", "who has just come back is not shown out"


@pytest.mark.parametrize("name", ["attendee", "trainee", "mentor", "advocate", "surgeon"])
def test_others_take_no_end_back(forgotten: Cast, name: str) -> None:
    forgotten.do(stage.end, "moderator")
    with pytest.raises(DomainError, match="forbidden"):
        forgotten.do(stage.reopen, name)


def test_later_it_stays_ended(forgotten: Cast) -> None:
    forgotten.do(stage.end, "moderator")
    forgotten.at += timedelta(minutes=15)
    with pytest.raises(DomainError, match=r"stage\.too_late"):
        forgotten.do(stage.reopen, "moderator")


def test_what_was_cancelled_is_not_reopened(forgotten: Cast) -> None:
    Session.objects.update(cancelled_at=PLANNED)
    endings.look_after(PLANNED)
    with pytest.raises(DomainError, match=r"stage\.too_late"):
        forgotten.do(stage.reopen, "coordinator")
    assert forgotten.room.stage == "ended"
