"""Counts of SQL statements that a traced server shares through a file."""

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Final

STATEMENTS, COMMITS, MARKS = range(3)
_NUMBERS: Final = struct.Struct("=QQQ")
SIZE: Final = _NUMBERS.size


@dataclass(frozen=True)
class Counts:
    statements: int
    commits: int
    marks: int

    @classmethod
    def of(cls, file: Path) -> "Counts":
        return cls(*_NUMBERS.unpack(file.read_bytes()[:SIZE]))

    def __sub__(self, other: "Counts") -> "Counts":
        return Counts(self.statements - other.statements, self.commits - other.commits, self.marks - other.marks)

    def beyond(self, other: "Counts", share: float) -> "Counts":
        """What is more than that share of the other's, never less than nothing."""
        ours = (self.statements, self.commits, self.marks)
        theirs = (other.statements, other.commits, other.marks)
        return Counts(*(max(0, round(own - share * other)) for own, other in zip(ours, theirs, strict=True)))


def make(file: Path) -> None:
    file.write_bytes(bytes(SIZE))
