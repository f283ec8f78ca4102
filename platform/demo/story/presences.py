"""Who was there when at the demonstration's session that ended, and what the coordinator put right."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from livesessions.attendance.models import SpanSource

Stay = tuple[float, float]  # minutes since the room went live; before it the lobby was open
LIVE_MINUTES: Final = 170.0

# How people came and went; everybody arrives at a time of their own in the first minutes.
_PATTERNS: Final[tuple[tuple[Stay, ...], ...]] = (
    ((-6, LIVE_MINUTES),),  # from the lobby to the end
    ((-3, 48.2), (48.9, LIVE_MINUTES)),  # a drop of forty seconds, bridged
    ((1, 62), (71, LIVE_MINUTES)),  # nine minutes without signal
    ((36, LIVE_MINUTES),),  # late
    ((-4, 94),),  # called away
    ((0, 30.5), (31, 88), (101, 140), (140.4, LIVE_MINUTES)),  # a bad day for the network
    ((-5, 120), (60, LIVE_MINUTES)),  # two devices at once, counted once
)


@dataclass(frozen=True, slots=True)
class Presence:
    """One person's stays by one source."""

    guest: int
    source: SpanSource
    stays: tuple[Stay, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    guest: int
    minutes: int
    reason: str


def presences(guests: int) -> Iterator[Presence]:
    """The stays of guests 0, 1, …; one in sixteen registered and never came. In the auditorium (every third) people
    check in at the door, and some follow on their telephones too.
    """
    for n in range(guests):
        if n % 16 == 15:
            continue
        stays = tuple((start + n * 7 % 11 / 4, end) for start, end in _PATTERNS[n % len(_PATTERNS)])
        if n % 3 == 0:
            yield Presence(n, SpanSource.CODE, ((stays[0][0], stays[-1][1]),))
        if n % 3 or n % 2:
            yield Presence(n, SpanSource.SOCKET, stays)


CORRECTIONS: Final = (
    Correction(16, 9, "Siguió por teléfono mientras el hospital estuvo sin internet."),
    Correction(30, -12, "Salió de la sala sin registrar la salida."),
    Correction(15, 45, "Estuvo en la sala; la lectura del código falló en la entrada."),
)
