"""Log lines of Autobahn cost nothing until somebody reads them."""

import autobahn.twisted.websocket as twisted_side
import autobahn.websocket.protocol as protocol_side
import pytest

from config.server import autobahn_logging


@pytest.fixture(autouse=True)
def as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (twisted_side, protocol_side):
        for name in ("hl", "hlid", "hltype", "hlval", "pformat"):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, getattr(module, name))


def test_values_are_passed_on_as_they_are() -> None:
    headers = {"host": "theatre"}
    assert protocol_side.pformat(headers) != headers
    autobahn_logging.hush()
    assert protocol_side.pformat(headers) is headers
    assert twisted_side.hlval(7, "green") == 7


def test_a_version_without_them_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(protocol_side, "pformat")
    autobahn_logging.hush()
    assert not hasattr(protocol_side, "pformat")
