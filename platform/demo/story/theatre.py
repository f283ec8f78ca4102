"""Plays the demonstration's two rooms through the room's own actions, so that their journals are real."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Final

from courses.programme.models import Session
from demo.accounts import ACCOUNTS
from demo.story import people, presence, revival, sessions
from demo.story.dialogue import ENDED_DIALOGUE, LIVE_DIALOGUE, Step
from demo.story.presences import LIVE_MINUTES
from demo.story.programme import People
from livesessions.room.actions import answers, chat, question_queue, questions, rooms, stage
from livesessions.room.actions.journal import Written
from livesessions.room.actions.turns import Turn
from livesessions.room.models import Room, Stage
from livesessions.room.queries import members
from livesessions.room.queries.members import Member

_LOBBY: Final = timedelta(minutes=10)
_GUESTS: Final = [guest.email for guest in people.audience()]


def play_ended(session: Session, cast: People) -> None:
    """The session that is over, with everybody's attendance. Played once."""
    room = room_of(session)
    if room.stage != Stage.SCHEDULED:
        return
    live_at = session.starts_at + timedelta(minutes=4)
    end_at = live_at + timedelta(minutes=LIVE_MINUTES)
    actors = _actors(room, cast)
    _perform(room, actors, ENDED_DIALOGUE, live_at)
    presence.attend(room, [actors[address] for address in _GUESTS], live_at)
    stage.end(Turn(room_of(session), actors[ACCOUNTS["moderator"].email], end_at))
    presence.correct(room, cast, end_at + timedelta(minutes=40))


def play_live(session: Session, cast: People, *, at: datetime) -> None:
    """The session that is live now. Once its time is over, or somebody ended it, it goes on today: its times move,
    and whatever was said there stays.
    """
    room = room_of(session)
    if room.stage == Stage.SCHEDULED:
        _perform(room, _actors(room, cast), LIVE_DIALOGUE, session.starts_at)
    elif room.stage == Stage.ENDED or session.planned_end_at < at:
        revival.revive(room, session, live_at=at - sessions.RUNNING)


def room_of(session: Session) -> Room:
    """The session's room as it stands now; LookupError for a cancelled session."""
    room = rooms.for_session(session.public_id)
    if room is None:
        raise LookupError(session.public_id)
    return room


def _actors(room: Room, cast: People) -> dict[str, Member]:
    """The cast as members of this room, by e-mail address."""
    found = members.find_many(room=room, people=[person.public_id for person in cast.values()])
    return {address: found[person.public_id] for address, person in cast.items() if person.public_id in found}


def _perform(room: Room, actors: dict[str, Member], dialogue: Iterable[Step], live_at: datetime) -> None:
    """Open the lobby, go live, and say everything at its minute."""
    moderator = actors[ACCOUNTS["moderator"].email]
    stage.open_(Turn(room, moderator, live_at - _LOBBY))
    stage.go_live(Turn(room_of(room.session), moderator, live_at))
    room, asked = room_of(room.session), dict[str, str]()
    for step in dialogue:
        address = ACCOUNTS[step.who].email if isinstance(step.who, str) else _GUESTS[step.who]
        at = live_at + timedelta(minutes=step.minute)
        written = _say(step, Turn(room, actors[address], at), asked.get(step.about, ""))
        if step.do == "ask":
            asked[step.about] = written.extra["question"]


def _say(step: Step, turn: Turn, question: str) -> Written:
    says: dict[str, Callable[[], Written]] = {
        "chat": lambda: chat.post(turn, text=step.text),
        "ask": lambda: questions.ask(turn, text=step.text),
        "vote": lambda: questions.vote(turn, question=question),
        "approve": lambda: question_queue.approve(turn, question=question),
        "dismiss": lambda: question_queue.dismiss(turn, question=question, reason=step.text),
        "take": lambda: answers.take(turn, question=question),
        "aloud": lambda: answers.answer(turn, question=question, mode="aloud"),
        "write": lambda: answers.answer(turn, question=question, mode="text", text=step.text),
    }
    return says[step.do]()
