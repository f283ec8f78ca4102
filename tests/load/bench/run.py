"""Measures the live room: `make bench`, or with ARGS="--only saturation --people 235 --rounds 1 --seconds 4".

Writes its tables to docs/performance.md with --write (what `make bench` does without ARGS).
"""

import argparse
import shlex
import sys
import time
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent.parent))

from tests.load.bench import joins, latency, saturation, tables
from tests.load.bench.driver import more_files
from tests.load.bench.houses import DATABASES, PROGRAMS
from tests.load.bench.options import Options
from tests.load.servers import ROOT

DOCUMENT: Final = ROOT / "docs" / "performance.md"
MEASUREMENTS: Final = {"saturation": saturation.measure, "latency": latency.measure, "joins": joins.measure}


def main() -> int:
    """The exit code: 1 when a goal was missed or something could not be measured."""
    words = _parser().parse_args()
    more_files()
    command = f"make bench ARGS={shlex.quote(' '.join(sys.argv[1:]))}"
    options = Options(
        people=tuple(words.people),
        servers=tuple(words.server),
        databases=tuple(words.db),
        designs=tuple(words.design),
        rates=tuple(words.rate),
        rounds=words.rounds,
        seconds=words.seconds,
        window=words.window,
    )
    missed = 0
    for name in words.only or MEASUREMENTS:
        begun = time.monotonic()
        print(f"{name} …", flush=True)
        for table in MEASUREMENTS[name](options):
            print(f"\n{table.markdown()}\n", flush=True)
            missed += sum(not goal.is_reached for goal in table.goals)
            if words.write:
                tables.write(DOCUMENT, table, command)
        print(f"{name}: {time.monotonic() - begun:.0f} s", flush=True)
    return 1 if missed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=list(MEASUREMENTS), default=[])
    parser.add_argument("--people", nargs="+", type=int, default=[])
    parser.add_argument("--server", nargs="+", choices=list(PROGRAMS), default=["daphne"])
    parser.add_argument("--db", nargs="+", choices=DATABASES, default=["sqlite"])
    parser.add_argument("--design", nargs="+", default=[], help="of saturation: gathering, textbook, …")
    parser.add_argument("--rate", nargs="+", type=float, default=[], help="of latency: messages a second")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=4.0, help="each figure is counted over")
    parser.add_argument("--window", type=int, default=0, help="of saturation: messages each poster keeps under way")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/performance.md")
    return parser


if __name__ == "__main__":
    sys.exit(main())
