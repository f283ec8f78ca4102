"""Counts for many eyes: what is too small to show, and what would give it away."""

from collections.abc import Sequence
from typing import Final

SMALLEST: Final = 5  # fewer than this may be a neighbour somebody knows

Grid = list[list[int | None]]


def suppressed(counts: Sequence[Sequence[int]]) -> Grid:
    """The table with nothing where a count is from 1 to 4, and nothing where a reader could get it back: in every row
    and column that hides anything the hidden cells are two or more and hold five or more together, as far as there is
    anything left to hide. Rows have one length.
    """
    grid: Grid = [[None if 0 < count < SMALLEST else count for count in row] for row in counts]
    lines = [[(y, x) for x in range(len(row))] for y, row in enumerate(grid)]
    lines += [[(y, x) for y in range(len(grid))] for x in range(len(grid[0]) if grid else 0)]
    is_settled = False
    while not is_settled:
        is_settled = True
        for line in lines:
            shown = [(y, x) for y, x in line if grid[y][x] is not None]
            hidden = [counts[y][x] for y, x in line if grid[y][x] is None]
            if hidden and shown and (len(hidden) < 2 or sum(hidden) < SMALLEST):
                y, x = min(shown, key=lambda at: counts[at[0]][at[1]] or max(max(row) for row in counts) + 1)
                grid[y][x] = None
                is_settled = False
    return grid
