"""The load generator finds every frame and counts every message once, however the bytes were cut."""

import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.load.bench import wire
from tests.load.bench.links import MARK, Seat, State
from tests.load.bench.room_link import RoomLink
from tests.load.bench.swarm import Swarm

ENTRY = b'{"st":"room","seq":%d,"kind":"chat.posted","d":{"text":"' + MARK + b'%d@p0000@"}}'


def unmasked(payload: bytes, opcode: int = wire.TEXT) -> bytes:
    """As a server sends it."""
    frame = bytearray(wire.masked(payload, opcode))
    frame[1] &= 0x7F
    mask = {126: 4, 127: 10}.get(frame[1], 2)
    assert frame[mask : mask + 4] == b"\0\0\0\0"
    del frame[mask : mask + 4]
    return bytes(frame)


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536])
def test_frames_of_every_length(size: int) -> None:
    data = unmasked(b"x" * size) + unmasked(b"ping", wire.PING)
    frames, end = wire.split(data, len(data))
    assert [(opcode, data[start:stop]) for opcode, start, stop in frames] == [
        (wire.TEXT, b"x" * size),
        (wire.PING, b"ping"),
    ]
    assert end == len(data)


@given(st.lists(st.integers(0, 70_000), max_size=4), st.integers(0, 300))
def test_what_is_not_whole_is_left(sizes: list[int], missing: int) -> None:
    data = b"".join(unmasked(b"x" * size) for size in sizes)
    frames, end = wire.split(data, max(0, len(data) - missing))
    again, rest = wire.split(data[end:], len(data) - end)
    assert [stop - start for _, start, stop in [*frames, *again]] == sizes
    assert end + rest == len(data)


class Wire:
    """A link of a swarm that is up, and the server's end of it."""

    def __init__(self) -> None:
        self.swarm = Swarm("room")
        with socket.create_server(("127.0.0.1", 0)) as server:
            self.link = RoomLink(self.swarm, Seat(0, "127.0.0.1", server.getsockname()[1], "/"))
            assert self.link.open()
            self.server, _ = server.accept()
        self.swarm.keep(self.link)
        self.swarm.listen(self.link)
        self.link.state = State.UP

    def send(self, data: bytes) -> None:
        """As one read of the link's."""
        self.server.sendall(data)
        before = self.link.received
        while self.link.received < before + len(data):
            self.link.readable()

    def heard(self) -> bytes:
        """What the link sent, without the heads of its frames."""
        return self.server.recv(65_536)


@contextmanager
def a_wire() -> Iterator[Wire]:
    wired = Wire()
    yield wired
    wired.server.close()
    wired.swarm.leave()


@pytest.fixture
def wired() -> Iterator[Wire]:
    with a_wire() as made:
        yield made


@given(st.data())
def test_a_message_counts_once_however_it_was_cut(data: st.DataObject) -> None:
    sizes = data.draw(st.lists(st.integers(1, 4), min_size=1, max_size=6))
    seq, frames = 0, []
    for size in sizes:
        entries = [ENTRY % (seq + n + 1, 1) for n in range(size)]
        seq += size
        frames.append(unmasked(b'{"ev":[' + b",".join(entries) + b"]}"))
    stream = b"".join(frames)
    cuts = sorted(data.draw(st.sets(st.integers(1, len(stream) - 1), max_size=8)))
    with a_wire() as wired:
        for start, stop in pairwise([0, *cuts, len(stream)]):
            wired.send(stream[start:stop])
        assert (wired.link.deliveries, wired.link.frames) == (sum(sizes), len(sizes))
        assert wired.link.seat.last == seq
        assert not wired.link.has_hole


def test_a_hole_is_noticed(wired: Wire) -> None:
    wired.send(unmasked(b'{"ev":[' + ENTRY % (1, 1) + b"]}") + unmasked(b'{"ev":[' + ENTRY % (3, 1) + b"]}"))
    assert wired.link.has_hole


def test_messages_in_a_snapshot_do_not_count(wired: Wire) -> None:
    entry = ENTRY % (4, 1)
    wired.link.state = State.GREETING
    wired.send(unmasked(b'{"re":0,"ok":{"epoch":"e","mode":"snapshot","top":{"room":4},"snapshot":[%s]}}' % entry))
    assert (wired.link.deliveries, wired.link.seat.last, wired.link.state) == (0, 4, State.UP)


def test_pings_are_answered_with_what_was_seen(wired: Wire) -> None:
    wired.send(unmasked(b'{"ev":[' + ENTRY % (1, 1) + b"]}") + unmasked(b'{"ping":{"top":{"room":1}}}'))
    assert wired.heard().endswith(b'{"do":"beat","seen":{"room":1}}')
    wired.send(unmasked(b"hey", wire.PING))
    assert wired.heard() == wire.masked(b"hey", wire.PONG)


def test_every_64_kib_are_confirmed(wired: Wire) -> None:
    text = b'{"ev":[{"seq":%d,"text":"' + b"x" * 32_768 + b'"}]}'
    wired.send(unmasked(text % 1))
    wired.send(unmasked(text % 2))
    assert wired.heard().endswith(b'"seen":{"room":2}}')


def test_answers_are_timed_and_refusals_counted(wired: Wire) -> None:
    wired.link.command(1, "chat.post", b'"text":"a"')
    wired.link.command(2, "chat.post", b'"text":"b"')
    wired.send(unmasked(b'{"re":1,"ok":{"st":"room","seq":9}}'))
    wired.send(unmasked(b'{"re":2,"err":{"code":"rate.limited","retry":true,"after_ms":5}}'))
    assert len(wired.swarm.acks) == 1
    assert wired.swarm.refused == Counter({"rate.limited": 1})
