"""Polls: opening, voting, closing."""

from typing import Any

import pytest

from livesessions.room.actions import polls, safety
from livesessions.room.models import PollVote
from livesessions.room.queries import snapshots
from tests.room_cast import Cast, assemble


def opened(cast: Cast) -> str:
    poll: str = cast.do(polls.open_, "moderator", text=" Mesh? ", options=[" yes ", "no"]).extra["poll"]
    return poll


def test_the_last_choice_counts_and_the_result_comes_with_the_end(cast: Cast) -> None:
    poll = opened(cast)
    assert cast.last()["d"] | {"opened_at": ""} == {
        "id": poll,
        "text": "Mesh?",
        "options": ["yes", "no"],
        "opened_at": "",
        "closed_at": None,
        "results": None,
    }
    for name, option in (("attendee", 0), ("other", 0), ("attendee", 1), ("attendee", 1)):
        cast.do(polls.vote, name, poll=poll, option=option)
    assert PollVote.objects.count() == 2
    assert cast.me("attendee")["poll_votes"] == {poll: 1} and cast.me("trainee")["poll_votes"] == {}
    assert snapshots.poll_tallies(cast.room) == {poll: [1, 1]}
    cast.do(polls.close, "moderator", poll=poll)
    assert cast.last()["d"]["results"] == [1, 1] and cast.state()["polls"][0]["results"] == [1, 1]


def test_votes_that_do_not_count(cast: Cast, refused: Any) -> None:
    poll, elsewhere = opened(cast), opened(assemble())
    for option in (-1, 2):
        assert refused(cast.do, polls.vote, "attendee", poll=poll, option=option) == "poll.option"
    assert refused(cast.do, polls.vote, "attendee", poll=elsewhere, option=0) == "poll.unknown"
    cast.do(safety.stop, "advocate")
    assert refused(cast.do, polls.vote, "attendee", poll=poll, option=0) == "stage.stopped"
    cast.do(safety.clear, "advocate")
    cast.do(polls.close, "moderator", poll=poll)
    assert refused(cast.do, polls.vote, "attendee", poll=poll, option=0) == "poll.closed"


def test_closing_twice_is_closing_once(cast: Cast) -> None:
    poll = opened(cast)
    cast.do(polls.close, "moderator", poll=poll)
    cast.do(polls.close, "coordinator", poll=poll)
    assert [entry.kind for entry in cast.entries()] == ["poll.opened", "poll.closed"]


@pytest.mark.parametrize("outsider", ["attendee", "trainee", "mentor", "advocate", "surgeon"])
def test_polls_are_the_moderators(cast: Cast, refused: Any, outsider: str) -> None:
    poll = opened(cast)
    assert refused(cast.do, polls.open_, outsider, text="?", options=["a", "b"]) == "forbidden"
    assert refused(cast.do, polls.close, outsider, poll=poll) == "forbidden"


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        (" ", ["a", "b"], "poll.empty"),
        ("x" * 301, ["a", "b"], "poll.too_long"),
        ("a\0b", ["a", "b"], "text.invalid"),
        ("which?", ["a"], "poll.options"),
        ("which?", ["a", " a "], "poll.options"),
        ("which?", ["a", "\0"], "poll.options"),
    ],
)
def test_bad_polls(cast: Cast, refused: Any, text: str, options: list[str], code: str) -> None:
    assert refused(cast.do, polls.open_, "moderator", text=text, options=options) == code
