"""News inside the process: one part announces what it committed, others listen, and neither imports the other."""

import logging
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction

logger = logging.getLogger(__name__)

Listener = Callable[[Any], None]
_listeners: defaultdict[type, list[Listener]] = defaultdict(list)


def listen(event: type, listener: Listener) -> None:
    """Call `listener` with every announced event of this type. Registering twice is the same as once."""
    if listener not in _listeners[event]:
        _listeners[event].append(listener)


def announce(event: Any) -> None:
    """Tell the listeners once the surrounding transaction has committed; never if it does not.

    What is committed stands: a listener that fails is logged, and neither the caller nor the others hear of it.
    """
    for listener in _listeners[type(event)]:
        transaction.on_commit(partial(_tell, listener, event))


def _tell(listener: Listener, event: Any) -> None:
    try:
        listener(event)
    except Exception:
        logger.exception("%s could not be told to %s", type(event).__name__, getattr(listener, "__name__", listener))
