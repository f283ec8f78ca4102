"""Where a case's words may identify somebody, kind by kind, for those who look it over."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from courses.cases.models import Case, MediaFile
from courses.identifiers import find
from shared.texts import Text

SEARCHED: Final = (
    "main_question",
    "diagnosis",
    "history",
    "exam",
    "labs",
    "imaging",
    "treatment",
    "constraints",
    "options_considered",
    "plan_without_answer",
    "source_question",
)
LABELS: Final[dict[str, Text]] = {
    "name": _("a name"),
    "national_id": _("an identity number"),
    "record_number": _("a record number"),
    "phone": _("a telephone number"),
    "email": _("an e-mail address"),
    "web": _("a web address"),
    "full_date": _("a full date"),
    "place": _("a place smaller than a province"),
    "age_over_89": _("an age over 89"),
    "serial": _("a serial number"),
    "account": _("an account number"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; `kind` says in words what it may be, empty for harmless text."""

    text: str
    kind: Text


@dataclass(frozen=True, slots=True)
class Found:
    """So many findings of a kind in a text. `tick` names them in a form."""

    tick: str
    kind: str
    label: Text
    count: int


@dataclass(frozen=True, slots=True)
class Looked:
    """A text as searched. `field` is a field of the case, or `caption-<public id>` of a medium."""

    field: str
    label: Text
    pieces: tuple[Piece, ...]
    found: tuple[Found, ...]


def look(case: Case, media: Iterable[MediaFile]) -> list[Looked]:
    """Every text of the case that is not empty, in the order of the form, then the captions. No query."""
    texts = [(name, Case._meta.get_field(name).verbose_name, getattr(case, name)) for name in SEARCHED]  # type: ignore[union-attr]
    texts += [(f"caption-{medium.public_id}", _("caption"), medium.caption) for medium in media]
    return [_looked(field, label, text) for field, label, text in texts if text]


def counts(looked: Iterable[Looked]) -> dict[str, dict[str, int]]:
    """How many of each kind in each text: what may be kept, because it tells nothing."""
    return {text.field: {found.kind: found.count for found in text.found} for text in looked if text.found}


def _looked(field: str, label: Text, text: str) -> Looked:
    pieces, tally, done = [], dict[str, int](), 0
    for finding in find(text):
        if finding.start > done:
            pieces.append(Piece(text[done : finding.start], ""))
        kind = str(finding.kind)
        pieces.append(Piece(text[finding.start : finding.end], LABELS.get(kind, kind)))
        tally[kind] = tally.get(kind, 0) + 1
        done = finding.end
    if done < len(text):
        pieces.append(Piece(text[done:], ""))
    found = [Found(f"{field}:{kind}", kind, LABELS.get(kind, kind), count) for kind, count in tally.items()]
    return Looked(field, label, tuple(pieces), tuple(found))
