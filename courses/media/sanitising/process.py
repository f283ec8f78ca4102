"""Runs the cleaning in a child process that may crash, hang or eat its memory without hurting this one."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, Any, Final

from courses.media.sanitising.child import recognised, seconds_for
from courses.media.sanitising.limits import Limits
from courses.media.sanitising.results import CODES, Clean, Refused

DEFAULTS: Final = Limits()
ROOT: Final = Path(__file__).resolve().parents[3]  # where `courses` is imported from
_LINE_BYTES: Final = 2_000_000  # of the child's answer that are read


def clean(source: Path, out: Path, limits: Limits = DEFAULTS) -> Clean:
    """Fills the folder `out`, empty or not yet there, with the clean files made of `source`, which is left as it is.

    Takes up to `limits.long_seconds` for a video, a few seconds for the rest; run it in a task. Raises Refused, with
    `out` empty again, and FileNotFoundError where there is no `source`.
    """
    out.mkdir(parents=True, exist_ok=True)
    try:
        seconds = seconds_for(recognised(source, limits), limits) + limits.starting_seconds
        try:
            done = _told(_run(source.resolve(), out.resolve(), limits, seconds))
        except OSError as error:  # a full disk, for the answer's file
            raise Refused("media.disk_full", type(error).__name__) from None
        _check(out, done)
    except BaseException:
        _empty(out)
        raise
    return done


def _run(source: Path, out: Path, limits: Limits, seconds: int) -> bytes:
    """The child's answer. No shell; an environment without a single secret of ours."""
    command = [sys.executable, "-P", "-B", "-m", "courses.media.sanitising.child", str(source), str(out)]
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "PYTHONPATH": str(ROOT),
        "LC_ALL": "C.UTF-8",
        "HOME": "/nonexistent",
        "MALLOC_ARENA_MAX": "2",  # each arena of glibc would take 64 MiB of the address space
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }
    with tempfile.TemporaryFile() as answer:
        child = subprocess.Popen(  # noqa: S603
            [*command, json.dumps(limits.as_json())],
            stdin=subprocess.DEVNULL,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            env=environment,
            cwd=out,
            start_new_session=True,
        )
        return _awaited(child, answer, seconds)


def _awaited(child: "subprocess.Popen[bytes]", answer: IO[bytes], seconds: int) -> bytes:
    try:
        status = child.wait(seconds)
    except subprocess.TimeoutExpired:
        raise Refused("media.took_too_long") from None
    finally:
        # The whole group, whether or not its leader lives: an ffmpeg must not outlast its child.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    if status == -signal.SIGXCPU:
        raise Refused("media.took_too_long")
    if status:
        raise Refused("media.broken", f"status {status}")
    answer.seek(0)
    return answer.read(_LINE_BYTES)


def _told(line: bytes) -> Clean:
    """The child's answer, read as a stranger's: it read one."""
    try:
        told: dict[str, Any] = json.loads(line)
        if "clean" in told:
            return Clean.from_json(told["clean"])
        code, why = str(told["refused"]), str(told["why"])
    except (ValueError, KeyError, TypeError) as error:
        raise Refused("media.broken", type(error).__name__) from None
    raise Refused(code if code in CODES else "media.broken", why if why.isidentifier() else "")


def _check(out: Path, done: Clean) -> None:
    """Raises Refused unless the folder holds just the files that were told of, whole."""
    found = {path.name: path for path in out.iterdir()}
    if not done.files or set(found) != {file.name for file in done.files}:
        raise Refused("media.broken", "Files")
    for file in done.files:
        path = found[file.name]
        if path.is_symlink() or not path.is_file() or path.stat().st_size != file.size:
            raise Refused("media.broken", "Files")


def _empty(out: Path) -> None:
    for path in out.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
