"""How a file is cut into parts, and how much may come."""

from collections.abc import Iterable
from math import ceil
from typing import Final

KIB: Final = 1024
MIB: Final = 1024 * KIB

SMALLEST_PART: Final = 16 * KIB  # through the server
LARGEST_PART: Final = MIB
# On 64 kbit/s and 600 ms a part of 64 KiB takes eight seconds and spends a fourteenth of them waiting; a link that
# breaks once a minute then loses four seconds of work. Smaller parts wait more, larger ones lose more.
USUAL_PART: Final = 64 * KIB
MOST_PARTS: Final = 2048  # one request and one row each
USUAL_PARTS: Final = 512
DIRECT_PART: Final = 5 * MIB  # S3 takes no smaller one, but for the last
MEDIA_PER_CASE: Final = 40
NUMBERS_AT_ONCE: Final = 20  # addresses of parts given in one answer


def server_part_bytes(size: int, asked: int | None = None) -> int:
    """Bytes of a part through the server, a multiple of 16 KiB up to 1 MiB: what was `asked` for, but never so little
    that there would be more than 2,048 parts. Unasked 64 KiB, and more for files of more than 32 MiB.
    """
    least = ceil(size / MOST_PARTS)
    wanted = max(USUAL_PART, ceil(size / USUAL_PARTS)) if asked is None else asked
    return min(LARGEST_PART, max(SMALLEST_PART, _rounded(max(least, wanted))))


def direct_part_bytes(size: int) -> int:
    """Bytes of a part straight to S3, which takes at most 10,000 of them."""
    return max(DIRECT_PART, ceil(size / 10_000))


def count(size: int, part_bytes: int) -> int:
    """How many parts a file of `size` bytes has."""
    return ceil(size / part_bytes)


def length(number: int, size: int, part_bytes: int) -> int:
    """Bytes of the part `number`, counted from 1; 0 for one that is not part of the file."""
    if not 1 <= number <= count(size, part_bytes):
        return 0
    return min(part_bytes, size - (number - 1) * part_bytes)


def missing(have: Iterable[int], size: int, part_bytes: int) -> tuple[int, ...]:
    """Numbers of the parts that have not arrived, in order."""
    there = set(have)
    return tuple(number for number in range(1, count(size, part_bytes) + 1) if number not in there)


def _rounded(wanted: int) -> int:
    return ceil(wanted / SMALLEST_PART) * SMALLEST_PART
