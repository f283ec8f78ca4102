"""The eager transport: at once what the socket takes, the rest in order when the reactor says so."""

from typing import Any

import pytest
from twisted.internet import main, tcp

from config.server.transport import EagerServer, make_eager


class Wire:
    """Stands where the kernel is: takes so many bytes at a time, keeps what it took."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch):
        self.taken = b""
        self.takes = 1_000_000
        self.is_broken = False
        self.asked_to_write = False
        self.connection = EagerServer.__new__(EagerServer)
        self.connection.__dict__ |= {"connected": 1, "producer": None, "_writeDisconnected": False}
        self.connection.dataBuffer, self.connection._tempDataBuffer, self.connection._tempDataLen = b"", [], 0
        self.connection.offset = 0
        self.connection.reactor = self
        monkeypatch.setattr(tcp.Server, "writeSomeData", lambda connection, data: self.write(data))

    def write(self, data: bytes) -> Any:
        if self.is_broken:
            return main.CONNECTION_LOST
        taken = bytes(data)[: self.takes]
        self.taken += taken
        return len(taken)

    def addWriter(self, connection: Any) -> None:
        self.asked_to_write = True

    def removeWriter(self, connection: Any) -> None:
        self.asked_to_write = False


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Wire:
    return Wire(monkeypatch)


def test_what_the_socket_takes_does_not_wait_for_the_reactor(wire: Wire) -> None:
    wire.connection.write(b"one")
    wire.connection.write(b"two")
    assert wire.taken == b"onetwo"
    assert not wire.asked_to_write


def test_the_rest_waits_and_what_comes_later_stays_behind_it(wire: Wire) -> None:
    wire.takes = 2
    wire.connection.write(b"first")
    wire.takes = 1_000_000
    wire.connection.write(b"second")
    assert wire.taken == b"fi"
    assert wire.asked_to_write
    wire.connection.doWrite()
    wire.connection.write(b"third")
    assert wire.taken == b"firstsecondthird"
    assert not wire.asked_to_write


def test_a_broken_connection_is_left_to_the_reactor_to_find(wire: Wire) -> None:
    wire.is_broken = True
    wire.connection.write(b"lost")
    assert wire.asked_to_write
    assert wire.connection.doWrite() is main.CONNECTION_LOST


def test_only_a_plain_port_is_changed() -> None:
    port, other = tcp.Port(0, None), object()
    make_eager(port)
    make_eager(other)
    assert port.transport is EagerServer
