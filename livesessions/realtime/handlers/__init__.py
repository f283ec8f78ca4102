"""One handler module per noun: decode a command, call its action. Importing the package fills the table."""

from livesessions.realtime.handlers import chat, hands, moderation, polls, questions, safety, stage

__all__ = ["chat", "hands", "moderation", "polls", "questions", "safety", "stage"]
