"""When old garbage is looked for."""

import pytest

from config.server.garbage_collection import is_due


@pytest.mark.parametrize(
    ("here", "gone", "seconds", "due"),
    [
        (4_000, 0, 60, False),  # a full room is left in peace
        (4_000, 3_999, 60, False),
        (4_000, 4_000, 60, True),  # as many have gone as are here
        (0, 499, 60, False),
        (0, 500, 60, True),
        (10, 0, 599, False),
        (10, 0, 600, True),  # pages make garbage too, and few connections cost little
        (4_000, 0, 3_599, False),
        (4_000, 0, 3_600, True),
    ],
)
def test_when_enough_is_to_be_gained(here: int, gone: int, seconds: float, due: bool) -> None:
    assert is_due(here=here, gone=gone, seconds=seconds) is due
