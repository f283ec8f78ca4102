"""Old snapshot + entries == new snapshot, for every kind and for anything people do."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from courses.programme.events import SessionMoved
from livesessions.room.actions import (
    answers,
    chat,
    hands,
    moderation,
    news,
    polls,
    question_queue,
    questions,
    safety,
    stage,
)
from livesessions.room.actions.turns import Turn
from livesessions.room.messages import SENTENCES
from livesessions.room.models import Poll, Question
from livesessions.room.queries import members, snapshots
from shared.errors import DomainError
from tests.room_cast import NAMES, Cast, assemble
from tests.unit.room.fold import FOLDS, fold


def test_every_kind_folds(db: None) -> None:
    cast = assemble("scheduled")
    seen: set[str] = set()

    def do(action: Callable[..., Any], name: str, **fields: Any) -> dict[str, Any]:
        before, last = cast.state(), max([entry.pk for entry in cast.entries()], default=0)
        written = cast.do(action, name, **fields)
        entries = cast.entries(after=last)
        assert len(entries) == 1, "one change, one entry"
        seen.update(entry.kind for entry in entries)
        assert fold(before, [entry.wire for entry in entries]) == cast.state()
        return written.extra

    do(stage.open_, "moderator")
    do(stage.go_live, "surgeon")
    message = do(chat.post, "attendee", text="¡Hola!")["message"]
    do(chat.post, "other", text="Buenas")
    do(chat.hide, "moderator", message=message, reason="spam")
    first, second, third, fourth = (
        do(questions.ask, name, text=f"{name}?")["question"] for name in ("attendee", "other", "trainee", "attendee")
    )
    do(question_queue.dismiss, "moderator", question=first, reason="said before")
    do(question_queue.approve, "moderator", question=second)
    do(question_queue.approve, "coordinator", question=first)
    do(question_queue.assign, "moderator", question=third, person=cast.id("mentor"))
    do(question_queue.merge, "moderator", question=third, into=first)
    do(question_queue.assign, "moderator", question=first, person=cast.id("mentor"))
    do(question_queue.assign, "moderator", question=first, person=None)
    do(question_queue.pin, "moderator", question=first, pinned=True)
    do(answers.take, "mentor", question=second)
    do(answers.take, "surgeon", question=first)
    do(answers.answer, "surgeon", question=first, mode="aloud")
    do(answers.answer, "mentor", question=second, mode="text", text="After the third stitch.")
    do(questions.withdraw, "attendee", question=fourth)
    poll = do(polls.open_, "moderator", text="Mesh?", options=["yes", "no"])["poll"]
    cast.do(polls.vote, "attendee", poll=poll, option=1)
    do(polls.close, "moderator", poll=poll)
    do(moderation.mute, "moderator", person=cast.id("other"), muted=True)
    do(moderation.ban, "moderator", person=cast.id("other"), banned=True, reason="insults")
    do(moderation.mute, "moderator", person=cast.id("other"), muted=False)
    do(safety.stop, "advocate", reason="bleeding")
    do(safety.clear, "surgeon")
    do(stage.hold, "advocate")
    do(stage.resume, "surgeon")
    for tell in (stage.remind, lambda **told: news.moved(SessionMoved(cast.room.public_id, told["at"]))):
        before, last = cast.state(), cast.entries()[-1].pk
        tell(room_pk=cast.room_pk, at=cast.room.session.planned_end_at)
        entries = cast.entries(after=last)
        seen.update(entry.kind for entry in entries)
        assert fold(before, [entry.wire for entry in entries]) == cast.state() != before
    do(stage.end, "moderator")
    assert seen == set(FOLDS)


names = st.sampled_from(NAMES)


class Crowd(RuleBasedStateMachine):
    """Everybody does anything, allowed or not, at any time; many commands fall on the same instant."""

    def __init__(self) -> None:
        super().__init__()
        self.cast: Cast = assemble("open")
        self.state = self.cast.state()
        self.last = 0

    def give(self, action: Callable[..., Any], name: str, **fields: Any) -> None:
        member = self.cast.member(name)
        try:
            with transaction.atomic():
                action(Turn(self.cast.room, member, self.cast.at), **fields)
        except DomainError as error:
            assert error.code in SENTENCES
        entries = self.cast.entries(after=self.last)
        self.last = entries[-1].pk if entries else self.last
        self.state = fold(self.state, [entry.wire for entry in entries])
        assert self.state == self.cast.state()
        self.numbers_have_no_holes()

    def numbers_have_no_holes(self) -> None:
        room = self.cast.room
        for stream, top in (("room", room.room_seq), ("desk", room.desk_seq)):
            assert [e.seq for e in self.cast.entries() if e.stream == stream] == list(range(1, top + 1))

    def question(self, data: st.DataObject) -> str:
        known = list(Question.objects.filter(room=self.cast.room_pk).values_list("public_id", flat=True))
        return data.draw(st.sampled_from([*known, "unknown"]))

    @rule(name=names, text=st.sampled_from(["hello", " ", "x" * 4001, "\0"]))
    def post(self, name: str, text: str) -> None:
        self.give(chat.post, name, text=text)

    @rule(name=names, data=st.data())
    def hide(self, name: str, data: st.DataObject) -> None:
        known = [message["d"]["id"] for message in self.state["chat"]]
        self.give(chat.hide, name, message=data.draw(st.sampled_from([*known, "unknown"])))

    @rule(name=names)
    def ask(self, name: str) -> None:
        self.give(questions.ask, name, text="why?")

    @rule(
        name=names,
        action=st.sampled_from(
            [
                questions.withdraw,
                questions.vote,
                questions.unvote,
                question_queue.approve,
                question_queue.approve,
                answers.take,
            ]
        ),
        data=st.data(),
    )
    def change(self, name: str, action: Callable[..., Any], data: st.DataObject) -> None:
        self.give(action, name, question=self.question(data))

    @rule(data=st.data())
    def dismiss(self, data: st.DataObject) -> None:
        self.give(question_queue.dismiss, "moderator", question=self.question(data), reason="later")

    @rule(data=st.data())
    def merge(self, data: st.DataObject) -> None:
        self.give(question_queue.merge, "coordinator", question=self.question(data), into=self.question(data))

    @rule(data=st.data(), person=st.sampled_from([*NAMES, None]))
    def assign(self, data: st.DataObject, person: str | None) -> None:
        who = self.cast.id(person) if person else None
        self.give(question_queue.assign, "moderator", question=self.question(data), person=who)

    @rule(data=st.data(), pinned=st.booleans())
    def pin(self, data: st.DataObject, pinned: bool) -> None:
        self.give(question_queue.pin, "moderator", question=self.question(data), pinned=pinned)

    @rule(name=names, data=st.data(), mode=st.sampled_from(["aloud", "text", "sung"]))
    def answer(self, name: str, data: st.DataObject, mode: str) -> None:
        self.give(answers.answer, name, question=self.question(data), mode=mode, text="so")

    @rule(name=names)
    def open_poll(self, name: str) -> None:
        self.give(polls.open_, name, text="which?", options=["a", "b", "c"])

    @rule(name=names, data=st.data(), option=st.integers(-1, 3), close=st.booleans())
    def poll(self, name: str, data: st.DataObject, option: int, close: bool) -> None:
        known = list(Poll.objects.filter(room=self.cast.room_pk).values_list("public_id", flat=True))
        poll = data.draw(st.sampled_from([*known, "unknown"]))
        self.give(polls.vote, name, poll=poll, option=option)
        if close:
            self.give(polls.close, name, poll=poll)

    @rule(by=names, person=names, kind=st.sampled_from(["muted", "banned"]), wanted=st.booleans())
    def restrict(self, by: str, person: str, kind: str, wanted: bool) -> None:
        action = moderation.mute if kind == "muted" else moderation.ban
        self.give(action, by, person=self.cast.id(person), **{kind: wanted})

    @rule(name=names, up=st.booleans())
    def hand(self, name: str, up: bool) -> None:
        self.give(hands.raise_ if up else hands.lower, name)

    @rule(
        name=names,
        action=st.sampled_from([stage.go_live, stage.hold, stage.resume, safety.stop, safety.clear, safety.clear]),
    )
    def direct(self, name: str, action: Callable[..., Any]) -> None:
        self.give(action, name)

    @rule(seconds=st.integers(1, 3))
    def time_passes(self, seconds: int) -> None:
        self.cast.at = self.cast.at.replace(second=(self.cast.at.second + seconds) % 60)


def test_whatever_people_do_the_entries_tell_it_all(db: None) -> None:
    run_state_machine_as_test(
        Crowd,
        settings=settings(
            max_examples=8, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_the_snapshot_keeps_the_latest_messages(cast: Cast, settings: Any) -> None:
    settings.ROOM_SNAPSHOT_CHAT = 2
    for text in ("one", "two", "three"):
        cast.do(chat.post, "attendee", text=text)
    assert [entry["d"]["text"] for entry in cast.state()["chat"]] == ["two", "three"]


@pytest.mark.parametrize("many", [1, 3])
def test_a_snapshot_costs_the_same_however_full_the_room(cast: Cast, many: int, django_assert_num_queries: Any) -> None:
    for _ in range(many):
        cast.do(chat.post, "attendee", text="hello")
        question = cast.do(questions.ask, "attendee", text="why?").extra["question"]
        cast.do(questions.ask, "other", text="when?")
        cast.do(question_queue.approve, "moderator", question=question)
        cast.do(question_queue.assign, "moderator", question=question, person=cast.id("mentor"))
        poll = cast.do(polls.open_, "moderator", text="which?", options=["a", "b"]).extra["poll"]
        cast.do(polls.vote, "attendee", poll=poll, option=0)
        cast.do(hands.raise_, "attendee")
    room, everybody = cast.room, [cast.member(name) for name in NAMES]
    for function, queries in (
        (snapshots.public, 4),
        (snapshots.desk, 3),
        (snapshots.tallies, 1),
        (snapshots.poll_tallies, 2),
        (snapshots.hands, 1),
    ):
        with django_assert_num_queries(queries):
            function(room)
    for people in (everybody[:1], everybody):
        with django_assert_num_queries(5):
            snapshots.many_me(room, people)
    with django_assert_num_queries(1):
        assert len(members.find_many(room=room, people=[m.id for m in everybody])) == len(everybody)


def test_tallies_and_hands(cast: Cast) -> None:
    question = cast.do(questions.ask, "attendee", text="why?").extra["question"]
    assert snapshots.tallies(cast.room) == {}
    cast.do(question_queue.approve, "moderator", question=question)
    assert snapshots.tallies(cast.room) == {question: 0}
    cast.do(questions.vote, "other", question=question)
    assert snapshots.tallies(cast.room) == {question: 1}
    poll = cast.do(polls.open_, "moderator", text="which?", options=["a", "b"]).extra["poll"]
    cast.do(polls.vote, "other", poll=poll, option=1)
    assert snapshots.poll_tallies(cast.room) == {poll: [0, 1]}
    cast.do(polls.close, "moderator", poll=poll)
    assert snapshots.poll_tallies(cast.room) == {}
    cast.do(hands.raise_, "trainee")
    cast.do(hands.raise_, "other")
    assert [hand["person"]["id"] for hand in snapshots.hands(cast.room)] == [cast.id("trainee"), cast.id("other")]
