"""The moderator's side of questions: let in, set aside, join, assign, pin."""

from django.db import transaction

from livesessions.room import policies
from livesessions.room.actions import guards
from livesessions.room.actions.journal import Written
from livesessions.room.actions.turns import Turn
from livesessions.room.events import TalliesChanged, announce
from livesessions.room.models import Question, QuestionStatus, QuestionVote, Stream
from livesessions.room.queries import members, questions
from livesessions.room.rules import questions as life
from livesessions.room.rules.texts import REASON_LIMIT
from shared.errors import DomainError


@transaction.atomic(savepoint=False)
def approve(turn: Turn, *, question: str) -> Written:
    """Show the question to the room, also one that was dismissed. Raises `forbidden`, `question.*`."""
    guards.rights(turn.member, "question.approve")
    row = questions.named(turn.room, question)
    if life.is_done("approve", row.status):
        return turn.unwritten()
    guards.refuse(life.refusal("approve", row.status))
    row.status, row.approved_at = QuestionStatus.APPROVED, turn.at
    row.dismissed_reason, row.closed_at = "", None
    written = turn.write(
        Stream.ROOM,
        "question.approved",
        questions.as_wire(row),
        touches=questions.touched(turn.room, row.asker_card["id"], *questions.voters(row).values()),
    )
    row.approved_seq = written.seq
    row.save()
    # It may come with the votes of questions joined with it.
    announce(TalliesChanged(turn.room.public_id, turn.member.id))
    return written


@transaction.atomic(savepoint=False)
def dismiss(turn: Turn, *, question: str, reason: str) -> Written:
    """Set a pending question aside, with a reason its asker and the desk can read.

    Raises `forbidden`, `question.*`, `reason.empty`, `reason.too_long`, `text.invalid`.
    """
    guards.rights(turn.member, "question.dismiss")
    reason = guards.text(reason, noun="reason", limit=REASON_LIMIT)
    row = questions.named(turn.room, question)
    if life.is_done("dismiss", row.status):
        return turn.unwritten()
    guards.refuse(life.refusal("dismiss", row.status))
    touches = questions.touched(turn.room)
    row.status, row.dismissed_reason = QuestionStatus.DISMISSED, reason
    row.save(update_fields=["status", "dismissed_reason"])
    return turn.write(Stream.DESK, "question.dismissed", {"id": row.public_id, "reason": reason}, touches=touches)


@transaction.atomic(savepoint=False)
def merge(turn: Turn, *, question: str, into: str) -> Written:
    """Join a question with another that asks the same. Votes are united, the asker becomes a voter.

    Raises `forbidden`, `question.same`, `question.*`.
    """
    guards.rights(turn.member, "question.merge")
    if question == into:
        guards.refuse("question.same")
    source, target = questions.named(turn.room, question), questions.named(turn.room, into)
    if source.merged_into_id == target.pk:
        return turn.unwritten()
    guards.refuse(life.merge_refusal(source.status, target.status))
    touches = questions.touched(turn.room, *_unite_votes(source, target))
    Question.objects.filter(merged_into=source).update(merged_into=target)
    source.status, source.merged_into, source.closed_at = QuestionStatus.MERGED, target, turn.at
    source.save(update_fields=["status", "merged_into", "closed_at"])
    announce(TalliesChanged(turn.room.public_id, turn.member.id))
    return turn.write(
        Stream.ROOM, "question.merged", {"id": source.public_id, "into": target.public_id}, touches=touches
    )


@transaction.atomic(savepoint=False)
def assign(turn: Turn, *, question: str, person: str | None) -> Written:
    """Give the question to somebody who answers, or (None) to nobody; the desk alone hears of it.

    Raises `forbidden`, `question.*`, `person.unknown` for anybody who may not answer.
    """
    guards.rights(turn.member, "question.assign")
    row = questions.named(turn.room, question)
    guards.refuse(life.refusal("assign", row.status))
    mentor = members.find(room=turn.room, person=person) if person else None
    if person and not (mentor and policies.may_be_assigned(mentor)):
        raise DomainError("person.unknown")
    if row.assigned_to_id == (mentor.pk if mentor else None):
        return turn.unwritten()
    row.assigned_to_id = mentor.pk if mentor else None
    row.save(update_fields=["assigned_to"])
    return turn.write(
        Stream.DESK,
        "question.assigned",
        {"id": row.public_id, "to": {"id": mentor.id, "name": mentor.name} if mentor else None},
    )


@transaction.atomic(savepoint=False)
def pin(turn: Turn, *, question: str, pinned: bool) -> Written:
    """Put the question before the others, or back among them. Raises `forbidden`, `question.*`."""
    guards.rights(turn.member, "question.pin")
    row = questions.named(turn.room, question)
    guards.refuse(life.refusal("pin", row.status))
    if row.is_pinned == pinned:
        return turn.unwritten()
    row.is_pinned = pinned
    row.save(update_fields=["is_pinned"])
    return turn.write(
        Stream.ROOM, "question.pinned", {"id": row.public_id, "pinned": pinned}, touches=questions.touched(turn.room)
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
