"""What a rule or an action answers, as a value to compare."""

from collections.abc import Callable
from typing import Any

from shared.errors import DomainError


def code_of(function: Callable[..., Any], *args: Any, **fields: Any) -> str | None:
    """The code with which it refuses; None where it does not."""
    try:
        function(*args, **fields)
    except DomainError as error:
        return error.code
    return None
