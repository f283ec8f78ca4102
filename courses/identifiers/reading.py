"""A text as the patterns see it: no accents, plain spaces, and the way back to the places of the original."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from .findings import Finding, Hit, Kind

SPACES = {"\t": " ", "\r": "\n", "\v": "\n", "\f": "\n", "\u2028": "\n", "\u2029": "\n"}
DASHES = dict.fromkeys("‐‑‒–—−", "-")
BLOCK = "█"
QUOTES = dict.fromkeys("’‘´`", "'")


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    """What stands for one character: its letter without accents, nothing for marks and invisible ones."""
    known = SPACES.get(char) or DASHES.get(char) or QUOTES.get(char)
    if known:
        return known
    decomposed = unicodedata.normalize("NFKD", char)
    kept = [c for c in decomposed if unicodedata.category(c) not in {"Mn", "Cf"}]
    return "".join(c for c in kept if len(c.lower()) == 1)


@dataclass(frozen=True, slots=True)
class Reading:
    """`plain` keeps capitals, `low` has none; both are of one length. `spots[i]` is where their i-th character was."""

    plain: str
    low: str
    spots: list[int] | None  # none: the same places

    def finding(self, hit: Hit) -> Finding:
        if self.spots is None:
            return Finding(hit.start, hit.end, hit.kind)
        return Finding(self.spots[hit.start], self.spots[hit.end - 1] + 1, hit.kind)

    def hit(self, start: int, end: int, kind: Kind, certainty: int = 2) -> Hit | None:
        """A hit without the spaces and marks around it; nothing when nothing else is there."""
        is_open = "(" in self.low[start:end] and ")" not in self.low[start:end]
        while start < end and self.low[start] in (" \n.,;:/#\"')(" if is_open else " \n.,;:/#\"')"):
            start += 1
        while end > start and self.low[end - 1] in " \n.,;:-/#\"'(":
            end -= 1
        return Hit(start, end, kind, certainty) if start < end else None

    def without(self, hits: Iterable[Hit]) -> "Reading":
        """The same places, with blocks where the hits are."""
        plain, low = self.plain, self.low
        for hit in hits:
            block = BLOCK * (hit.end - hit.start)
            plain = plain[: hit.start] + block + plain[hit.end :]
            low = low[: hit.start] + block + low[hit.end :]
        return Reading(plain, low, self.spots)


def read(text: str) -> Reading:
    if text.isascii():
        plain = text.replace("\t", " ").replace("\r", "\n").replace("\v", "\n").replace("\f", "\n")
        return Reading(plain, plain.lower(), None)
    pieces: list[str] = []
    spots: list[int] = []
    for place, char in enumerate(text):
        piece = char if char.isascii() and char.isprintable() else _plain(char)
        pieces.append(piece)
        spots.extend([place] * len(piece))
    plain = "".join(pieces)
    return Reading(plain, "".join(c.lower() for c in plain), spots)
