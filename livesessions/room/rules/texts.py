"""What people may write: trimmed, visible, within its limit, and storable."""

from typing import Literal

import msgspec

from shared import plain_text

Fault = Literal["empty", "too_long", "invalid"]
REASON_LIMIT = 200
NOTE_LIMIT = 1000
POLL_LIMIT = 300
OPTION_LIMIT = 120


def clean(text: str) -> str:
    """The text as it is kept: without space around it, one kind of line end, nothing invisible or reversing.

    What cannot be stored stays in it, for `fault` to find.
    """
    return text if _unstorable(text) else plain_text.paragraphs(text).strip()


def fault(text: str, *, limit: int) -> Fault | None:
    """What is wrong with a cleaned text of at most `limit` characters.

    Invalid: NUL and lone surrogates, which PostgreSQL cannot store. Empty: nothing in it that can be seen.
    """
    if _unstorable(text):
        return "invalid"
    if len(text) > limit:
        return "too_long"
    if not plain_text.is_visible(text):
        return "empty"
    return None


def _unstorable(text: str) -> bool:
    return "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text)


def clip(text: str, *, limit: int) -> str:
    """As much of the text as can be kept: for what must never be refused because of its words."""
    kept = "".join(letter for letter in text if letter != "\0" and not "\ud800" <= letter <= "\udfff")
    return clean(clean(kept)[:limit])


def emptied(wire: str) -> str:
    """An entry of the chat without its words, `hidden` set; everything else stays."""
    entry = msgspec.json.decode(wire)
    entry["d"] |= {"text": "", "hidden": True}
    return msgspec.json.encode(entry).decode()
