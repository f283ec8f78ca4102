"""The rehearsal's own arithmetic agrees with the rule of the house, which it exists to judge."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livesessions.attendance.rules import minutes
from livesessions.attendance.rules.minutes import Interval
from tests.load.client import Client
from tests.load.record import Stay
from tests.load.truth import Person, Truth, attended

START = datetime(2026, 11, 22, 12, tzinfo=UTC)
stays = st.lists(
    st.tuples(st.integers(-20, 70), st.integers(0, 40)).map(lambda pair: (float(pair[0]), float(sum(pair)))),
    max_size=6,
)


def instant(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


@given(stays=stays, gap=st.integers(0, 15))
def test_the_slow_way_and_the_rule_agree(stays: list[tuple[float, float]], gap: int) -> None:
    intervals = [Interval(instant(start), instant(end)) for start, end in stays]
    rule = minutes.attended(intervals, [Interval(instant(0), instant(60))], timedelta(seconds=gap))
    assert attended(stays, (0.0, 60.0), gap) == pytest.approx(rule.seconds, abs=0.05)


def test_a_stay_may_be_counted_one_heartbeat_short() -> None:
    client = Client("ws://nowhere", ticket="", origin="")
    client.record.ping_seconds = 2.0
    client.record.stays = [Stay(asked=9.0, since=10.0, until=20.0)]
    person = Person("Ana", "", "remote", "AR-X", clients=[client])
    truth = Truth(people=[person], live=(0.0, 60.0))
    assert truth.bounds(person) == (pytest.approx(8.0), pytest.approx(11.0))
    truth.lost = 1.0
    assert truth.bounds(person) == (pytest.approx(7.0), pytest.approx(11.0))
