"""The database wrapper Django finds for ENGINE "web.sqlite".

SQLite has one writer. With BEGIN IMMEDIATE and a busy timeout nobody fails, but those who wait poll and sleep, and an
unlucky one waits for seconds. Here the threads of a process queue for the write lock in order of arrival instead, so
SQLite's own polling is left for other processes only.
"""

import threading
from collections import deque
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base

from shared import in_use


class FairLock:
    """A lock handed over in order of arrival."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._held = False
        self._waiting: deque[threading.Event] = deque()

    def acquire(self, timeout: float) -> bool:
        """Wait at most `timeout` seconds for the lock; False when it was not got."""
        with self._guard:
            if not self._held:
                self._held = True
                return True
            turn = threading.Event()
            self._waiting.append(turn)
        if turn.wait(timeout):
            return True
        with self._guard:
            if turn.is_set():  # handed over while we were giving up
                return True
            self._waiting.remove(turn)
            return False

    def release(self) -> None:
        """Hand the lock to whoever has waited longest."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._held = False


_locks: dict[str, FairLock] = {}
_locks_guard = threading.Lock()


class DatabaseWrapper(base.DatabaseWrapper):
    """Takes the process's write queue before BEGIN IMMEDIATE and leaves it after COMMIT or ROLLBACK."""

    _queued: FairLock | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        in_use.hold_or_fail(str(conn_params["database"]))
        return super().get_new_connection(conn_params)

    def _start_transaction_under_autocommit(self) -> None:
        name = str(self.settings_dict["NAME"])
        with _locks_guard:
            lock = _locks.setdefault(name, FairLock())
        if not lock.acquire(float(self.settings_dict["OPTIONS"].get("timeout", 5))):
            raise OperationalError("database is locked: the write queue of this process did not move")
        self._queued = lock
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._leave_queue()
            raise

    def _leave_queue(self) -> None:
        lock, self._queued = self._queued, None
        if lock:
            lock.release()

    def _commit(self) -> Any:
        result = super()._commit()  # type: ignore[misc]
        self._leave_queue()
        return result

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]
        finally:
            self._leave_queue()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]
        finally:
            self._leave_queue()
