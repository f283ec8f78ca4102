"""Database work of the event loop: a thread that reads and a thread that writes, each with its own connection."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Generic, TypeVar

from django.db import DatabaseError, connections

logger = logging.getLogger(__name__)
T = TypeVar("T")
Job = TypeVar("Job")
Result = TypeVar("Result")


class DatabaseThread:
    """One thread, one connection, kept open between jobs and replaced after a database error."""

    def __init__(self, name: str):
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)

    async def run(self, function: Callable[..., T], *args: Any) -> T:
        """Call the function in the thread and wait for its result."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._guarded, function, *args)

    def _guarded(self, function: Callable[..., T], *args: Any) -> T:
        try:
            return function(*args)
        except DatabaseError:
            connections.close_all()  # the next job starts with a connection that works
            raise

    async def close(self) -> None:
        """Finish what is running and close the connection."""
        await asyncio.get_running_loop().run_in_executor(self._thread, connections.close_all)
        self._thread.shutdown(wait=False)


class Grouper(Generic[Job, Result]):
    """Does queued jobs in batches: whatever came in while the last batch was under way makes the next one.

    There is no timer: a lone job starts at once, and a storm shares transactions. `work` gets the jobs in order of
    arrival and gives back one result (or exception) for each, in the same order.
    """

    def __init__(self, thread: DatabaseThread, work: Callable[[list[Job]], list[Result | Exception]], most: int = 500):
        self._thread = thread
        self._work = work
        self._most = most
        self._queue: list[tuple[Job, asyncio.Future[Result]]] = []
        self._runner: asyncio.Task[None] | None = None

    def submit(self, job: Job) -> "asyncio.Future[Result]":
        """The future of the job's result."""
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._queue.append((job, future))
        if self._runner is None:
            self._runner = asyncio.create_task(self._run())
        return future

    @property
    def is_busy(self) -> bool:
        """Something is queued or under way."""
        return self._runner is not None

    async def idle(self) -> None:
        """Wait until nothing is queued or under way."""
        while self._runner is not None:
            await asyncio.wait([self._runner])

    async def _run(self) -> None:
        try:
            while self._queue:
                batch, self._queue = self._queue[: self._most], self._queue[self._most :]
                await self._do(batch)
        finally:
            self._runner = None

    async def _do(self, batch: list[tuple[Job, "asyncio.Future[Result]"]]) -> None:
        results: list[Result | Exception]
        try:
            results = await self._thread.run(self._work, [job for job, _ in batch])
        except Exception as error:
            logger.warning("a batch of %d failed: %s", len(batch), error)
            results = [error] * len(batch)
        for (_, future), result in zip(batch, results, strict=True):
            if future.done():
                continue
            if isinstance(result, Exception):
                future.set_exception(result)
            else:
                future.set_result(result)
