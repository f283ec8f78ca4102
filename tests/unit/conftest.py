"""What the tests of the live room's domain share."""

from collections.abc import Callable
from typing import Any

import pytest

from shared.errors import DomainError
from tests.room_cast import Cast, assemble
from web import bus


@pytest.fixture
def cast(db: None) -> Cast:
    """A live room with everybody in it."""
    return assemble()


@pytest.fixture
def refused() -> Callable[..., str]:
    """Calls a function that must be refused; the code of the refusal."""

    def call(function: Callable[..., Any], *args: Any, **fields: Any) -> str:
        with pytest.raises(DomainError) as caught:
            function(*args, **fields)
        return caught.value.code

    return call


@pytest.fixture
def heard(django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Any]]:
    """Calls a function and gives back what it announced of one type once its transaction was over."""

    def call(event: type, function: Callable[..., Any], *args: Any, **fields: Any) -> list[Any]:
        news: list[Any] = []
        monkeypatch.setitem(bus._listeners, event, [news.append])
        with django_capture_on_commit_callbacks(execute=True):
            function(*args, **fields)
        return news

    return call
