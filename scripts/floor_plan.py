"""Measures the house: `python scripts/floor_plan.py [COMMIT …]` (what is tracked now, where none is named).

Counts the Python files of `courses/`, `livesessions/` and `platform/`, without migrations and empty `__init__.py`; a
room is a folder below one of the three that holds modules, or in a flat layout the app itself.
"""

import statistics
import subprocess
import sys
from collections import Counter
from pathlib import PurePosixPath

HOUSES = ("courses", "livesessions", "platform")
LAYERS = {"actions", "forms", "models", "policies", "queries", "rules", "views", "urls", "messages", "events", "apps"}


def main(commits: list[str]) -> None:
    """Prints a table, a row for each commit."""
    print("| | files | lines | median | largest | fullest folder | biggest room |")
    print("|---|---|---|---|---|---|---|")
    for commit in commits:
        lengths = lengths_at(commit)
        folders = Counter(path.parent for path in lengths)
        rooms: Counter[str] = Counter()
        for path, length in lengths.items():
            rooms[room_of(path, set(lengths))] += length
        largest = max(lengths, key=lambda path: lengths[path])
        (folder, count), (room, size) = folders.most_common(1)[0], rooms.most_common(1)[0]
        cells = [
            commit or "now",
            str(len(lengths)),
            f"{sum(lengths.values()):,}",
            f"{statistics.median(lengths.values()):.0f}",
            f"{lengths[largest]} `{largest}`",
            f"{count} `{folder}`",
            f"{size:,} `{room}`",
        ]
        print(f"| {' | '.join(cells)} |")


def lengths_at(commit: str) -> dict[PurePosixPath, int]:
    """Lines of every counted file of the commit, or of the index where it is empty."""
    listing = ["git", "ls-tree", "-r", "--name-only", commit] if commit else ["git", "ls-files"]
    names = [name for name in _run(listing).splitlines() if _is_counted(name)]
    asked = "".join(f"{commit}:{name}\n" for name in names)
    answer = subprocess.run(
        ["git", "cat-file", "--batch"], input=asked.encode(), capture_output=True, check=True
    ).stdout
    lengths: dict[PurePosixPath, int] = {}
    for name in names:
        head, _, rest = answer.partition(b"\n")
        size = int(head.split()[2])
        if lines := rest[:size].count(b"\n"):
            lengths[PurePosixPath(name)] = lines
        answer = rest[size + 1 :]
    return lengths


def room_of(path: PurePosixPath, files: set[PurePosixPath]) -> str:
    """`courses/cases`, `platform/web`; `courses` for a layer or a file that lies directly below it."""
    house, *below = path.parts
    flat = len(below) < 2 or (house != "platform" and below[0] in LAYERS)
    return house if flat else f"{house}/{below[0]}"


def _is_counted(name: str) -> bool:
    return name.endswith(".py") and name.split("/")[0] in HOUSES and "/migrations/" not in name


def _run(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    main(sys.argv[1:] or [""])
