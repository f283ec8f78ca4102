"""What people write about a patient is searched for identifiers before anybody else reads it."""

from collections.abc import Iterable

from courses.cases.queries.identifiers import LABELS
from courses.identifiers import find
from shared.errors import DomainError


def refuse_identifiers(code: str, texts: Iterable[str], *, is_cleared: bool = False, field: str | None = None) -> None:
    """Raises `code` with what was found (`kinds`, in words) if a text may identify somebody and nobody said that it
    does not (`is_cleared`).
    """
    if is_cleared:
        return
    kinds = dict.fromkeys(str(finding.kind) for text in texts for finding in find(text))
    if kinds:
        raise DomainError(code, field=field, kinds=", ".join(str(LABELS.get(kind, kind)) for kind in kinds))
