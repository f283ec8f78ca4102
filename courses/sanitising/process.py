"""Runs the cleaning in a child process that may crash, hang or eat its memory without hurting this one."""

from pathlib import Path
from typing import Final

from courses.sanitising.limits import Limits
from courses.sanitising.results import Clean

DEFAULTS: Final = Limits()


def clean(source: Path, out: Path, limits: Limits = DEFAULTS) -> Clean:
    """Fills the empty folder `out` with the clean files made of `source`, which is left as it is.

    Takes up to `limits.long_seconds` for a video, a few seconds for the rest; run it in a task. Raises Refused, with
    `out` empty again.
    """
    raise NotImplementedError
