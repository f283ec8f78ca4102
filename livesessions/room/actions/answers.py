"""Answering questions: take one, answer it aloud or in writing."""

from django.conf import settings
from django.db import transaction

from livesessions.room.actions import guards
from livesessions.room.actions.journal import Written
from livesessions.room.actions.turns import Turn
from livesessions.room.models import AnswerMode, Question, QuestionStatus, Stream
from livesessions.room.queries import questions
from livesessions.room.rules import questions as life
from livesessions.room.rules import stage
from livesessions.room.rules.texts import clean
from shared.clock import iso


@transaction.atomic(savepoint=False)
def take(turn: Turn, *, question: str) -> Written:
    """Begin to answer a question; the one taken before goes back to the queue.

    Raises `forbidden`, `stage.hold`, `stage.ended`, `question.*`.
    """
    guards.rights(turn.member, "question.take")
    guards.refuse(stage.taking_refusal(turn.room.stage))
    row = questions.named(turn.room, question)
    if life.is_done("take", row.status):
        return turn.unwritten()
    guards.refuse(life.refusal("take", row.status))
    Question.objects.filter(room=turn.room, status=QuestionStatus.TAKEN).update(
        status=QuestionStatus.APPROVED, taken_at=None
    )
    row.status, row.taken_at = QuestionStatus.TAKEN, turn.at
    row.save(update_fields=["status", "taken_at"])
    return turn.write(
        Stream.ROOM,
        "question.taken",
        {"id": row.public_id, "taken_at": iso(turn.at)},
        touches=questions.touched(turn.room),
    )


@transaction.atomic(savepoint=False)
def answer(turn: Turn, *, question: str, mode: str, text: str = "") -> Written:
    """Close a question as answered: `mode` is `aloud`, or `text` with the answer itself.

    Raises `forbidden`, `question.*`, `answer.mode`, `answer.empty`, `answer.too_long`, `text.invalid`.
    """
    guards.rights(turn.member, "question.answer")
    if mode not in AnswerMode.values:
        guards.refuse("answer.mode")
    if mode == AnswerMode.TEXT or clean(text):
        text = guards.text(text, noun="answer", limit=settings.ROOM_MAX_TEXT)
    row = questions.named(turn.room, question)
    guards.refuse(life.refusal("answer", row.status))
    touches = questions.touched(turn.room)
    row.status, row.closed_at = QuestionStatus.ANSWERED, turn.at
    row.answer_mode, row.answer_text, row.answer_by = mode, clean(text), turn.member.as_author()
    row.save(update_fields=["status", "closed_at", "answer_mode", "answer_text", "answer_by"])
    return turn.write(
        Stream.ROOM,
        "question.answered",
        {"id": row.public_id, "answer": questions.answer(row), "closed_at": iso(turn.at)},
        touches=touches,
    )
