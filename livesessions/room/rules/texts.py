"""What people may write: trimmed, visible, within its limit, and storable."""

from typing import Literal

import msgspec

Fault = Literal["empty", "too_long", "invalid"]
REASON_LIMIT = 200
POLL_LIMIT = 300
OPTION_LIMIT = 120


def clean(text: str) -> str:
    """The text as it is kept: without space around it, one kind of line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def fault(text: str, *, limit: int) -> Fault | None:
    """What is wrong with a cleaned text of at most `limit` characters.

    Invalid: NUL and lone surrogates, which PostgreSQL cannot store. Empty: nothing in it that can be seen.
    """
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        return "invalid"
    if len(text) > limit:
        return "too_long"
    if not any(letter.isprintable() and not letter.isspace() for letter in text):
        return "empty"
    return None


def clip(text: str, *, limit: int) -> str:
    """As much of the text as can be kept: for what must never be refused because of its words."""
    kept = "".join(letter for letter in text if letter != "\0" and not "\ud800" <= letter <= "\udfff")
    return clean(clean(kept)[:limit])


def emptied(wire: str) -> str:
    """An entry of the chat without its words, `hidden` set; everything else stays."""
    entry = msgspec.json.decode(wire)
    entry["d"] |= {"text": "", "hidden": True}
    return msgspec.json.encode(entry).decode()
