"""Starts a load generator and gives it orders; keeps servers and generators on cores of their own."""

import json
import os
import resource
import select
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import asdict
from types import TracebackType
from typing import Any, Final

from tests.load.bench.links import Seat
from tests.load.servers import ROOT

_PADDING: Final = 124  # characters after the instant and the tag: a plain message is 200 bytes
_PATIENCE: Final = 300.0  # seconds that any order may take
_MANY: Final = 16  # posters


class Unmeasured(Exception):
    """What was to be measured could not be."""


def more_files() -> int:
    """Let this process and its children have as many open files as the machine allows; how many."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return most


@contextmanager
def on_core(number: int) -> Iterator[None]:
    """What is started inside stays on one core: 0 for the server, 1 for the generator; nothing with a single core."""
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < 2:
        yield
        return
    os.sched_setaffinity(0, {cores[number % len(cores)]})
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)


class Driver:
    """One generator. `watch` are the processes whose CPU it notes."""

    def __init__(self, kind: str, watch: Sequence[int], *, pinned: bool = True) -> None:
        self.watch = list(watch)
        command = [sys.executable, "-m", "tests.load.bench.generator", kind]
        settings = dict(os.environ) | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'platform'}"}
        with on_core(1) if pinned else nullcontext():
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=settings, stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )

    def __enter__(self) -> "Driver":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            self._process.communicate(timeout=5)  # the end of its orders is the end of it
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()

    def order(self, do: str, **fields: Any) -> dict[str, Any]:
        """Have something done; what came of it. Raises Unmeasured."""
        return self.begin(do, **fields)()

    def begin(self, do: str, **fields: Any) -> Callable[[], dict[str, Any]]:
        """Have something begun; call what is returned for what came of it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": do, **fields}).encode() + b"\n")
        self._process.stdin.flush()
        return self._answer

    def join(
        self, seats: Sequence[Seat], *, at_once: int = 200, within: float = 90, padding: int = _PADDING
    ) -> dict[str, Any]:
        """Everybody comes in. Raises Unmeasured when not everybody does."""
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
            file.writelines(json.dumps(asdict(seat)) + "\n" for seat in seats)
            file.flush()
            came = self.order(
                "join", seats=file.name, at_once=at_once, within=within, watch=self.watch, padding=padding
            )
        if came["up"] < came["wanted"]:
            raise Unmeasured(f"{came['up']} of {came['wanted']} came in: {came['closes']} {came['refused']}")
        return came

    def flood(self, *, window: int, warm: float, seconds: float, posters: int = _MANY) -> dict[str, Any]:
        order = {"posters": posters, "window": window, "warm": warm, "seconds": seconds}
        return _heard(self.order("flood", watch=self.watch, **order))

    def pace(
        self, per_second: float, *, seconds: float, warm: float = 1.0, posters: int = _MANY, burst: int = 1
    ) -> dict[str, Any]:
        rhythm = {"per_second": per_second, "burst": burst, "warm": warm, "seconds": seconds}
        return _heard(self.order("pace", posters=posters, watch=self.watch, **rhythm))

    def idle(self, seconds: float) -> dict[str, Any]:
        return self.order("idle", seconds=seconds, watch=self.watch)

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        if not select.select([self._process.stdout], [], [], _PATIENCE)[0]:
            self._process.kill()
            raise Unmeasured(f"the generator did not answer within {_PATIENCE:g} seconds")
        line = self._process.stdout.readline()
        if not line:
            raise Unmeasured(f"the generator ended with code {self._process.wait()}")
        answer: dict[str, Any] = json.loads(line)
        if "err" in answer:
            raise Unmeasured(answer["err"])
        done: dict[str, Any] = answer["ok"]
        return done


def _heard(run: dict[str, Any]) -> dict[str, Any]:
    """The same. Raises Unmeasured when nobody heard anything, or somebody lost the connection."""
    if not run["latency"]["count"]:
        raise Unmeasured(f"no message arrived: {run['closes']} {run['refused']}")
    if run["closes"]:
        raise Unmeasured(f"connections were closed: {run['closes']}")
    return run
