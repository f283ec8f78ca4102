"""What the child process, and the programs it starts, must not do to the machine."""

import ctypes
import os
import resource
import signal
from contextlib import suppress
from typing import Final

from courses.media.sanitising.limits import Limits

_PR_SET_PDEATHSIG: Final = 1  # prctl(2)


def confine(limits: Limits) -> None:
    """Takes memory, file size, core dumps and priority from this process and those it starts, and ends it with its
    parent.
    """
    die_with_parent()
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.written_bytes, limits.written_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(10)


def limit_cpu(seconds: int) -> None:
    """Of this process, and of each it starts anew. SIGXCPU ends it then, SIGKILL five seconds later."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))


def die_with_parent() -> None:
    """A worker that is killed must not leave long encodings behind. Linux alone; elsewhere the CPU limit ends them."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
