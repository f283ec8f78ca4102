"""The asker's side of questions: ask, take back, vote."""

from django.conf import settings
from django.db import transaction

from livesessions.room import policies
from livesessions.room.actions import batches, guards
from livesessions.room.actions.journal import Written
from livesessions.room.actions.turns import Turn
from livesessions.room.events import TalliesChanged, announce
from livesessions.room.models import Question, QuestionStatus, QuestionVote, Stream
from livesessions.room.queries import questions
from livesessions.room.rules import questions as life


@transaction.atomic(savepoint=False)
def ask(turn: Turn, *, text: str) -> Written:
    """Put a question to the moderator, also during a hold; `ok.question` is its id.

    Not idempotent by itself: the transport's receipt makes one command one question. Raises `forbidden`,
    `person.muted`, `stage.*`, `question.empty`, `question.too_long`, `text.invalid`.
    """
    guards.rights(turn.member, "question.ask")
    guards.speaking(turn.room)
    text = guards.text(text, noun="question", limit=settings.ROOM_MAX_TEXT)
    question = Question.objects.create(
        room=turn.room, asker_id=turn.member.pk, asker_card=turn.member.as_card(), text=text, asked_at=turn.at
    )
    return turn.write(
        Stream.DESK,
        "question.asked",
        questions.as_wire(question),
        touches=(turn.member.id,),
        extra={"question": question.public_id},
    )


@transaction.atomic(savepoint=False)
def withdraw(turn: Turn, *, question: str) -> Written:
    """Take one's own question back before it is answered. Those who never saw it do not hear of it.

    Raises `forbidden`, `question.unknown`, `question.taken`, `question.closed`.
    """
    guards.rights(turn.member, "question.withdraw")
    row = questions.named(turn.room, question)
    if not policies.may_withdraw(turn.member, row.asker_id):
        guards.refuse("forbidden")
    if life.is_done("withdraw", row.status):
        return turn.unwritten()
    guards.refuse(life.refusal("withdraw", row.status))
    stream = Stream.ROOM if row.status == QuestionStatus.APPROVED else Stream.DESK
    touches = questions.touched(turn.room, *questions.voters(row).values())
    row.status, row.closed_at = QuestionStatus.WITHDRAWN, turn.at
    row.save(update_fields=["status", "closed_at"])
    return turn.write(stream, "question.withdrawn", {"id": row.public_id}, touches=touches)


@transaction.atomic(savepoint=False)
def vote(turn: Turn, *, question: str) -> Written:
    """Wish for an answer too. Voting twice is voting once.

    Raises `forbidden`, `stage.*`, `question.unknown`, `question.own`, `question.pending`, `question.closed`.
    """
    row = _votable(turn, question, "question.vote")
    batches.insert(QuestionVote(question=row, person_id=turn.member.pk), room=turn.room, unless_there=True)
    announce(TalliesChanged(turn.room.public_id, turn.member.id))
    return turn.unwritten()


@transaction.atomic(savepoint=False)
def unvote(turn: Turn, *, question: str) -> Written:
    """Take the vote back; without one nothing changes. Raises what `vote` raises."""
    row = _votable(turn, question, "question.unvote")
    QuestionVote.objects.filter(question=row, person=turn.member.pk).delete()
    announce(TalliesChanged(turn.room.public_id, turn.member.id))
    return turn.unwritten()


def _votable(turn: Turn, question: str, do: str) -> Question:
    guards.rights(turn.member, do)
    guards.speaking(turn.room)
    row = questions.named(turn.room, question)
    if row.asker_id == turn.member.pk:
        guards.refuse("question.own")
    guards.refuse(life.refusal("vote", row.status))
    return row
