"""What in a free text may identify somebody: a help for the human who decides, never the decision."""

from collections.abc import Iterable

from . import contacts, dates, names, numbers, places
from .findings import Finding, Hit, Kind, mask, settle
from .reading import Reading, read
from .tokens import Tokens

ROUNDS = 3  # what is left when findings are hidden is read again: one number may have hidden the start of another

__all__ = ["Finding", "Kind", "find", "kinds_in", "mask"]


def find(text: str) -> tuple[Finding, ...]:
    """Identifiers in a clinical text of Spanish, Portuguese, English or a mixture; sorted, apart, in places of `text`.

    Looks for what text can hold of the 18 identifiers of HIPAA Safe Harbor (45 CFR 164.514(b)(2)), and for the
    documents, record numbers, schools and communities of Latin America. Years, months with their year, countries,
    provinces and ages up to 89 may be said. It misses some and shows some that are none: docs/identifiers.md.
    """
    reading = read(text)
    tokens = Tokens(reading)
    hits = settle([*_ids(reading), *_kept(places.find(tokens)), *_kept(names.find(tokens))])
    for _ in range(ROUNDS):
        rest = _ids(reading.without(hits))
        if not rest:
            break
        hits = settle([*hits, *rest])
    return tuple(reading.finding(hit) for hit in hits)


def _ids(reading: Reading) -> list[Hit]:
    return _kept((*numbers.find(reading), *contacts.find(reading), *dates.find(reading)))


def _kept(hits: Iterable[Hit | None]) -> list[Hit]:
    return [hit for hit in hits if hit]


def kinds_in(text: str) -> frozenset[Kind]:
    return frozenset(finding.kind for finding in find(text))
