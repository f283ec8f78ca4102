"""Which scores an instrument takes, what they sum up to, and who may already read a rating. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shared.errors import DomainError

Item = Mapping[str, Any]
LONGEST = 2_000  # letters of a narrative


def field_name(code: str) -> str:
    """The form field of an item: no item can take the name of another field."""
    return f"item-{code}"


def scored(items: Sequence[Item]) -> list[Item]:
    """The items a score is given for; the others are the narrative."""
    return [item for item in items if item["kind"] != "text"]


def check_scores(items: Sequence[Item], given: Mapping[str, Any]) -> dict[str, int]:
    """The scores by item code: whole numbers on the scale, 0 or 1 for no and yes.

    Raises `rating.score.missing`, `rating.score.range`, each with the field of the item, and `rating.score.unknown`.
    """
    known = {item["code"]: item for item in scored(items)}
    if set(given) - set(known):
        raise DomainError("rating.score.unknown")
    kept = {}
    for code, item in known.items():
        score = given.get(code)
        if score is None or score == "":
            raise DomainError("rating.score.missing", field=field_name(code))
        low, high = span(item)
        if not isinstance(score, int) or isinstance(score, bool) or not low <= score <= high:
            raise DomainError("rating.score.range", field=field_name(code), low=low, high=high)
        kept[code] = score
    return kept


def span(item: Item) -> tuple[int, int]:
    """Lowest and highest score of an item."""
    return (item["min"], item["max"]) if item["kind"] == "scale" else (0, 1)


def total(items: Sequence[Item], scores: Mapping[str, int]) -> tuple[int, int]:
    """The sum of the scales and the highest sum there is."""
    scales = [item for item in items if item["kind"] == "scale"]
    return sum(scores[item["code"]] for item in scales), sum(item["max"] for item in scales)


@dataclass(frozen=True, slots=True)
class Given:
    """A rating as the hiding rule sees it; `instrument` is the code, whatever the version."""

    instrument: str
    rater: int
    is_own: bool


def readable(ratings: Sequence[Given], *, by: int, trainee: int, waived: Iterable[str]) -> list[bool]:
    """For each rating of one entry, whether the person `by` may read it yet.

    One's own always. The trainee reads another's once their own with the same instrument is in, or was waived. A rater
    reads the trainee's own once theirs with the same instrument is in, and never that of another rater.
    """
    rated = {rating.instrument for rating in ratings if rating.rater == by}
    is_trainee = by == trainee
    open_to_trainee = rated | set(waived)
    return [
        rating.rater == by
        or (is_trainee and rating.instrument in open_to_trainee)
        or (not is_trainee and rating.is_own and rating.instrument in rated)
        for rating in ratings
    ]
