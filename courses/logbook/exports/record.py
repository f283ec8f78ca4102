"""What every file of a record is made from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from accounts.models import Person
from courses.logbook.models import LogbookEntry
from courses.logbook.queries import assessments, logbooks
from courses.logbook.queries.assessments import Shown
from courses.logbook.rules.logbooks import Fact, Line, lines


@dataclass(frozen=True, slots=True)
class Record:
    """Entries run from the oldest; `ratings` by the key of the entry are those the trainee may read already."""

    trainee: Person
    made_at: datetime
    entries: list[LogbookEntry]
    ratings: dict[int, list[Shown]]
    facts: list[Fact]

    def rated(self) -> Iterator[tuple[LogbookEntry, Shown]]:
        """Every rating beside its entry."""
        for entry in self.entries:
            for shown in self.ratings.get(entry.pk, ()):
                yield entry, shown

    def lines(self) -> list[Line]:
        """The cases by procedure."""
        return lines(self.facts)


def of(trainee: Person, at: datetime) -> Record:
    """Four queries, however many entries."""
    entries = list(logbooks.entries(trainee).order_by("performed_on", "id"))
    return Record(trainee, at, entries, assessments.read_all(trainee, entries), logbooks.facts(trainee))
