"""The stage: its changes, the live window, and what the session hears."""

from typing import Any

import pytest

from courses.programme.models import TeamMember
from livesessions.room.actions import safety, stage
from livesessions.room.models import LiveWindow, SafetyEvent
from shared.errors import DomainError
from tests.room_cast import Cast, assemble


@pytest.fixture
def early(db: None) -> Cast:
    return assemble("scheduled")


def test_from_the_lobby_to_the_end(early: Cast) -> None:
    early.do(stage.open_, "moderator")
    early.do(stage.go_live, "surgeon")
    live_at = early.at
    early.do(stage.hold, "advocate")
    early.do(stage.resume, "coordinator")
    assert LiveWindow.objects.get().ended_at is None, "a hold counts as live"
    early.do(stage.end, "moderator")
    room, window = early.room, LiveWindow.objects.get()
    assert (room.stage, room.live_at, room.ended_at) == ("ended", live_at, early.at)
    assert (window.started_at, window.ended_at) == (live_at, early.at)
    assert (room.session.live_at, room.session.ended_at) == (live_at, early.at)
    assert early.last()["d"] == {"stage": "ended", "from": "live", "live_at": "2026-11-22T15:00:02.000Z"}
    assert list(SafetyEvent.objects.values_list("kind", flat=True)) == ["hold", "resume"]


def test_asking_for_the_present_stage_changes_nothing(early: Cast) -> None:
    for action in (stage.open_, stage.go_live, stage.hold, stage.resume, stage.end):
        early.do(action, "moderator")
        count = len(early.entries())
        early.do(action, "moderator")
        assert len(early.entries()) == count
    assert LiveWindow.objects.count() == 1


@pytest.mark.parametrize("missing", ["advocate", "moderator"])
def test_not_live_without_advocate_and_moderator(early: Cast, missing: str) -> None:
    early.do(stage.open_, "coordinator")
    TeamMember.objects.filter(role=missing).delete()
    with pytest.raises(DomainError, match=r"stage\.not_ready") as caught:
        early.do(stage.go_live, "coordinator")
    assert caught.value.params == {"missing": [missing]}
    assert early.room.stage == "open" and LiveWindow.objects.count() == 0


def test_steps_that_cannot_be_taken(early: Cast, refused: Any) -> None:
    assert refused(early.do, stage.go_live, "moderator") == "stage.not_open"
    assert refused(early.do, stage.end, "moderator") == "stage.not_open"
    early.do(stage.open_, "moderator")
    assert refused(early.do, stage.hold, "moderator") == "stage.wrong"
    early.do(safety.stop, "advocate")
    assert refused(early.do, stage.go_live, "moderator") == "stage.stopped"
    early.do(stage.end, "moderator")
    assert refused(early.do, stage.open_, "moderator") == "stage.ended"


@pytest.mark.parametrize(
    ("action", "outsiders"),
    [
        (stage.open_, ["attendee", "trainee", "mentor", "advocate"]),
        (stage.go_live, ["attendee", "trainee", "mentor", "advocate"]),
        (stage.hold, ["attendee", "trainee", "mentor"]),
        (stage.resume, ["attendee", "trainee", "mentor"]),
        (stage.end, ["attendee", "trainee", "mentor", "advocate"]),
    ],
)
def test_outsiders(early: Cast, refused: Any, action: Any, outsiders: list[str]) -> None:
    for outsider in outsiders:
        assert refused(early.do, action, outsider) == "forbidden"
