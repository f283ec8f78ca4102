"""The room and its journal, and what people leave in it."""

from livesessions.room.models.chat import ChatMessage
from livesessions.room.models.hands import Hand
from livesessions.room.models.journal import JournalEntry, Receipt, Stream
from livesessions.room.models.moderation import Restriction, RestrictionKind
from livesessions.room.models.polls import Poll, PollVote
from livesessions.room.models.questions import AnswerMode, Question, QuestionStatus, QuestionVote
from livesessions.room.models.rooms import DeviceSeat, LiveWindow, Room, Stage
from livesessions.room.models.safety import SafetyEvent, SafetyKind, SafetyNote

__all__ = [
    "AnswerMode",
    "ChatMessage",
    "DeviceSeat",
    "Hand",
    "JournalEntry",
    "LiveWindow",
    "Poll",
    "PollVote",
    "Question",
    "QuestionStatus",
    "QuestionVote",
    "Receipt",
    "Restriction",
    "RestrictionKind",
    "Room",
    "SafetyEvent",
    "SafetyKind",
    "SafetyNote",
    "Stage",
    "Stream",
]
