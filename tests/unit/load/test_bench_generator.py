"""The load generator as a process, against the raw reference: what it says arrived did arrive."""

import pytest

from tests.load.bench.driver import Driver, Unmeasured
from tests.load.bench.houses import reference
from tests.load.bench.links import Seat
from tests.load.servers import free_ports


def test_everybody_hears_everything_once() -> None:
    people = 5
    with reference("broadcast") as house, Driver(house.kind, house.pids) as driver:
        came = driver.join(house.people(people))
        assert (came["up"], came["refused"]) == (people, {})
        run = driver.pace(100, seconds=0.3, warm=0.05, posters=2)
        assert run["is_settled"]
        assert run["latency"]["count"] == run["posted"] * people == 30 * people
        flood = driver.flood(window=2, warm=0.05, seconds=0.2, posters=3)
        assert flood["is_settled"]
        assert flood["deliveries"] == flood["frames"] >= flood["posts"] > 0
        assert flood["generator_cpu"] > 0


def test_nobody_there_is_an_error() -> None:
    with Driver("plain", []) as driver, pytest.raises(Unmeasured, match="0 of 1 came in"):
        driver.join([Seat(0, "127.0.0.1", free_ports(1)[0], "/")], within=0.2)


def test_a_fault_of_the_generator_is_told() -> None:
    with Driver("plain", []) as driver, pytest.raises(Unmeasured, match="KeyError"):
        driver.order("dance")
