"""Measures the live room: `make bench`, or with ARGS="--only saturation --people 235 --rounds 1 --seconds 4".

Without --only everything is measured and written to docs/performance.md; --quick takes less than three minutes and
judges only what must hold on any machine. Exit code 1 when a goal was missed or something could not be measured.
"""

import argparse
import shlex
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent.parent))

from tests.load.bench import (
    growth,
    heartbeats,
    hotspots,
    joins,
    latency,
    memory,
    queries,
    reconnects,
    saturation,
    slow,
    tables,
    upkeep,
    votes,
    wide,
)
from tests.load.bench.driver import more_files
from tests.load.bench.houses import DATABASES, PROGRAMS
from tests.load.bench.options import FAULTS, Options
from tests.load.bench.tables import Goal, Table
from tests.load.servers import ROOT

DOCUMENT: Final = ROOT / "docs" / "performance.md"
MEASUREMENTS: Final[dict[str, Callable[[Options], Iterator[Table]]]] = {
    "saturation": saturation.measure,
    "latency": latency.measure,
    "joins": joins.measure,
    "votes": votes.measure,
    "reconnects": reconnects.measure,
    "growth": growth.measure,
    "memory": memory.measure,
    "upkeep": upkeep.measure,
    "queries": queries.measure,
    "heartbeats": heartbeats.measure,
    "hotspots": hotspots.measure,
    "slow": slow.measure,
    "wide": wide.measure,
}
_DEFAULT: Final = (("daphne", "sqlite"),)
_BOTH_DATABASES: Final = (*_DEFAULT, ("daphne", "postgresql"))
_BOTH_SERVERS: Final = (*_DEFAULT, ("uvicorn", "sqlite"))
# What a whole run measures beyond the default server and database.
_WHOLE: Final = {
    "saturation": (*_BOTH_DATABASES, ("uvicorn", "sqlite")),
    "latency": (*_BOTH_DATABASES, ("uvicorn", "sqlite")),
    "joins": _BOTH_DATABASES,
    "heartbeats": _BOTH_DATABASES,
    "memory": _BOTH_SERVERS,
    "slow": _BOTH_SERVERS,
}
_QUICK: Final = {
    "saturation": Options(people=(235,), designs=("gathering", "textbook"), rounds=1, seconds=2, is_quick=True),
    "latency": Options(people=(235,), rates=(10.0, 50.0), seconds=2, is_quick=True),
    "joins": Options(people=(235,), rounds=1, is_quick=True),
    "votes": Options(people=(235,), is_quick=True),
    "queries": Options(people=(235,), is_quick=True),
}


def main() -> int:
    words = _parser().parse_args()
    more_files()
    plans = _plans(words)
    is_written = words.write or not (words.only or words.quick)
    command = f"make bench ARGS={shlex.quote(shlex.join(sys.argv[1:]))}" if sys.argv[1:] else "make bench"
    goals: list[Goal] = []
    failures = 0
    for name, options in plans.items():
        begun = time.monotonic()
        print(f"{name} …", flush=True)
        try:
            for table in MEASUREMENTS[name](options):
                print(f"\n{table.markdown()}\n", flush=True)
                goals += [goal for goal in table.goals if goal.is_safe or not words.quick]
                failures += table.failures
                if is_written:
                    tables.write(DOCUMENT, table, command)
        except FAULTS as error:
            print(f"{name} was not measured: {error}", file=sys.stderr)
            failures += 1
        print(f"{name}: {time.monotonic() - begun:.0f} s", flush=True)
    missed = [goal for goal in goals if not goal.is_reached]
    print(f"\n{len(goals) - len(missed)} of {len(goals)} goals reached, {failures} rows not measured")
    for goal in missed:
        print(f"  missed: {goal.name}: wanted {goal.wanted}, found {goal.found}")
    return 1 if missed or failures else 0


def _plans(words: argparse.Namespace) -> dict[str, Options]:
    """What is measured, in order, and how."""
    if words.quick:
        return dict(_QUICK)
    asked = Options(
        people=tuple(words.people),
        designs=tuple(words.design),
        rates=tuple(words.rate),
        rounds=words.rounds,
        seconds=words.seconds,
        window=words.window,
    )
    if words.server or words.db:
        kinds = {name: tuple(product(words.server or ("daphne",), words.db or ("sqlite",))) for name in MEASUREMENTS}
    else:
        kinds = {} if words.only else _WHOLE
    return {name: replace(asked, kinds=kinds.get(name, _DEFAULT)) for name in words.only or MEASUREMENTS}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=list(MEASUREMENTS), default=[])
    parser.add_argument("--quick", action="store_true", help="the short form for every commit")
    parser.add_argument("--people", nargs="+", type=int, default=[])
    parser.add_argument("--server", nargs="+", choices=list(PROGRAMS), default=[], help="default: daphne")
    parser.add_argument("--db", nargs="+", choices=DATABASES, default=[], help="default: sqlite")
    parser.add_argument("--design", nargs="+", default=[], help="of saturation: gathering, textbook, …")
    parser.add_argument("--rate", nargs="+", type=float, default=[], help="of latency: messages a second")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=4.0, help="each figure is counted over")
    parser.add_argument("--window", type=int, default=0, help="of saturation: messages each poster keeps under way")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/performance.md")
    return parser


if __name__ == "__main__":
    sys.exit(main())
