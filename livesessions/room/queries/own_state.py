"""A person's own state in a room: their questions and their fate, their votes, their hand."""

from collections import defaultdict
from typing import Any

from livesessions.room.models import Hand, PollVote, Question, QuestionStatus, QuestionVote, Room
from livesessions.room.queries import questions
from livesessions.room.queries.members import Member
from livesessions.room.rules.questions import before
from shared.clock import iso


def of(room: Room, members: list[Member]) -> dict[str, dict[str, Any]]:
    """The `me` of docs/protocol.md for each of these members, by public id. Five queries, however many they are."""
    pks = [member.pk for member in members]
    raised = set(Hand.objects.filter(room=room, person__in=pks).values_list("person_id", flat=True))
    fates = _questions(room, pks)
    votes: defaultdict[int, list[str]] = defaultdict(list)
    voted = QuestionVote.objects.filter(
        question__room=room, question__status__in=questions.LISTED, person__in=pks
    ).order_by("id")
    for person, question in voted.values_list("person_id", "question__public_id"):
        votes[person].append(question)
    poll_votes: defaultdict[int, dict[str, int]] = defaultdict(dict)
    polled = PollVote.objects.filter(poll__room=room, person__in=pks)
    for person, poll, option in polled.values_list("person_id", "poll__public_id", "option"):
        poll_votes[person][poll] = option
    return {
        member.id: {
            **member.as_card(),
            "muted": member.is_muted,
            "hand": member.pk in raised,
            "questions": fates[member.pk],
            "votes": votes[member.pk],
            "poll_votes": poll_votes[member.pk],
        }
        for member in members
    }


def _questions(room: Room, pks: list[int]) -> defaultdict[int, list[dict[str, Any]]]:
    places = before(questions.queue(room))
    fates: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    own = Question.objects.filter(room=room, asker__in=pks).select_related("merged_into").order_by("id")
    for question in own:
        fates[question.asker_id].append(_fate(question, places))
    return fates


def _fate(question: Question, places: dict[int, int]) -> dict[str, Any]:
    """A merged question shares the place and the answer of the one it was joined with, named by `into`."""
    stands_for = question.merged_into or question
    fate: dict[str, Any] = {
        "id": question.public_id,
        "text": question.text,
        "status": question.status,
        "asked_at": iso(question.asked_at),
        "before": places.get(stands_for.pk, 0),
        "answer": questions.answer(stands_for),
        "reason": question.dismissed_reason,
    }
    if question.status == QuestionStatus.MERGED:
        fate["into"] = stands_for.public_id
    return fate
