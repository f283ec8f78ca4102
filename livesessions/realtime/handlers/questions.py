"""Commands of questions: asking and voting, the moderator's queue, the answers."""

import msgspec

from livesessions.realtime.commands import Context, command
from livesessions.realtime.fields import PublicId
from livesessions.room.actions import answers, questions
from livesessions.room.actions import question_queue as queue
from livesessions.room.actions.journal import Written


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
def ask(context: Context, do: Ask) -> Written:
    """Put a question to the moderator."""
    return questions.ask(room=context.room, member=context.member, text=do.text, at=context.at, cid=context.cid)


@command("question.withdraw")
def withdraw(context: Context, do: Named) -> Written:
    """Take one's own question back."""
    return questions.withdraw(
        room=context.room, member=context.member, question=do.question, at=context.at, cid=context.cid
    )


@command("question.vote", limit="vote", is_light=True)
def vote(context: Context, do: Named) -> Written:
    """Wish for an answer too."""
    return questions.vote(room=context.room, member=context.member, question=do.question, at=context.at)


@command("question.unvote", limit="vote")
def unvote(context: Context, do: Named) -> Written:
    """Take the vote back."""
    return questions.unvote(room=context.room, member=context.member, question=do.question, at=context.at)


@command("question.approve")
def approve(context: Context, do: Named) -> Written:
    """Show a question to the room."""
    return queue.approve(room=context.room, member=context.member, question=do.question, at=context.at, cid=context.cid)


@command("question.dismiss")
def dismiss(context: Context, do: Dismiss) -> Written:
    """Set a question aside."""
    return queue.dismiss(
        room=context.room,
        member=context.member,
        question=do.question,
        reason=do.reason,
        at=context.at,
        cid=context.cid,
    )


@command("question.merge")
def merge(context: Context, do: Merge) -> Written:
    """Join a question with another."""
    return queue.merge(
        room=context.room,
        member=context.member,
        question=do.question,
        into=do.into,
        at=context.at,
        cid=context.cid,
    )


@command("question.assign")
def assign(context: Context, do: Assign) -> Written:
    """Give a question to somebody who answers."""
    return queue.assign(
        room=context.room,
        member=context.member,
        question=do.question,
        person=do.person,
        at=context.at,
        cid=context.cid,
    )


@command("question.pin")
def pin(context: Context, do: Pin) -> Written:
    """Put a question before the others."""
    return queue.pin(
        room=context.room,
        member=context.member,
        question=do.question,
        pinned=do.pinned,
        at=context.at,
        cid=context.cid,
    )


@command("question.take")
def take(context: Context, do: Named) -> Written:
    """Begin to answer a question."""
    return answers.take(room=context.room, member=context.member, question=do.question, at=context.at, cid=context.cid)


@command("question.answer")
def answer(context: Context, do: Answer) -> Written:
    """Close a question as answered."""
    return answers.answer(
        room=context.room,
        member=context.member,
        question=do.question,
        mode=do.mode,
        text=do.text,
        at=context.at,
        cid=context.cid,
    )
