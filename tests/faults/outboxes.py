"""People, their outboxes and two writers, as hypothesis plays them: whatever is lost or sent again, once is once.

The model is what a client may believe: the first `ok` of a cid is its answer for ever. What the database holds at the
end is compared with the first answers alone.
"""

import random
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar, Final
from uuid import UUID

import msgspec
from django.db import connection
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from courses.programme.models import Session
from livesessions.realtime import handlers, protocol
from livesessions.realtime.commands import COMMANDS
from livesessions.realtime.writer import Answer, Job
from livesessions.room.models import LiveWindow, Room, Stage
from livesessions.room.queries.members import Member
from shared.clock import now
from shared.errors import DomainError
from tests import factories

__all__ = ["Command", "Commit", "Outboxes", "Rooms", "cast", "handlers", "select"]

Commit = Callable[[list[Job]], list[Answer | Exception]]
Key = tuple[str, UUID]
_ROOMS_AT_ONCE: Final = 500
_WRITERS: Final = 2
# What a command is about is drawn as a number and looked up among the things the room has by then.
_NEEDS: Final = {
    "chat.post": None,
    "question.ask": None,
    "poll.open": None,
    "hand.raise": None,
    "hand.lower": None,
    "chat.hide": "message",
    "question.approve": "question",
    "question.withdraw": "question",
    "question.vote": "question",
    "question.unvote": "question",
    "poll.vote": "poll",
    "poll.close": "poll",
}
_ALWAYS_WRITES: Final = {"chat.post": "message", "question.ask": "question", "poll.open": "poll"}
_MAKES: Final = {noun: do for do, noun in _ALWAYS_WRITES.items()}
_MADE: Final = {"message": "chatmessage", "question": "question", "poll": "poll"}


class Rooms:
    """Live rooms nobody has used yet, made in bulk: a case takes a fresh one and the database is never emptied."""

    def __init__(self) -> None:
        self._course = factories.course()
        self._ready: deque[int] = deque()

    def take(self) -> int:
        """The database key of a live room with an empty journal."""
        if not self._ready:
            at = now()
            sessions = Session.objects.bulk_create(
                Session(
                    course=self._course,
                    title="Case",
                    time_zone="UTC",
                    starts_at=at,
                    planned_end_at=at + timedelta(hours=1),
                )
                for _ in range(_ROOMS_AT_ONCE)
            )
            rooms = Room.objects.bulk_create(
                Room(session=session, public_id=session.public_id, stage=Stage.LIVE, live_at=at) for session in sessions
            )
            LiveWindow.objects.bulk_create(LiveWindow(room=room, started_at=at) for room in rooms)
            self._ready.extend(room.pk for room in rooms)
        return self._ready.popleft()


def cast() -> list[Member]:
    """A moderator and two attendees, members of every room: the writer takes the transport's word for it."""
    people = [factories.person(full_name=name) for name in ("Moderator", "Ana", "Beto")]
    roles = ["moderator", "attendee", "attendee"]
    return [Member(p.pk, p.public_id, p.full_name, role, "remote") for p, role in zip(people, roles, strict=True)]


@dataclass(frozen=True, slots=True)
class Command:
    """One entry of an outbox: the frame without its echoed id."""

    by: Member
    cid: UUID
    frame: dict[str, Any]

    @property
    def key(self) -> Key:
        return self.by.id, self.cid

    @property
    def do(self) -> str:
        return str(self.frame["do"])

    def job(self, room: int) -> Job:
        command = COMMANDS[self.do]
        fields = protocol.fields(self.frame, command.fields)
        return Job(room, self.by, command, fields, self.cid, protocol.payload(self.frame), now())


@dataclass(frozen=True, slots=True)
class First:
    """What was done under a cid, and how it was answered."""

    command: Command
    answer: Answer


people = st.sampled_from((0, 0, 1, 2))  # the moderator may do most
numbers = st.integers(0, 31)
writers = st.integers(0, _WRITERS - 1)


