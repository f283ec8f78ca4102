"""The process that reads a stranger's file: `python -m courses.media.sanitising.child SOURCE OUT [LIMITS]`.

It takes its limits from the kernel before it opens anything, loads only what the kind of file needs, and prints one
line of JSON: {"clean": …} or {"refused": code, "why": class name of the fault}.
"""

import contextlib
import errno
import json
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from courses.media.sanitising.confinement import confine, limit_cpu
from courses.media.sanitising.kinds import sniff
from courses.media.sanitising.limits import Limits
from courses.media.sanitising.results import Clean, Kind, Refused

_MODULES: Final = {Kind.PHOTO: "images", Kind.DOCUMENT: "documents", Kind.VIDEO: "videos", Kind.DICOM: "dicoms"}
_FULL: Final = (errno.ENOSPC, errno.EDQUOT)


def largest(kind: Kind, limits: Limits) -> int:
    """How many bytes a file of this kind may have."""
    return {
        Kind.PHOTO: limits.photo_bytes,
        Kind.DOCUMENT: limits.document_bytes,
        Kind.VIDEO: limits.video_bytes,
        Kind.DICOM: limits.dicom_bytes,
    }[kind]


def seconds_for(kind: Kind, limits: Limits) -> int:
    return limits.long_seconds if kind is Kind.VIDEO else limits.short_seconds


def recognised(source: Path, limits: Limits) -> Kind:
    """The kind of a file that is not too large for it. Reads the first bytes only. Raises Refused."""
    kind = sniff(source)
    if kind is None:
        raise Refused("media.unknown")
    if source.stat().st_size > largest(kind, limits):
        raise Refused("media.too_large")
    return kind


def work(source: Path, out: Path, limits: Limits) -> Clean:
    """Cleans in this very process. Raises Refused, whatever the libraries raise."""
    try:
        kind = recognised(source, limits)
        module: Any = import_module(f"courses.media.sanitising.{_MODULES[kind]}")
        done: Clean = module.clean(source, out, limits)
    except Refused:
        raise
    except MemoryError:
        raise Refused("media.too_large", "MemoryError") from None
    except OSError as error:
        raise Refused(_code(error), type(error).__name__) from None
    except Exception as error:  # whatever a library thinks of a stranger's bytes
        raise Refused("media.broken", type(error).__name__) from None
    return done


def _code(error: BaseException | None) -> str:
    """The code for a fault of the file system, which libraries like to wrap into one of their own."""
    while error is not None:
        number = getattr(error, "errno", None)
        if number in _FULL:
            return "media.disk_full"
        if number == errno.EFBIG:
            return "media.too_large"
        error = error.__cause__ or error.__context__
    return "media.broken"


def main(arguments: list[str]) -> int:
    """Exit status 0 when a line was printed, whatever it says."""
    source, out = Path(arguments[0]), Path(arguments[1])
    limits = Limits.from_json(json.loads(arguments[2])) if len(arguments) > 2 else Limits()
    confine(limits)
    # Libraries write to standard output at will: the line goes to a copy of it that they do not know.
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    try:
        with contextlib.suppress(Refused):  # told by `work` in a moment
            limit_cpu(seconds_for(recognised(source, limits), limits))
        line: dict[str, Any] = {"clean": work(source, out, limits).as_json()}
    except Refused as refused:
        line = {"refused": refused.code, "why": refused.why}
    json.dump(line, answer, ensure_ascii=False)
    answer.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
