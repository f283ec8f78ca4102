"""Every acknowledgement lost, in thousands of ways: one command stays one entry, and its answer stays its answer."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import Any, Final
from uuid import UUID, uuid4

import pytest
from django.db import connections
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from livesessions.realtime import writer
from livesessions.realtime.writer import Answer, Job
from tests.faults import outboxes
from tests.faults.conftest import Length
from tests.faults.outboxes import Command, Commit, Outboxes

pytestmark = pytest.mark.django_db(transaction=True)

COMMON: Final[dict[str, Any]] = {
    "deadline": None,
    "database": None,
    "stateful_step_count": 8,
    "suppress_health_check": list(HealthCheck),
}


@pytest.fixture
def machine() -> type[Outboxes]:
    """The state machine on fresh rooms of this test's database."""

    class Machine(Outboxes):
        rooms = outboxes.Rooms()
        members = outboxes.cast()
        seen = Counter()

    return Machine


def _with(machine: type[Outboxes], commit: Commit) -> type[Outboxes]:
    machine.commit_jobs = staticmethod(commit)  # type: ignore[assignment]
    return machine


def test_one_entry_per_command_whatever_is_lost(
    machine: type[Outboxes], length: Length, caplog: pytest.LogCaptureFixture
) -> None:
    cases = length.of(short=5_000, full=10_000)
    run_state_machine_as_test(_with(machine, writer.commit), settings=settings(max_examples=cases, **COMMON))
    print("cids:", ", ".join(f"{count} {what}" for what, count in machine.seen.items()))
    assert min(machine.seen[what] for what in ("repeated", "conflict", "refused")) > cases / 20, "too tame a game"
    assert caplog.records == [], "no fault of ours on the way"


def _forgetful(jobs: list[Job]) -> list[Answer | Exception]:
    """A writer that does not look at cids."""
    return writer.commit([replace(job, cid=uuid4()) for job in jobs])


def test_a_writer_that_forgets_cids_is_found_out(machine: type[Outboxes]) -> None:
    few = settings(max_examples=200, phases=[Phase.generate], **COMMON)
    with pytest.raises((AssertionError, KeyError)):
        run_state_machine_as_test(_with(machine, _forgetful), settings=few)


def test_two_writers_at_the_same_instant_answer_alike(length: Length) -> None:
    _answer_alike(length.of(short=10, full=200))


@pytest.mark.services
def test_two_writers_at_the_same_instant_answer_alike_on_postgresql(length: Length) -> None:
    _answer_alike(length.of(short=10, full=200))


def _answer_alike(times: int) -> None:
    """Two get every command, each in an order of its own, and commit at once."""
    rooms, members, chance = outboxes.Rooms(), outboxes.cast(), random.Random(1)
    for _ in range(times):
        room, commands = rooms.take(), [_command(members[n % 3], chance) for n in range(40)]
        start = Barrier(2)
        orders = [chance.sample(commands, len(commands)) for _ in range(2)]
        with ThreadPoolExecutor(2) as threads:
            one, other = threads.map(lambda order: _commit(room, order, start), orders)  # noqa: B023 - done before the next
        assert one == other
        entries = outboxes.select("SELECT stream, seq FROM room_journalentry WHERE room_id = %s", room)
        assert sorted(entries) == sorted((answer["st"], answer["seq"]) for answer in one.values())
        tops = Counter(stream for stream, _ in entries)
        assert sorted(entries) == [(stream, n + 1) for stream in sorted(tops) for n in range(tops[stream])]


def _command(by: Any, chance: random.Random) -> Command:
    cid = UUID(int=chance.getrandbits(128), version=4)
    do = chance.choice(("chat.post", "chat.post", "question.ask", "poll.open"))
    return Command(by, cid, {"do": do, "cid": str(cid), "text": "hi", "options": ["one", "two"]})


def _commit(room: int, commands: list[Command], start: Barrier) -> dict[Any, Answer]:
    """In a thread with a connection of its own, a few at a time."""
    answers: dict[Any, Answer] = {}
    try:
        start.wait(30)
        for first in range(0, len(commands), 7):
            few = commands[first : first + 7]
            for command, answer in zip(few, writer.commit([each.job(room) for each in few]), strict=True):
                if isinstance(answer, dict):  # the attendees' polls are refused, each time again
                    answers[command.key] = answer
    finally:
        connections.close_all()
    return answers
