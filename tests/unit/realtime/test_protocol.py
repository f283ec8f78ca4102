"""Frames: what is one, what is not, and that nothing else ever escapes the decoder."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from livesessions.realtime import protocol
from livesessions.realtime.protocol import BadFrame

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


def slow_depth(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + max((slow_depth(v) for v in value.values()), default=0)
    if isinstance(value, list):
        return 1 + max((slow_depth(v) for v in value), default=0)
    return 0


@given(values)
def test_depth(value: Any) -> None:
    assert protocol.depth(value) == slow_depth(value)


@given(st.text() | values.map(json.dumps))
def test_the_decoder_gives_a_frame_or_says_bad_frame(text: str) -> None:
    try:
        envelope, frame = protocol.decode(text, max_bytes=2000, max_depth=4)
    except BadFrame:
        return
    assert isinstance(envelope.do, str)
    assert slow_depth(frame) <= 4


@pytest.mark.parametrize("text", ["[" * 100_000, '{"do":' * 50_000, '{"do":"\ud800"}'])
def test_depth_and_surrogates_do_not_break_it(text: str) -> None:
    with pytest.raises(BadFrame):
        protocol.decode(text, max_bytes=10**7, max_depth=8)


def test_size_is_counted_in_bytes() -> None:
    text = '{"do":"ñ"}'
    assert protocol.decode(text, max_bytes=11, max_depth=8)[0].do == "ñ"
    with pytest.raises(BadFrame):
        protocol.decode(text, max_bytes=10, max_depth=8)


def test_the_payload_is_the_same_whatever_the_order_and_the_id() -> None:
    one = {"id": 1, "do": "chat.post", "cid": "a", "text": "hi", "extra": {"b": 1, "a": 2}}
    two = {"extra": {"a": 2, "b": 1}, "text": "hi", "cid": "b", "do": "chat.post", "id": 9}
    assert protocol.payload(one) == protocol.payload(two)
    assert protocol.payload(one) != protocol.payload(two | {"text": "ho"})


def test_entries_are_sent_as_they_were_written() -> None:
    wires = ['{"seq":1}', '{"seq":2}']
    assert json.loads(protocol.ev(wires)) == {"ev": [{"seq": 1}, {"seq": 2}]}
    assert json.loads(msgspec.json.encode({"entries": protocol.raw(wires)})) == {"entries": [{"seq": 1}, {"seq": 2}]}
