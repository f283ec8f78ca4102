"""The moderator's side of questions: let in, set aside, join, assign, pin."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from livesessions.room import policies
from livesessions.room.actions import guards as gate
from livesessions.room.actions import journal
from livesessions.room.actions.journal import Written
from livesessions.room.events import TalliesChanged, announce
from livesessions.room.models import Question, QuestionStatus, QuestionVote, Room, Stream
from livesessions.room.queries import members, questions
from livesessions.room.queries.members import Member
from livesessions.room.rules import questions as life
from livesessions.room.rules.texts import REASON_LIMIT
from shared.errors import DomainError


@transaction.atomic(savepoint=False)
def approve(*, room: Room, member: Member, question: str, at: datetime, cid: UUID | None = None) -> Written:
    """Show the question to the room, also one that was dismissed. Raises `forbidden`, `question.*`."""
    gate.rights(member, "question.approve")
    found = questions.named(room, question)
    if life.is_done("approve", found.status):
        return journal.unwritten(room=room, at=at)
    gate.refuse(life.refusal("approve", found.status))
    found.status, found.approved_at, found.dismissed_reason, found.closed_at = QuestionStatus.APPROVED, at, "", None
    written = journal.write(
        room=room,
        stream=Stream.ROOM,
        kind="question.approved",
        by=member,
        d=questions.as_wire(found),
        at=at,
        cid=cid,
        touches=questions.touched(room, found.asker_card["id"], *questions.voters(found).values()),
    )
    found.approved_seq = written.seq
    found.save()
    announce(TalliesChanged(room.public_id, member.id))  # it may come with the votes of questions joined with it
    return written


@transaction.atomic(savepoint=False)
def dismiss(
    *, room: Room, member: Member, question: str, reason: str, at: datetime, cid: UUID | None = None
) -> Written:
    """Set a pending question aside, with a reason its asker and the desk can read.

    Raises `forbidden`, `question.*`, `reason.empty`, `reason.too_long`, `text.invalid`.
    """
    gate.rights(member, "question.dismiss")
    reason = gate.text(reason, noun="reason", limit=REASON_LIMIT)
    found = questions.named(room, question)
    if life.is_done("dismiss", found.status):
        return journal.unwritten(room=room, at=at)
    gate.refuse(life.refusal("dismiss", found.status))
    touches = questions.touched(room)
    found.status, found.dismissed_reason = QuestionStatus.DISMISSED, reason
    found.save(update_fields=["status", "dismissed_reason"])
    return journal.write(
        room=room,
        stream=Stream.DESK,
        kind="question.dismissed",
        by=member,
        d={"id": found.public_id, "reason": reason},
        at=at,
        cid=cid,
        touches=touches,
    )


@transaction.atomic(savepoint=False)
def merge(*, room: Room, member: Member, question: str, into: str, at: datetime, cid: UUID | None = None) -> Written:
    """Join a question with another that asks the same. Votes are united, the asker becomes a voter.

    Raises `forbidden`, `question.same`, `question.*`.
    """
    gate.rights(member, "question.merge")
    if question == into:
        gate.refuse("question.same")
    source, target = questions.named(room, question), questions.named(room, into)
    if source.merged_into_id == target.pk:
        return journal.unwritten(room=room, at=at)
    gate.refuse(life.merge_refusal(source.status, target.status))
    touches = questions.touched(room, *_unite_votes(source, target))
    Question.objects.filter(merged_into=source).update(merged_into=target)
    source.status, source.merged_into, source.closed_at = QuestionStatus.MERGED, target, at
    source.save(update_fields=["status", "merged_into", "closed_at"])
    announce(TalliesChanged(room.public_id, member.id))
    return journal.write(
        room=room,
        stream=Stream.ROOM,
        kind="question.merged",
        by=member,
        d={"id": source.public_id, "into": target.public_id},
        at=at,
        cid=cid,
        touches=touches,
    )


@transaction.atomic(savepoint=False)
def assign(
    *, room: Room, member: Member, question: str, person: str | None, at: datetime, cid: UUID | None = None
) -> Written:
    """Give the question to somebody who answers, or (None) to nobody; the desk alone hears of it.

    Raises `forbidden`, `question.*`, `person.unknown` for anybody who may not answer.
    """
    gate.rights(member, "question.assign")
    found = questions.named(room, question)
    gate.refuse(life.refusal("assign", found.status))
    mentor = members.find(room=room, person=person) if person else None
    if person and not (mentor and policies.may_be_assigned(mentor)):
        raise DomainError("person.unknown")
    if found.assigned_to_id == (mentor.pk if mentor else None):
        return journal.unwritten(room=room, at=at)
    found.assigned_to_id = mentor.pk if mentor else None
    found.save(update_fields=["assigned_to"])
    return journal.write(
        room=room,
        stream=Stream.DESK,
        kind="question.assigned",
        by=member,
        d={"id": found.public_id, "to": {"id": mentor.id, "name": mentor.name} if mentor else None},
        at=at,
        cid=cid,
    )


@transaction.atomic(savepoint=False)
def pin(*, room: Room, member: Member, question: str, pinned: bool, at: datetime, cid: UUID | None = None) -> Written:
    """Put the question before the others, or back among them. Raises `forbidden`, `question.*`."""
    gate.rights(member, "question.pin")
    found = questions.named(room, question)
    gate.refuse(life.refusal("pin", found.status))
    if found.is_pinned == pinned:
        return journal.unwritten(room=room, at=at)
    found.is_pinned = pinned
    found.save(update_fields=["is_pinned"])
    return journal.write(
        room=room,
        stream=Stream.ROOM,
        kind="question.pinned",
        by=member,
        d={"id": found.public_id, "pinned": pinned},
        at=at,
        cid=cid,
        touches=questions.touched(room),
    )


def _unite_votes(source: Question, target: Question) -> list[str]:
    """Move the votes, each person's once, none to the target's own asker. Public ids of those whose votes moved."""
    voters = questions.voters(source)
    voters[source.asker_id] = source.asker_card["id"]
    QuestionVote.objects.bulk_create(
        [QuestionVote(question=target, person_id=pk) for pk in voters if pk != target.asker_id],
        ignore_conflicts=True,
    )
    source.votes.all().delete()
    return list(voters.values())
