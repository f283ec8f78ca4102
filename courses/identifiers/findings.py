"""What a finder says: where, and which kind of identifier."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

MASK = "███"  # one length for all: the length of a name is a clue


class Kind(StrEnum):
    """HIPAA Safe Harbor (45 CFR 164.514(b)(2)), and the documents, records and places of Latin America."""

    NAME = "name"
    NATIONAL_ID = "national_id"
    RECORD_NUMBER = "record_number"
    PHONE = "phone"
    EMAIL = "email"
    WEB = "web"
    FULL_DATE = "full_date"
    PLACE = "place"
    AGE_OVER_89 = "age_over_89"
    SERIAL = "serial"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """`text[start:end]` may identify somebody."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Hit:
    """A finding before overlaps are settled; `certainty`: 3 announced or checked, 2 by its form, 1 a guess."""

    start: int
    end: int
    kind: Kind
    certainty: int = 2


def settle(hits: Iterable[Hit]) -> list[Hit]:
    """Sorted and apart. Hits that overlap become one, as wide as all of them, of the surest kind, then the widest."""
    settled: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        last = settled[-1] if settled else None
        if last is None or hit.start >= last.end:
            settled.append(hit)
            continue
        best = max(last, hit, key=lambda h: (h.certainty, h.end - h.start))
        settled[-1] = Hit(last.start, max(last.end, hit.end), best.kind, best.certainty)
    return settled


def mask(text: str, findings: Iterable[Finding]) -> str:
    """`text` with every finding blacked out, all by the same three blocks; findings are sorted and apart."""
    pieces, done = [], 0
    for finding in findings:
        pieces += [text[done : finding.start], MASK]
        done = finding.end
    return "".join(pieces) + text[done:]
