"""Autobahn writes log lines for every connection and every piece of data it reads, and prepares their text, in colours,
also where nobody logs: a tenth of a join storm, a fifth of a heartbeat. Here the values are passed on as they are, to
be formatted only by a log that is read.
"""

from types import ModuleType
from typing import Any, Final

import autobahn.twisted.websocket
import autobahn.websocket.protocol

_DECORATORS: Final = ("hl", "hlid", "hltype", "hlval", "pformat")


def hush() -> None:
    """Call before the server listens. A version of Autobahn without these functions is left as it is."""
    for module in (autobahn.twisted.websocket, autobahn.websocket.protocol):
        _undecorate(module)


def _undecorate(module: ModuleType) -> None:
    for name in _DECORATORS:
        if hasattr(module, name):
            setattr(module, name, _as_it_is)


def _as_it_is(value: Any, *_: Any, **__: Any) -> Any:
    return value
