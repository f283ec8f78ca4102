"""The asker's side of questions: ask, take back, vote."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from livesessions.room import policies
from livesessions.room.actions import batches, journal
from livesessions.room.actions import guards as gate
from livesessions.room.actions.journal import Written
from livesessions.room.events import TalliesChanged, announce
from livesessions.room.models import Question, QuestionStatus, QuestionVote, Room, Stream
from livesessions.room.queries import questions
from livesessions.room.queries.members import Member
from livesessions.room.rules import questions as life


@transaction.atomic(savepoint=False)
def ask(*, room: Room, member: Member, text: str, at: datetime, cid: UUID | None = None) -> Written:
    """Put a question to the moderator, also during a hold; `ok.question` is its id.

    Not idempotent by itself: the transport's receipt makes one command one question. Raises `forbidden`,
    `person.muted`, `stage.*`, `question.empty`, `question.too_long`, `text.invalid`.
    """
    gate.rights(member, "question.ask")
    gate.speaking(room)
    text = gate.text(text, noun="question", limit=settings.ROOM_MAX_TEXT)
    question = Question.objects.create(
        room=room, asker_id=member.pk, asker_card=member.as_card(), text=text, asked_at=at
    )
    return journal.write(
        room=room,
        stream=Stream.DESK,
        kind="question.asked",
        by=member,
        d=questions.as_wire(question),
        at=at,
        cid=cid,
        touches=(member.id,),
        extra={"question": question.public_id},
    )


@transaction.atomic(savepoint=False)
def withdraw(*, room: Room, member: Member, question: str, at: datetime, cid: UUID | None = None) -> Written:
    """Take one's own question back before it is answered. Those who never saw it do not hear of it.

    Raises `forbidden`, `question.unknown`, `question.taken`, `question.closed`.
    """
    gate.rights(member, "question.withdraw")
    found = questions.named(room, question)
    if not policies.may_withdraw(member, found.asker_id):
        gate.refuse("forbidden")
    if life.is_done("withdraw", found.status):
        return journal.unwritten(room=room, at=at)
    gate.refuse(life.refusal("withdraw", found.status))
    stream = Stream.ROOM if found.status == QuestionStatus.APPROVED else Stream.DESK
    touches = questions.touched(room, *questions.voters(found).values())
    found.status, found.closed_at = QuestionStatus.WITHDRAWN, at
    found.save(update_fields=["status", "closed_at"])
    return journal.write(
        room=room,
        stream=stream,
        kind="question.withdrawn",
        by=member,
        d={"id": found.public_id},
        at=at,
        cid=cid,
        touches=touches,
    )


@transaction.atomic(savepoint=False)
def vote(*, room: Room, member: Member, question: str, at: datetime) -> Written:
    """Wish for an answer too. Voting twice is voting once.

    Raises `forbidden`, `stage.*`, `question.unknown`, `question.own`, `question.pending`, `question.closed`.
    """
    found = _votable(room, member, question, "question.vote")
    batches.insert(QuestionVote(question=found, person_id=member.pk), room=room, unless_there=True)
    announce(TalliesChanged(room.public_id, member.id))
    return journal.unwritten(room=room, at=at)


@transaction.atomic(savepoint=False)
def unvote(*, room: Room, member: Member, question: str, at: datetime) -> Written:
    """Take the vote back; without one nothing changes. Raises what `vote` raises."""
    found = _votable(room, member, question, "question.unvote")
    QuestionVote.objects.filter(question=found, person=member.pk).delete()
    announce(TalliesChanged(room.public_id, member.id))
    return journal.unwritten(room=room, at=at)


def _votable(room: Room, member: Member, question: str, do: str) -> Question:
    gate.rights(member, do)
    gate.speaking(room)
    found = questions.named(room, question)
    if found.asker_id == member.pk:
        gate.refuse("question.own")
    gate.refuse(life.refusal("vote", found.status))
    return found
