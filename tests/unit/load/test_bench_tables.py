"""Figures and tables of the benchmark suite."""

import math
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.load.bench import figures, tables
from tests.load.bench.counts import Counts
from tests.load.bench.figures import Latency, busiest, percentile
from tests.load.bench.run import DOCUMENT, MEASUREMENTS
from tests.load.bench.tables import Table


@given(st.lists(st.integers(-50, 50), min_size=1), st.floats(0.01, 1.0))
def test_a_percentile_is_the_least_value_that_so_many_do_not_exceed(values: list[int], share: float) -> None:
    found = percentile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values) * (1 - 1e-12)
    assert sum(value < found for value in values) < share * len(values)


def test_percentiles_of_a_hundred() -> None:
    assert Latency.of([n * 1_000_000 for n in range(1, 101)]) == Latency(100, 50.0, 99.0, 100.0)


def test_nothing_has_no_percentile() -> None:
    assert math.isnan(percentile([], 0.5))


@given(st.lists(st.integers(0, 100)).map(sorted), st.integers(1, 30))
def test_the_busiest_span(instants: list[int], span: int) -> None:
    slow = max((sum(start <= instant < start + span for instant in instants) for start in instants), default=0)
    assert busiest(instants, span) == slow


def test_this_process_has_memory_and_has_worked() -> None:
    assert figures.memory(os.getpid()) > 1_000_000
    assert figures.cpu_seconds(os.getpid()) > 0


def test_counts_beyond_a_share_of_others() -> None:
    assert Counts(100, 10, 0).beyond(Counts(40, 40, 0), 0.5) == Counts(80, 0, 0)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [("a|b", "a|b"), (1234567, "1,234,567"), (1234.5, "1,234"), (0.012345, "0.0123"), (12.0, "12"), (math.nan, "–")],
)
def test_cells(cell: tables.Cell, shown: str) -> None:
    assert tables.text(cell) == shown


def a_table(name: str = "joins") -> Table:
    table = Table(name, "Join storm", ("people", "seconds"))
    table.add(1000, 1.25)
    table.fail("2,000", "the\nserver fell")
    table.demand("1,000 people", "< 2 s", "1.25 s", True)
    table.demand("2,000 people", "< 5 s", "–", False, is_safe=True)
    return table


def test_markdown() -> None:
    assert a_table().markdown().splitlines() == [
        "#### Join storm",
        "",
        "| people | seconds |",
        "| --- | --- |",
        "| 1,000 | 1.25 |",
        "| 2,000 | not measured: the server fell |",
        "",
        "| goal | wanted | found |  |",
        "| --- | --- | --- | --- |",
        "| 1,000 people | < 2 s | 1.25 s | reached |",
        "| 2,000 people | < 5 s | – | **missed** |",
    ]
    assert a_table().failures == 1


def test_a_table_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    document = tmp_path / "performance.md"
    places = [f"<!-- bench:begin {name} -->\nold\n<!-- bench:end {name} -->" for name in ("joins", "joins-more")]
    document.write_text("before\n" + "\nbetween\n".join(places) + "\nafter\n")
    for _ in range(2):
        tables.write(document, a_table(), "make bench")
    written = document.read_text()
    assert written.startswith("before\n<!-- bench:begin joins -->\n#### Join storm\n")
    assert written.endswith(f"`make bench`\n<!-- bench:end joins -->\nbetween\n{places[1]}\nafter\n")
    assert written.count("#### Join storm") == 1


def test_a_table_without_a_place_is_an_error(tmp_path: Path) -> None:
    document = tmp_path / "performance.md"
    document.write_text("nothing\n")
    with pytest.raises(LookupError, match="bench:begin joins"):
        tables.write(document, a_table(), "make bench")


@pytest.mark.parametrize("name", MEASUREMENTS)
def test_the_document_has_a_place_for_every_measurement(name: str) -> None:
    assert f"<!-- bench:begin {name}" in DOCUMENT.read_text()
