"""The room and its journal, and what people leave in it."""

from livesessions.models.attendance import Adjustment, PresenceSpan, SpanSource
from livesessions.models.chat import ChatMessage
from livesessions.models.hands import Hand
from livesessions.models.journal import JournalEntry, Receipt, Stream
from livesessions.models.moderation import Restriction, RestrictionKind
from livesessions.models.polls import Poll, PollVote
from livesessions.models.questions import AnswerMode, Question, QuestionStatus, QuestionVote
from livesessions.models.rooms import LiveWindow, Room, Seat, Stage
from livesessions.models.safety import SafetyEvent, SafetyKind

__all__ = [
    "Adjustment",
    "AnswerMode",
    "ChatMessage",
    "Hand",
    "JournalEntry",
    "LiveWindow",
    "Poll",
    "PollVote",
    "PresenceSpan",
    "Question",
    "QuestionStatus",
    "QuestionVote",
    "Receipt",
    "Restriction",
    "RestrictionKind",
    "Room",
    "SafetyEvent",
    "SafetyKind",
    "Seat",
    "SpanSource",
    "Stage",
    "Stream",
]
