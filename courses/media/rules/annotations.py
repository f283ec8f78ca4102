"""What a mark on a picture may be: arrows, outlines and words, in ten-thousandths of the picture's sides."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from shared.errors import DomainError

Point = tuple[int, int]

SIDE: Final = 10_000  # the right and the lower edge
MOST_SHAPES: Final = 200
MOST_POINTS: Final = 64  # of one outline
MOST_LETTERS: Final = 200
COLOURS: Final = 4  # the palette's; static/js/media/annotations.js draws each with a dash of its own
# How many points each kind has: an arrow its tail and its head, an ellipse two opposite corners of the box around it,
# words the place where they begin.
POINTS: Final[Mapping[str, tuple[int, int]]] = {
    "arrow": (2, 2),
    "ellipse": (2, 2),
    "polygon": (3, MOST_POINTS),
    "text": (1, 1),
}


@dataclass(frozen=True, slots=True)
class Shape:
    """One mark. `points` are pairs from 0 to SIDE, from the left and from the top; `text` is empty but for words."""

    kind: str
    points: tuple[Point, ...]
    colour: int = 0
    text: str = ""

    def as_json(self) -> dict[str, Any]:
        told = {"kind": self.kind, "points": [list(point) for point in self.points], "colour": self.colour}
        return told | ({"text": self.text} if self.text else {})

    @classmethod
    def from_json(cls, told: object) -> Self:
        """Raises `marks.wrong` for anything a mark is not."""
        if not isinstance(told, Mapping) or not {"kind", "points"} <= set(told) <= {"kind", "points", "colour", "text"}:
            raise DomainError("marks.wrong")
        kind, colour = told["kind"], told.get("colour", 0)
        if not isinstance(kind, str) or kind not in POINTS or not _is_whole(colour, 0, COLOURS - 1):
            raise DomainError("marks.wrong")
        return cls(kind, _points(told["points"], *POINTS[kind]), colour, _text(told.get("text", ""), kind))


def read(told: object) -> tuple[Shape, ...]:
    """The shapes of a layer. Raises `marks.wrong`, `marks.too_many`, `marks.text.needed`, `marks.text.long`."""
    if not isinstance(told, Sequence) or isinstance(told, str):
        raise DomainError("marks.wrong")
    if len(told) > MOST_SHAPES:
        raise DomainError("marks.too_many", most=MOST_SHAPES)
    return tuple(Shape.from_json(shape) for shape in told)


def words(shapes: Sequence[Shape]) -> tuple[str, ...]:
    """What is written in a layer, in the order drawn."""
    return tuple(shape.text for shape in shapes if shape.text)


def _points(told: object, least: int, most: int) -> tuple[Point, ...]:
    if not isinstance(told, Sequence) or isinstance(told, str) or not least <= len(told) <= most:
        raise DomainError("marks.wrong")
    for point in told:
        if not isinstance(point, Sequence) or len(point) != 2 or not all(_is_whole(n, 0, SIDE) for n in point):
            raise DomainError("marks.wrong")
    return tuple((point[0], point[1]) for point in told)


def _text(told: object, kind: str) -> str:
    if not isinstance(told, str) or (told and kind != "text"):
        raise DomainError("marks.wrong")
    text = " ".join(told.split())
    if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in text):  # no database keeps half a letter
        raise DomainError("marks.wrong")
    if kind == "text" and not text:
        raise DomainError("marks.text.needed")
    if len(text) > MOST_LETTERS:
        raise DomainError("marks.text.long", most=MOST_LETTERS)
    return text


def _is_whole(told: object, least: int, most: int) -> bool:
    """Whole numbers alone: `true` is none, nor is 3.0."""
    return type(told) is int and least <= told <= most
