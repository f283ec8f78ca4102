"""Token buckets: never more than the burst plus what flowed in."""

from hypothesis import given
from hypothesis import strategies as st

from livesessions.room.rules.limits import Bucket, Limit


@given(
    st.floats(0.05, 50),
    st.integers(1, 60),
    st.lists(st.floats(0, 5, allow_nan=False), max_size=200),
)
def test_never_more_than_the_limit(rate: float, burst: int, pauses: list[float]) -> None:
    bucket = Bucket(Limit(rate, burst), 0.0)
    at, taken = 0.0, 0
    for pause in pauses:
        at += pause
        taken += bucket.take(at) == 0.0
        assert taken <= burst + rate * at + 1e-6


@given(st.floats(0.05, 50), st.integers(1, 60))
def test_waiting_as_long_as_told_is_enough(rate: float, burst: int) -> None:
    bucket = Bucket(Limit(rate, burst), 0.0)
    assert all(bucket.take(0.0) == 0.0 for _ in range(burst))
    wait = bucket.take(0.0)
    assert wait > 0
    assert bucket.take(wait * 1.001) == 0.0


def test_a_clock_that_goes_back_gives_nothing() -> None:
    bucket = Bucket(Limit(1, 1), 100.0)
    assert bucket.take(100.0) == 0.0
    assert bucket.take(0.0) == 1.0
    assert bucket.take(100.5) > 0
    assert bucket.take(101.0) == 0.0


def test_what_is_given_back_can_be_taken_again_and_fills_no_more_than_the_burst() -> None:
    bucket = Bucket(Limit(rate=1 / 60, burst=2), 0.0)
    assert bucket.take(0.0) == bucket.take(0.0) == 0.0
    bucket.give_back()
    assert bucket.take(0.0) == 0.0
    for _ in range(5):
        bucket.give_back()
    assert [bucket.take(0.0) == 0.0 for _ in range(3)] == [True, True, False]
