"""Answering questions: take one, answer it aloud or in writing."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from livesessions.room.actions import guards as gate
from livesessions.room.actions import journal
from livesessions.room.actions.journal import Written
from livesessions.room.models import AnswerMode, Question, QuestionStatus, Room, Stream
from livesessions.room.queries import questions
from livesessions.room.queries.members import Member
from livesessions.room.rules import questions as life
from livesessions.room.rules import stage
from livesessions.room.rules.texts import clean
from shared.clock import iso


@transaction.atomic(savepoint=False)
def take(*, room: Room, member: Member, question: str, at: datetime, cid: UUID | None = None) -> Written:
    """Begin to answer a question; the one taken before goes back to the queue.

    Raises `forbidden`, `stage.hold`, `stage.ended`, `question.*`.
    """
    gate.rights(member, "question.take")
    gate.refuse(stage.taking_refusal(room.stage))
    found = questions.named(room, question)
    if life.is_done("take", found.status):
        return journal.unwritten(room=room, at=at)
    gate.refuse(life.refusal("take", found.status))
    Question.objects.filter(room=room, status=QuestionStatus.TAKEN).update(
        status=QuestionStatus.APPROVED, taken_at=None
    )
    found.status, found.taken_at = QuestionStatus.TAKEN, at
    found.save(update_fields=["status", "taken_at"])
    return journal.write(
        room=room,
        stream=Stream.ROOM,
        kind="question.taken",
        by=member,
        d={"id": found.public_id, "taken_at": iso(at)},
        at=at,
        cid=cid,
        touches=questions.touched(room),
    )


@transaction.atomic(savepoint=False)
def answer(
    *, room: Room, member: Member, question: str, mode: str, text: str = "", at: datetime, cid: UUID | None = None
) -> Written:
    """Close a question as answered: `mode` is `aloud`, or `text` with the answer itself.

    Raises `forbidden`, `question.*`, `answer.mode`, `answer.empty`, `answer.too_long`, `text.invalid`.
    """
    gate.rights(member, "question.answer")
    if mode not in AnswerMode.values:
        gate.refuse("answer.mode")
    if mode == AnswerMode.TEXT or clean(text):
        text = gate.text(text, noun="answer", limit=settings.ROOM_MAX_TEXT)
    found = questions.named(room, question)
    gate.refuse(life.refusal("answer", found.status))
    touches = questions.touched(room)
    found.status, found.closed_at = QuestionStatus.ANSWERED, at
    found.answer_mode, found.answer_text, found.answer_by = mode, clean(text), member.as_author()
    found.save(update_fields=["status", "closed_at", "answer_mode", "answer_text", "answer_by"])
    return journal.write(
        room=room,
        stream=Stream.ROOM,
        kind="question.answered",
        by=member,
        d={"id": found.public_id, "answer": questions.answer(found), "closed_at": iso(at)},
        at=at,
        cid=cid,
        touches=touches,
    )
