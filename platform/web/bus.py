"""News inside the process: one part announces what it committed, others listen, and neither imports the other."""

from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction

Listener = Callable[[Any], None]
_listeners: defaultdict[type, list[Listener]] = defaultdict(list)


def listen(event: type, listener: Listener) -> None:
    """Call `listener` with every announced event of this type. Registering twice is the same as once."""
    if listener not in _listeners[event]:
        _listeners[event].append(listener)


def announce(event: Any) -> None:
    """Tell the listeners once the surrounding transaction has committed; never if it does not."""
    for listener in _listeners[type(event)]:
        transaction.on_commit(partial(listener, event))
