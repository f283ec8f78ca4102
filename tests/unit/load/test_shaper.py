"""The arithmetic of the thin link: rate, queue, delay, loss; and packets between two ends, without namespaces."""

import queue
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.faults import links
from tests.faults.shaper import Counts, Lane, Link, Shaper

CLEAN = Link(loss=0, rtt=600, queue=10_000)
KBIT = 8  # one byte a millisecond
NEVER = 1.0  # a chance that no loss reaches


def test_a_packet_takes_its_time_on_the_line_and_half_the_round_trip() -> None:
    assert Lane().admit(1000, now=5.0, chance=NEVER, rate=KBIT, link=CLEAN) == pytest.approx(5.0 + 1.0 + 0.3)


def test_packets_wait_for_those_before_them() -> None:
    lane = Lane()
    arrivals = [lane.admit(500, now=0.0, chance=NEVER, rate=KBIT, link=CLEAN) for _ in range(3)]
    assert arrivals == pytest.approx([0.8, 1.3, 1.8])


def test_an_idle_line_saves_nothing_up() -> None:
    lane = Lane()
    lane.admit(500, now=0.0, chance=NEVER, rate=KBIT, link=CLEAN)
    assert lane.admit(500, now=60.0, chance=NEVER, rate=KBIT, link=CLEAN) == pytest.approx(60.8)


def test_a_full_queue_drops_its_tail() -> None:
    lane = Lane()
    passed = [lane.admit(4000, 0.0, NEVER, KBIT, CLEAN) is not None for _ in range(4)]
    assert passed == [True, True, False, False]
    assert lane.admit(4000, now=2.0, chance=NEVER, rate=KBIT, link=CLEAN) == pytest.approx(12.3)
    assert lane.counts == {"packets": 5, "dropped": 2, "bytes": 12_000}


@pytest.mark.parametrize(("chance", "passes"), [(0.0, False), (0.0499, False), (0.05, True), (0.99, True)])
def test_loss_is_a_share(chance: float, passes: bool) -> None:
    assert (Lane().admit(100, 0.0, chance, KBIT, Link(loss=5)) is not None) == passes


def test_a_lost_packet_took_its_time() -> None:
    lane = Lane()
    link = Link(loss=5, rtt=0)
    assert lane.admit(1000, now=0.0, chance=0.0, rate=KBIT, link=link) is None
    assert lane.admit(1000, now=0.0, chance=NEVER, rate=KBIT, link=link) == pytest.approx(2.0)


def test_nothing_passes_in_an_outage() -> None:
    assert Lane().admit(1, 0.0, NEVER, KBIT, Link(is_out=True)) is None


def test_a_shared_link_gives_everybody_the_same() -> None:
    shared = Link(down=256, up=64, queue=32_000).shared_by(20)
    assert (shared.down, shared.up, shared.queue) == (5120, 1280, 640_000)
    assert (shared.rtt, shared.loss) == (600, 5)


@given(st.lists(st.tuples(st.floats(0, 2), st.integers(20, 1400), st.floats(0, 1)), max_size=60))
def test_never_faster_than_the_rate_never_out_of_order_never_more_than_the_queue(
    packets: list[tuple[float, int, float]],
) -> None:
    lane, now, carried, arrivals = Lane(), 0.0, 0, []
    for pause, size, chance in packets:
        now += pause
        arrival = lane.admit(size, now, chance, KBIT, CLEAN)
        if arrival is None:
            continue
        carried += size
        arrivals.append(arrival)
        assert arrival >= carried / 1000 + CLEAN.delay - 1e-6
        assert arrival <= now + CLEAN.queue / 1000 + CLEAN.delay + 1e-6
    assert arrivals == sorted(arrivals)


@contextmanager
def _running(link: Link) -> Iterator[tuple[socket.socket, socket.socket, Callable[[bytes], Counts]]]:
    """A shaper between two ends; and what gives it a command and waits for the answer."""
    with ExitStack() as afterwards:
        pairs = [socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM) for _ in range(2)]
        commander, commands = socket.socketpair()
        for end in (*pairs[0], *pairs[1], commander, commands):
            afterwards.enter_context(end)
            end.settimeout(20)
        (here, device_here), (there, device_there) = pairs
        device_here.setblocking(False)
        device_there.setblocking(False)
        answers: queue.Queue[Counts] = queue.Queue()
        shaper = Shaper(device_here.fileno(), device_there.fileno(), link, answers.put)
        thread = threading.Thread(target=shaper.run, args=(commands.fileno(),))
        thread.start()

        def command(line: bytes) -> Counts:
            commander.sendall(line + b"\n")
            return answers.get(timeout=20)

        try:
            yield here, there, command
        finally:
            commander.close()
            thread.join(20)
            assert not thread.is_alive()


def test_packets_cross_both_ways_in_order() -> None:
    with _running(Link(down=8000, up=8000, rtt=2, loss=0)) as (here, there, _):
        for packet in (b"one", b"two"):
            here.send(packet)
        assert [there.recv(100), there.recv(100)] == [b"one", b"two"]
        there.send(b"back")
        assert here.recv(100) == b"back"


def test_an_outage_takes_what_was_on_its_way() -> None:
    with _running(Link(down=8000, up=8000, rtt=600_000, loss=0)) as (here, there, command):
        here.send(b"would take five minutes")
        assert command(b'{"is_out": true}')["down"]["packets"] == 1
        command(b'{"is_out": false, "rtt": 0}')
        here.send(b"after it")
        assert there.recv(100) == b"after it"


def test_a_machine_without_the_device_is_told_apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(links, "TUN", tmp_path / "tun")
    with pytest.raises(links.NoNamespaces), links.thin_link(CLEAN):
        pass
