"""Many ask at once how the site is: all are told the same truth."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from web.readiness import Line, Part, Report


def test_whoever_asks_while_others_ask_hears_of_every_part() -> None:
    line, askers = Line([Part("a", Report), Part("b", Report)]), 16
    together = Barrier(askers, timeout=30)

    def ask(_asker: int) -> list[set[str]]:
        told = []
        for _ in range(60):
            together.wait()
            told.append(set(line.begin().reports_by(time.monotonic() + 30)))
        return told

    with ThreadPoolExecutor(askers) as pool:
        answers = [told for each in pool.map(ask, range(askers)) for told in each]
    assert answers == [{"a", "b"}] * (askers * 60)
