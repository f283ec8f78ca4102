"""Our server under Python's profiler: `python -m tests.load.bench.profiled --port 8000`.

SIGUSR1 begins, SIGUSR2 ends and writes the statistics to the file BENCH_PROFILE. Only the event loop's thread is looked
at; the database's work shows as its waiting.
"""

import cProfile
import os
import signal
from pathlib import Path

from config.server import __main__


def main() -> None:
    profiler = cProfile.Profile()

    def begin(*signal_: object) -> None:
        profiler.enable()

    def end(*signal_: object) -> None:
        profiler.disable()
        whole = Path(os.environ["BENCH_PROFILE"])
        part = whole.with_suffix(".part")
        profiler.dump_stats(part)
        part.rename(whole)

    signal.signal(signal.SIGUSR1, begin)
    signal.signal(signal.SIGUSR2, end)
    __main__.main()


if __name__ == "__main__":
    main()
