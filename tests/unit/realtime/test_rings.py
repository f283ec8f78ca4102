"""The ring against a list that remembers everything."""

from hypothesis import given
from hypothesis import strategies as st

from livesessions.realtime.rings import Ring

orders = st.permutations(range(1, 31)).flatmap(
    lambda seqs: st.lists(st.sampled_from(seqs), max_size=20).map(lambda doubled: [*seqs, *doubled])
)


@given(orders, st.integers(1, 40))
def test_any_order_and_any_doubling_ends_in_the_same_contiguous_run(seqs: list[int], size: int) -> None:
    ring = Ring(0, size=40)
    arrived: set[int] = set()
    for seq in seqs:
        ring.offer(seq, str(seq))
        arrived.add(seq)
        expected = next(n for n in range(1, 100) if n not in arrived) - 1
        assert ring.top == expected
        assert ring.has_hole == any(n > expected for n in arrived)
    assert ring.after(0, 100) == [str(n) for n in range(1, 31)]


def test_what_fell_out_is_not_given_in_part() -> None:
    ring = Ring(10, size=3)
    for seq in range(11, 16):
        ring.offer(seq, str(seq))
    assert ring.floor == 12
    assert ring.after(11, 100) is None
    assert ring.after(12, 100) == ["13", "14", "15"]
    assert ring.after(13, 1) == ["14"]
    assert ring.after(15, 100) == []


def test_an_entry_is_changed_in_its_place_as_long_as_it_is_here() -> None:
    ring = Ring(0, size=3)
    for seq in range(1, 6):
        ring.offer(seq, str(seq))
    for seq in (1, 2, 4, 6):
        ring.replace(seq, lambda wire: wire + "!")
    assert ring.after(2, 10) == ["3", "4!", "5"]


def test_entries_that_come_far_too_early_do_not_pile_up() -> None:
    ring = Ring(0, size=5)
    for seq in range(2, 100):
        ring.offer(seq, str(seq))
    assert len(ring.ahead) == 5
