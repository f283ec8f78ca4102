"""Our server with every SQL statement counted: `python -m tests.load.bench.traced --port 8000`.

The counts are three unsigned 64-bit numbers in the file BENCH_COUNTS: statements that read or write rows, transactions
that were committed, and marks of transactions (BEGIN, SAVEPOINT and their like). SQLite itself tells of each statement,
so what goes past Django is counted too.
"""

import mmap
import os
from pathlib import Path
from typing import Any

from django.db.backends.signals import connection_created

from config.server import __main__
from tests.load.bench.counts import COMMITS, MARKS, SIZE, STATEMENTS

_OTHERS = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA")


def main() -> None:
    with Path(os.environ["BENCH_COUNTS"]).open("r+b") as file:
        counts = memoryview(mmap.mmap(file.fileno(), SIZE)).cast("Q")

    def count(statement: str) -> None:
        word = statement.lstrip().partition(" ")[0].upper()
        if word == "COMMIT":
            counts[COMMITS] += 1
        elif word in _OTHERS:
            counts[MARKS] += 1
        elif not word.startswith("--"):  # a trigger's inner statement
            counts[STATEMENTS] += 1

    def connected(connection: Any, **kwargs: Any) -> None:
        connection.connection.set_trace_callback(count)

    connection_created.connect(connected, weak=False)
    __main__.main()


if __name__ == "__main__":
    main()
