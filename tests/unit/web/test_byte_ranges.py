"""Which bytes a `Range` asks for, against slicing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.byte_ranges import Unsatisfiable, wanted


@given(size=st.integers(1, 300), first=st.integers(0, 400), last=st.none() | st.integers(0, 400))
def test_a_span_is_what_slicing_gives(size: int, first: int, last: int | None) -> None:
    header = f"bytes={first}-{'' if last is None else last}"
    asked = list(range(size))[first : None if last is None else last + 1]
    if last is not None and last < first:
        assert wanted(header, size, 1000) is None
    elif not asked:
        with pytest.raises(Unsatisfiable):
            wanted(header, size, 1000)
    else:
        start, end = wanted(header, size, 1000) or (-1, -1)
        assert list(range(size))[start:end] == asked


@given(size=st.integers(1, 300), count=st.integers(1, 400))
def test_the_last_bytes(size: int, count: int) -> None:
    start, end = wanted(f"bytes=-{count}", size, 1000) or (-1, -1)
    assert list(range(size))[start:end] == list(range(size))[-count:]


def test_no_more_than_the_most() -> None:
    assert wanted("bytes=0-", 5_000, 1_000) == (0, 1_000)
    assert wanted("bytes=100-4999", 5_000, 1_000) == (100, 1_100)
    assert wanted("bytes=-2000", 5_000, 1_000) == (3_000, 4_000)


@pytest.mark.parametrize("header", ["", "bytes=-", "bytes=0-1,3-4", "items=0-1", "bytes=a-b", "bytes=5", "bytes=²-³"])
def test_what_is_not_answered_is_no_span(header: str) -> None:
    assert wanted(header, 10, 10) is None


@pytest.mark.parametrize("header", ["bytes=10-", "bytes=99-100", "bytes=-0"])
def test_what_lies_outside_is_refused(header: str) -> None:
    with pytest.raises(Unsatisfiable):
        wanted(header, 10, 10)
