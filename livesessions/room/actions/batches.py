"""One transaction for many commands: what they write and nobody reads before its end is inserted together there.

A message costs the database three rows. Inserted one by one with a savepoint around them they take eight statements;
a batch of any size takes six in all: the room is locked, receipts are looked up, then come the counters, entries,
messages and receipts.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db.models import Model

from livesessions.room.models import Room, Stream

Kind = tuple[type[Model], bool]
Mark = tuple[dict[Stream, int], dict[Kind, int]]


@dataclass(slots=True)
class Batch:
    """Of one room, whose row the transaction holds locked: so its counters may be counted in memory."""

    room_pk: int
    tops: dict[Stream, int]
    _rows: defaultdict[Kind, list[Model]] = field(default_factory=lambda: defaultdict(list))
    _is_counted: bool = False

    def next_seq(self, stream: Stream) -> int:
        self.tops[stream] += 1
        self._is_counted = True
        return self.tops[stream]

    def add(self, row: Model, *, unless_there: bool) -> None:
        """Insert the row with the others of its kind."""
        self._rows[type(row), unless_there].append(row)

    def mark(self) -> Mark:
        """Where the batch stands, for `back_to`."""
        return dict(self.tops), {kind: len(rows) for kind, rows in self._rows.items()}

    def back_to(self, mark: Mark) -> None:
        """Forget what was added since, as a savepoint would."""
        self.tops, lengths = dict(mark[0]), mark[1]
        for kind, rows in self._rows.items():
            del rows[lengths.get(kind, 0) :]

    def flush(self) -> None:
        """Write everything down: whoever reads the database after this, in the transaction, finds it there."""
        if self._is_counted:
            Room.objects.filter(pk=self.room_pk).update(
                room_seq=self.tops[Stream.ROOM], desk_seq=self.tops[Stream.DESK]
            )
            self._is_counted = False
        for (model, unless_there), rows in self._rows.items():
            if rows:
                model._default_manager.bulk_create(rows, ignore_conflicts=unless_there)
        self._rows.clear()


_open: ContextVar[Batch | None] = ContextVar("batch", default=None)


def current(room: Room) -> Batch | None:
    """The batch that is open for this room in this thread."""
    batch = _open.get()
    return batch if batch is not None and batch.room_pk == room.pk else None


@contextmanager
def opened(room: Room) -> Iterator[Batch]:
    """Gather what is written about this room, inside the caller's transaction. The room must be locked."""
    batch = Batch(room.pk, {Stream.ROOM: room.room_seq, Stream.DESK: room.desk_seq})
    token = _open.set(batch)
    try:
        yield batch
        batch.flush()
    finally:
        _open.reset(token)


def insert(row: Model, *, room: Room, unless_there: bool = False) -> None:
    """Insert a row that nothing in this transaction reads: with the batch, or at once where there is none.

    `unless_there`: a row that a constraint says is there already is left as it is.
    """
    if batch := current(room):
        batch.add(row, unless_there=unless_there)
    else:
        type(row)._default_manager.bulk_create([row], ignore_conflicts=unless_there)
