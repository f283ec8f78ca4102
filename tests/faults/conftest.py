"""How long a fault lasts: short by default, as long as promised with FAULTS=full.

Every test of this folder is marked `faults`. `pytest tests/faults` runs the short forms, `make faults` the full ones,
`make soak` those of ten minutes and more.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest

from tests.faults import room

T = TypeVar("T")
_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Length:
    """`length.of(short=5, full=30)` is the one that applies."""

    is_full: bool

    def of(self, *, short: T, full: T) -> T:
        return full if self.is_full else short


@pytest.fixture(scope="session")
def length() -> Length:
    return Length(os.environ.get("FAULTS") == "full")


@pytest.fixture(scope="session", autouse=True)
def _tidied() -> Iterator[None]:
    yield
    room.tidy()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker("faults")
