"""What every command of the room passes first: rights, the stage, and readable text.

The actions behind it open no savepoint of their own: the writer has one around each command.
"""

from livesessions.room import policies
from livesessions.room.models import Room
from livesessions.room.queries.members import Member
from livesessions.room.rules import stage, texts
from shared.errors import DomainError


def refuse(code: str | None) -> None:
    """Raise the error of this code, if there is one."""
    if code:
        raise DomainError(code)


def rights(member: Member, do: str) -> None:
    """Raises `forbidden` or `person.muted` when the member may not give this command."""
    refuse(policies.refusal(member, do))


def speaking(room: Room) -> None:
    """Raises `stage.not_open`, `stage.ended` or `stage.stopped` when nobody may speak up now."""
    refuse(stage.speaking_refusal(room.stage, is_stopped=room.is_stopped))


def text(written: str, *, noun: str, limit: int) -> str:
    """The text as it is kept. Raises `<noun>.empty`, `<noun>.too_long` or `text.invalid`."""
    cleaned = texts.clean(written)
    fault = texts.fault(cleaned, limit=limit)
    if fault:
        raise DomainError("text.invalid" if fault == "invalid" else f"{noun}.{fault}", limit=limit)
    return cleaned


def reason(written: str) -> str:
    """An optional reason as it is kept. Raises `reason.too_long` or `text.invalid`."""
    return text(written, noun="reason", limit=texts.REASON_LIMIT) if texts.clean(written) else ""
