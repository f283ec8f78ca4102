"""Measures case reviews and prints Markdown tables: how lists and search grow, and what sending a case costs on a thin
link. `make bench-cases`; `ARGS="--only lists --rounds 40"`, `ARGS="--only submit --loss 5"`.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT), str(ROOT / "platform")]

from tests.load.cases import lists, submit  # noqa: E402

PARTS = ("lists", "submit")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--rounds", type=int, default=40, help="answers of each list that are timed")
    parser.add_argument("--loss", nargs="+", type=float, default=[0, 5], help="per cent of the packets, each way")
    words = parser.parse_args()
    for line in _lines(words):
        print(line, flush=True)


def _lines(words: argparse.Namespace) -> Iterator[str]:
    if "lists" in words.only:
        yield from lists.tables(words.rounds)
    if "submit" in words.only:
        yield "\n### Sending a case\n"
        yield from submit.table(words.loss)


if __name__ == "__main__":
    main()
