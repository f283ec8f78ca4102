"""How files are cut into parts, against the obvious way of doing it."""

from hypothesis import given
from hypothesis import strategies as st

from courses.media.rules import uploads as rules

MIB = 1024 * 1024


@given(size=st.integers(1, 200_000), part_bytes=st.integers(1, 5_000))
def test_parts_are_what_slicing_gives(size: int, part_bytes: int) -> None:
    slices = [min(part_bytes, size - start) for start in range(0, size, part_bytes)]
    count = rules.count(size, part_bytes)
    assert [rules.length(number, size, part_bytes) for number in range(1, count + 1)] == slices
    assert rules.length(0, size, part_bytes) == rules.length(count + 1, size, part_bytes) == 0


@given(size=st.integers(1, 50_000), have=st.sets(st.integers(1, 60)))
def test_missing_and_had_make_the_whole(size: int, have: set[int]) -> None:
    everything = set(range(1, rules.count(size, 1_000) + 1))
    lacking = rules.missing(have, size, 1_000)
    assert set(lacking) == everything - have
    assert list(lacking) == sorted(lacking)


@given(size=st.integers(1, 2 * 1024 * MIB), asked=st.none() | st.integers(1, 4 * MIB))
def test_parts_through_the_server_stay_within_bounds(size: int, asked: int | None) -> None:
    part = rules.server_part_bytes(size, asked)
    assert 16 * 1024 <= part <= MIB
    assert part % (16 * 1024) == 0
    assert rules.count(size, part) <= rules.MOST_PARTS or part == MIB
    assert rules.count(size, rules.direct_part_bytes(size)) <= 10_000
    assert rules.direct_part_bytes(size) >= 5 * MIB


def test_a_thin_link_gets_small_parts() -> None:
    assert rules.server_part_bytes(300_000) == 64 * 1024
    assert rules.server_part_bytes(32 * MIB) == 64 * 1024
    assert rules.server_part_bytes(500 * MIB) == 1008 * 1024
    assert rules.server_part_bytes(300_000, 1) == 16 * 1024
    assert rules.server_part_bytes(500 * MIB, 16 * 1024) == 256 * 1024
