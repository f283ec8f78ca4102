"""The outbox of a client: commands in the order they were given, each until it is answered."""

import asyncio
import time
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

IN_FLIGHT: Final = 4
_WAITING: Final = None
_RESTING: Final = -1  # refused for now: neither waiting nor in flight until its time comes


class Refused(Exception):
    """The server answered with an error that a retry does not mend; `code` is its public code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class Pending:
    """`number` is the `id` it is in flight under."""

    frame: dict[str, Any]
    answer: "asyncio.Future[dict[str, Any]]"
    sent_at: float = 0.0
    number: int | None = _WAITING


class Outbox:
    """A cid is made once, when a command is put in, and stays with it over every connection."""

    def __init__(self) -> None:
        self._pending: dict[str, Pending] = {}
        self._window = IN_FLIGHT

    def put(self, do: str, fields: dict[str, Any]) -> tuple[str, Pending]:
        cid = fields.pop("cid", None) or str(uuid4())
        pending = Pending({"do": do, "cid": cid, **fields}, asyncio.get_running_loop().create_future())
        self._pending[cid] = pending
        return cid, pending

    def reset(self) -> None:
        """A new connection: everything unanswered goes out again, in order. One by one until nothing waits, when the
        last one died with something in flight: a link may carry a command and not four.
        """
        if any(pending.number not in (_WAITING, _RESTING) for pending in self._pending.values()):
            self._window = 1
        for pending in self._pending.values():
            pending.number = _WAITING

    def next(self) -> Pending | None:
        """What to send now; None while as many as may be are unanswered, or nothing waits."""
        in_flight = sum(p.number not in (_WAITING, _RESTING) for p in self._pending.values())
        if not self._pending:
            self._window = IN_FLIGHT
        if in_flight >= self._window:
            return None
        return next((p for p in self._pending.values() if p.number is _WAITING), None)

    def rest(self, number: int) -> Pending | None:
        """Take a command out of flight; `wake` puts it back into the queue."""
        pending = next((p for p in self._pending.values() if p.number == number), None)
        if pending:
            pending.number = _RESTING
        return pending

    def wake(self, pending: Pending) -> None:
        if pending.number == _RESTING:
            pending.number = _WAITING

    def close(self, number: int) -> tuple[str, Pending, float] | None:
        """Take the command answered under this id out: its cid, itself, the seconds it took."""
        cid = next((cid for cid, p in self._pending.items() if p.number == number), None)
        if cid is None:
            return None
        pending = self._pending.pop(cid)
        return cid, pending, time.time() - pending.sent_at

    def give_up(self, code: int) -> None:
        """The connection was closed for good: nobody will answer."""
        for pending in self._pending.values():
            if not pending.answer.done():
                pending.answer.set_exception(Refused(f"closed.{code}"))

    @property
    def is_empty(self) -> bool:
        return not self._pending
