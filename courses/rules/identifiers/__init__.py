"""What in a free text may identify somebody: a help for the human who decides, never the decision."""

from . import contacts, dates, names, numbers, places
from .findings import Finding, Hit, Kind, mask, settle
from .reading import read
from .tokens import Tokens

__all__ = ["Finding", "Kind", "find", "kinds_in", "mask"]


def find(text: str) -> tuple[Finding, ...]:
    """Identifiers in a clinical text of Spanish, Portuguese, English or a mixture; sorted, apart, in places of `text`.

    Looks for what text can hold of the 18 identifiers of HIPAA Safe Harbor (45 CFR 164.514(b)(2)), and for the
    documents, record numbers, schools and communities of Latin America. Years, months with their year, countries,
    provinces and ages up to 89 may be said. It misses some and shows some that are none: docs/identifiers.md.
    """
    reading = read(text)
    tokens = Tokens(reading)
    found: list[Hit | None] = [
        *numbers.find(reading),
        *contacts.find(reading),
        *dates.find(reading),
        *places.find(tokens),
        *names.find(tokens),
    ]
    return tuple(reading.finding(hit) for hit in settle(hit for hit in found if hit))


def kinds_in(text: str) -> frozenset[Kind]:
    return frozenset(finding.kind for finding in find(text))
