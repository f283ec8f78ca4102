"""The stop button."""

from typing import Any

import pytest

from livesessions.room.actions import questions, safety
from livesessions.room.models import SafetyEvent
from tests.room_cast import Cast, assemble


@pytest.mark.parametrize("name", ["advocate", "surgeon", "coordinator"])
def test_those_who_may_stop_and_clear(cast: Cast, name: str) -> None:
    cast.do(safety.stop, name, reason="bleeding")
    assert cast.room.is_stopped and cast.last()["kind"] == "safety.stopped"
    assert cast.last()["d"] == {}, "the reason is not for the audience"
    cast.do(safety.clear, name)
    assert not cast.room.is_stopped and cast.last()["kind"] == "safety.cleared"
    record = list(SafetyEvent.objects.values_list("kind", "reason", "by__full_name"))
    assert record == [("stop", "bleeding", cast.people[name].full_name), ("clear", "", cast.people[name].full_name)]


@pytest.mark.parametrize("outsider", ["attendee", "trainee", "mentor", "moderator"])
def test_outsiders(cast: Cast, refused: Any, outsider: str) -> None:
    assert refused(cast.do, safety.stop, outsider) == "forbidden"
    assert refused(cast.do, safety.clear, outsider) == "forbidden"


@pytest.mark.parametrize("stage", ["scheduled", "open", "live", "hold", "ended"])
def test_a_stop_always_works_and_once_is_enough(db: None, stage: str) -> None:
    cast = assemble(stage)
    for _ in range(2):
        cast.do(safety.stop, "advocate")
    assert cast.room.is_stopped and len(cast.entries()) == SafetyEvent.objects.count() == 1


@pytest.mark.parametrize("reason", ["x" * 5000, "\0\ud800", " "])
def test_no_reason_delays_a_stop(cast: Cast, reason: str) -> None:
    cast.do(safety.stop, "advocate", reason=reason)
    assert SafetyEvent.objects.get().reason == ("x" * 200 if "x" in reason else "")


def test_nobody_asks_while_stopped(cast: Cast, refused: Any) -> None:
    cast.do(safety.stop, "advocate")
    assert refused(cast.do, questions.ask, "attendee", text="why?") == "stage.stopped"