class Outboxes(RuleBasedStateMachine):
    """`given` is every command ever put in an outbox; `queues` are the commands that reached a writer."""

    rooms: ClassVar[Rooms]
    members: ClassVar[list[Member]]
    commit_jobs: ClassVar[Commit]
    seen: ClassVar[Counter[str]]  # how often what happened, in all cases together

    @initialize(seed=st.integers(0, 2**32 - 1))
    def enter(self, seed: int) -> None:
        self.room = self.rooms.take()
        self.seen["cases"] += 1
        self.chance = random.Random(seed)  # cids that a failing case has again when it is replayed
        self.given: list[Command] = []
        self.unanswered: dict[Key, Command] = {}
        self.queues: list[list[Command]] = [[] for _ in range(_WRITERS)]
        self.first: dict[Key, First] = {}
        self.known: dict[str, list[str]] = {noun: [] for noun in _MADE}
        self.raised: set[int] = set()
        self.votes: set[tuple[str, int]] = set()
        self.choices: dict[tuple[str, int], int] = {}

    @rule(
        wishes=st.lists(st.tuples(people, st.sampled_from(sorted(_NEEDS)), numbers), min_size=1, max_size=4), to=writers
    )
    def give(self, wishes: list[tuple[int, str, int]], to: int) -> None:
        """People press send, and their frames arrive at one of the writers."""
        for by, do, pick in wishes:
            cid = UUID(int=self.chance.getrandbits(128), version=4)
            command = Command(self.members[by], cid, self._frame(do, pick, cid))
            self.given.append(command)
            self.unanswered[command.key] = command
            self.queues[to].append(command)

    @rule(to=writers, pick=numbers)
    def send_again(self, to: int, pick: int) -> None:
        """A command goes out once more: its connection died, or the client does not believe the answer it had."""
        if self.given:
            self.queues[to].append(self.given[pick % len(self.given)])

    @rule(to=writers, shuffled=st.booleans())
    def come_back(self, to: int, shuffled: bool) -> None:
        """Every connection died: all outboxes are sent again, to one writer, in their order or in none."""
        again = list(self.unanswered.values())
        if shuffled:
            self.chance.shuffle(again)
        self.queues[to].extend(again)

    @rule(to=writers, pick=numbers)
    def forge(self, to: int, pick: int) -> None:
        """A command once more, and its cid again under other words."""
        if self.given:
            known = self.given[pick % len(self.given)]
            frame = {"do": "chat.post", "cid": str(known.cid), "text": f"not what was meant: {pick}"}
            self.queues[to] += known, Command(known.by, known.cid, frame)

    @rule(at=writers, heard=st.booleans())
    def commit(self, at: int, heard: bool) -> None:
        """A writer commits what is queued; its answers reach everybody or nobody."""
        queue, self.queues[at] = self.queues[at], []
        answers = type(self).commit_jobs([command.job(self.room) for command in queue])
        assert len(answers) == len(queue)
        for command, answer in zip(queue, answers, strict=True):
            self._judge(command, answer)
            if heard:
                self.unanswered.pop(command.key, None)

    @rule(at=writers)
    def kill(self, at: int) -> None:
        """A process dies with commands it had not committed."""
        self.queues[at].clear()

    def teardown(self) -> None:
        """Everything arrives at last, and everybody sends all they have once more; then the books are compared."""
        self.queues[0] += self.queues[1] + self.given
        self.commit(0, heard=True)
        self._compare_journal()
        self._compare_rows()

    def _frame(self, do: str, pick: int, cid: UUID) -> dict[str, Any]:
        if (noun := _NEEDS[do]) and not self.known[noun] and pick % 8:  # seldom about nothing
            do, noun = _MAKES[noun], None
        frame: dict[str, Any] = {"do": do, "cid": str(cid)}
        if noun:
            known = self.known[noun] or ["nothing"]
            frame[noun] = known[pick % len(known)]
        if do in {"chat.post", "question.ask", "poll.open"}:
            frame["text"] = f"words {pick}"
        if do == "poll.open":
            frame["options"] = ["one", "two", "three"]
        if do == "poll.vote":
            frame["option"] = pick % 4  # one of them is not there
        return frame

    def _judge(self, command: Command, answer: Answer | Exception) -> None:
        first = self.first.get(command.key)
        self.seen["arrived"] += 1
        if isinstance(answer, DomainError):
            self.seen["conflict" if answer.code == "cid.conflict" else "refused"] += 1
            is_other = first is not None and first.command.frame != command.frame
            assert (answer.code == "cid.conflict") == is_other, (command, answer.code)
            assert first is None or is_other, f"done once, refused when asked again: {command}, {answer.code}"
            return
        assert isinstance(answer, dict), (command, answer)
        if first is not None:
            assert (first.command.frame, first.answer) == (command.frame, answer)
            self.seen["repeated"] += 1
            return
        self.seen["done"] += 1
        self.first[command.key] = First(command, answer)
        self._take_effect(command, answer)

    def _take_effect(self, command: Command, answer: Answer) -> None:
        pk, frame = command.by.pk, command.frame
        if noun := _ALWAYS_WRITES.get(command.do):
            self.known[noun].append(answer[noun])
        if command.do == "hand.raise":
            self.raised.add(pk)
        elif command.do == "hand.lower":
            self.raised.discard(pk)
        elif command.do == "question.vote":
            self.votes.add((frame["question"], pk))
        elif command.do == "question.unvote":
            self.votes.discard((frame["question"], pk))
        elif command.do == "poll.vote":
            self.choices[frame["poll"], pk] = frame["option"]

    def _compare_journal(self) -> None:
        streams: dict[str, list[Any]] = {"room": [], "desk": []}
        for stream, seq, wire in self._rows("journalentry", "stream, seq, wire", order="seq"):
            streams[stream].append((seq, msgspec.json.decode(wire)))
        written: list[Key] = []
        [tops] = select("SELECT room_seq, desk_seq FROM room_room WHERE id = %s", self.room)
        for stream, top in zip(("room", "desk"), tops, strict=True):
            assert [seq for seq, _ in streams[stream]] == list(range(1, top + 1)), f"holes in {stream}"
            keys = [(entry["by"]["id"], UUID(entry["cid"])) for _, entry in streams[stream]]
            answered = [self.first[key].answer for key in keys]
            assert [(a["st"], a["seq"]) for a in answered] == [(stream, seq) for seq, _ in streams[stream]]
            order = [key for key in self.first if key in set(keys)]  # first answers, in the order they were given
            assert keys == order, f"{stream} is not in the order of the answers"
            written += keys
        assert max(Counter(written).values(), default=1) == 1, "an entry was doubled"
        always = {key for key, first in self.first.items() if first.command.do in _ALWAYS_WRITES}
        assert always <= set(written), "an answer without an entry"

    def _compare_rows(self) -> None:
        assert len(self._rows("receipt", "id")) == len(self.first)
        for noun, table in _MADE.items():
            made = [name for (name,) in self._rows(table, "public_id")]
            assert sorted(made) == sorted(self.known[noun]), table
        assert {person for (person,) in self._rows("hand", "person_id")} == self.raised
        votes = select(_VOTES, self.room)
        assert set(votes) == self.votes
        choices = select(_CHOICES, self.room)
        assert {(poll, person): option for poll, person, option in choices} == self.choices

    def _rows(self, table: str, columns: str, *, order: str = "id") -> list[Any]:
        return select(f"SELECT {columns} FROM room_{table} WHERE room_id = %s ORDER BY {order}", self.room)


_VOTES: Final = """SELECT question.public_id, vote.person_id FROM room_questionvote vote
JOIN room_question question ON question.id = vote.question_id WHERE question.room_id = %s"""
_CHOICES: Final = """SELECT poll.public_id, vote.person_id, vote.option FROM room_pollvote vote
JOIN room_poll poll ON poll.id = vote.poll_id WHERE poll.room_id = %s"""


def select(query: str, room: int) -> list[Any]:
    """What stands in the tables, past the models and quickly."""
    with connection.cursor() as cursor:
        cursor.execute(query, [room])
        return cursor.fetchall()
