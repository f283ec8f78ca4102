"""Commands of questions: asking and voting, the moderator's queue, the answers."""

import msgspec

from livesessions.realtime.commands import command
from livesessions.realtime.fields import PublicId
from livesessions.room.actions import answers, question_queue, questions
from livesessions.room.actions.journal import Written
from livesessions.room.actions.turns import Turn


class Ask(msgspec.Struct, frozen=True):
    text: str


class Named(msgspec.Struct, frozen=True):
    question: PublicId


class Dismiss(msgspec.Struct, frozen=True):
    question: PublicId
    reason: str = ""


class Merge(msgspec.Struct, frozen=True):
    question: PublicId
    into: PublicId


class Assign(msgspec.Struct, frozen=True):
    question: PublicId
    person: PublicId | None


class Pin(msgspec.Struct, frozen=True):
    question: PublicId
    pinned: bool


class Answer(msgspec.Struct, frozen=True):
    question: PublicId
    mode: str
    text: str = ""


@command("question.ask", limit="question")
def ask(turn: Turn, do: Ask) -> Written:
    """Put a question to the moderator."""
    return questions.ask(turn, text=do.text)


@command("question.withdraw")
def withdraw(turn: Turn, do: Named) -> Written:
    """Take one's own question back."""
    return questions.withdraw(turn, question=do.question)


@command("question.vote", limit="vote", is_light=True)
def vote(turn: Turn, do: Named) -> Written:
    """Wish for an answer too."""
    return questions.vote(turn, question=do.question)


@command("question.unvote", limit="vote")
def unvote(turn: Turn, do: Named) -> Written:
    """Take the vote back."""
    return questions.unvote(turn, question=do.question)


@command("question.approve")
def approve(turn: Turn, do: Named) -> Written:
    """Show a question to the room."""
    return question_queue.approve(turn, question=do.question)


@command("question.dismiss")
def dismiss(turn: Turn, do: Dismiss) -> Written:
    """Set a question aside."""
    return question_queue.dismiss(turn, question=do.question, reason=do.reason)


@command("question.merge")
def merge(turn: Turn, do: Merge) -> Written:
    """Join a question with another."""
    return question_queue.merge(turn, question=do.question, into=do.into)


@command("question.assign")
def assign(turn: Turn, do: Assign) -> Written:
    """Give a question to somebody who answers."""
    return question_queue.assign(turn, question=do.question, person=do.person)


@command("question.pin")
def pin(turn: Turn, do: Pin) -> Written:
    """Put a question before the others."""
    return question_queue.pin(turn, question=do.question, pinned=do.pinned)


@command("question.take")
def take(turn: Turn, do: Named) -> Written:
    """Begin to answer a question."""
    return answers.take(turn, question=do.question)


@command("question.answer")
def answer(turn: Turn, do: Answer) -> Written:
    """Close a question as answered."""
    return answers.answer(turn, question=do.question, mode=do.mode, text=do.text)
