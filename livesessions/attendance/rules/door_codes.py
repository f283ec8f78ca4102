"""The code at the auditorium's door: it changes every half minute and proves that somebody stood there."""

import hmac
from datetime import datetime
from typing import Final

STEP_SECONDS: Final = 30
TOLERANCE_STEPS: Final = 2  # before and after: clocks differ, and people are slow
_ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"  # no i, l, o, u
_LENGTH: Final = 8


def code(secret: bytes, room: str, at: datetime) -> str:
    """The room's code at this instant: eight letters and digits, 40 bits."""
    return _code(secret, room, _step(at))


def is_valid(secret: bytes, room: str, given: str, at: datetime) -> bool:
    """Whether this is the code of now or of at most two steps before or after. Case, spaces, hyphens do not matter."""
    tidy = "".join(given.split()).replace("-", "").lower()
    now = _step(at)
    steps = range(now - TOLERANCE_STEPS, now + TOLERANCE_STEPS + 1)
    matches = [hmac.compare_digest(_code(secret, room, step).encode(), tidy.encode()) for step in steps]
    return any(matches)


def spoken(given: str) -> str:
    """The code as people read it: two groups of four."""
    return f"{given[:4]}-{given[4:]}"


def next_in(at: datetime) -> float:
    """Seconds until the code changes."""
    return STEP_SECONDS - at.timestamp() % STEP_SECONDS


def _step(at: datetime) -> int:
    return int(at.timestamp()) // STEP_SECONDS


def _code(secret: bytes, room: str, step: int) -> str:
    digest = hmac.digest(secret, f"door:{room}:{step}".encode(), "sha256")
    return "".join(_ALPHABET[byte % 32] for byte in digest[:_LENGTH])
