"""What no honest client sends: WebSocket frames byte by byte, and commands with something wrong in them."""

import json
import os
import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
CONTINUATION: Final = 0
LARGEST: Final = 16_384  # bytes of a command

# What stands where something else is expected.
_PIECES: Final = (
    *("null", "true", "false", "0", "-0", "-1", "1", "1.0", "1.5", "-1e-7", "1e308"),
    *(str(2**31), str(2**53 + 1), str(2**63), str(-(2**63) - 1), str(2**64), str(2**70), str(-(2**70))),
    *('""', '" "', '"x"', '"\\u0000"', '"a\\u0000b"', '"\u202e\u2066"', '"\\u200b\\u200b"', '"\U0001f9ba"'),
    *('"' + "é" * 5_000 + '"', '"' + "x" * 4_001 + '"', '"' + "\\n" * 200 + '"', '"../../etc/passwd"', '"%s%n"'),
    *('"\' OR 1=1 --"', '"{{ 7 * 7 }}"', '"<script>"', '"1e5"', '"2030-01-01"'),
    *("[]", "[[]]", "[null]", '["a","b"]', "{}", '{"a":1}', '{"":null}', '{"text":"hi"}', '{"__proto__":{}}'),
    "[" * 7 + "]" * 7,
)
# The same, but for being no JSON, or more of it than is taken: nothing can be answered then.
_BAD_PIECES: Final = (
    *("1e400", "-1e400", "NaN", "Infinity", "-Infinity", "0x10", "01", "+1", ".5", "1_000", "undefined", "None", "'x'"),
    *("9" * 400, '"\\ud800"', '"\\udfff\\ud800"', '"\\x41"', "[1,2", '"open', '"a\nb"'),
    *("[" * 9 + "]" * 9, "[" * 4_000 + "]" * 4_000, '{"a":' * 8 + "1" + "}" * 8, '{"a":' * 2_000),
)
_FIELDS: Final[dict[str, dict[str, str]]] = {
    "hello": {"epoch": "null", "since": "{}", "device": '"d"', "profile": '"full"'},
    "beat": {"seen": '{"room":0}'},
    "history": {"st": '"room"', "since": "0"},
    "chat.post": {"text": '"hi"'},
    "chat.hide": {"message": '"m"', "reason": '"r"'},
    "question.ask": {"text": '"why?"'},
    "question.withdraw": {"question": '"q"'},
    "question.vote": {"question": '"q"'},
    "question.unvote": {"question": '"q"'},
    "question.approve": {"question": '"q"'},
    "question.dismiss": {"question": '"q"', "reason": '""'},
    "question.merge": {"question": '"q"', "into": '"p"'},
    "question.assign": {"question": '"q"', "person": "null"},
    "question.pin": {"question": '"q"', "pinned": "true"},
    "question.take": {"question": '"q"'},
    "question.answer": {"question": '"q"', "mode": '"text"', "text": '"so"'},
    "poll.open": {"text": '"which?"', "options": '["a","b"]'},
    "poll.vote": {"poll": '"p"', "option": "0"},
    "poll.close": {"poll": '"p"'},
    "person.mute": {"person": '"x"', "muted": "true", "reason": '""'},
    "person.ban": {"person": '"x"', "banned": "true", "reason": '""'},
    "hand.lower": {"person": '"x"'},
}
# Without fields of their own nothing in them can be wrong enough: only for those who may not give them.
_BARE: Final = ("stage.end", "stage.hold", "stage.open", "safety.stop", "safety.clear", "no.such", "", "chat", "Hello")
_ENVELOPE: Final = ("id", "do", "cid")


def frame(
    payload: bytes,
    opcode: int = TEXT,
    *,
    fin: bool = True,
    rsv: int = 0,
    masked: bool = True,
    length: int | None = None,
) -> bytes:
    """One WebSocket frame. `length` is what the header says instead of the payload's own."""
    said = len(payload) if length is None else length
    head = bytes([fin << 7 | rsv << 4 | opcode])
    bit = masked << 7
    if said < 126:
        head += bytes([bit | said])
    elif said < 65_536:
        head += struct.pack("!BH", bit | 126, said)
    else:
        head += struct.pack("!BQ", bit | 127, said)
    if not masked:
        return head + payload
    mask = os.urandom(4)
    key = (mask * (len(payload) // 4 + 1))[: len(payload)]
    mixed = int.from_bytes(payload, "big") ^ int.from_bytes(key, "big")
    return head + mask + mixed.to_bytes(len(payload), "big")


@dataclass
class Commands:
    """An endless supply of commands with something wrong in them, as text; the same for the same seed."""

    chance: random.Random
    is_staff: bool
    number: int = 0

    def __iter__(self) -> Iterator[str]:
        while True:
            yield self._spoilt(self._command())

    def _command(self) -> dict[str, str]:
        self.number += 1
        do = self.chance.choice(list(_FIELDS) if self.is_staff or self.chance.random() < 0.8 else _BARE)
        cid = UUID(int=self.chance.getrandbits(128), version=4)
        return {"id": str(self.number), "do": json.dumps(do), "cid": f'"{cid}"', **_FIELDS.get(do, {})}

    def _spoilt(self, command: dict[str, str]) -> str:
        own = [name for name in command if name not in _ENVELOPE] or ["cid"]
        way = self.chance.random()
        if way < 0.02:  # the envelope
            command[self.chance.choice(_ENVELOPE)] = self._piece()
        elif way < 0.12:  # a field is missing
            del command[self.chance.choice([*own, "cid"])]
        elif way < 0.32:  # all are something else
            for name in own:
                command[name] = self._piece()
        else:
            command[self.chance.choice(own)] = self._piece()
        if self.chance.random() < 0.1:
            command[self.chance.choice(("", "é", "re", "ok", "seq", "x" * 300))] = self._piece()
        text = "{" + ",".join(f"{json.dumps(name)}:{value}" for name, value in command.items()) + "}"
        return self._scratched(text) if self.chance.random() < 0.02 else text

    def _piece(self) -> str:
        return self.chance.choice(_BAD_PIECES if self.chance.random() < 0.01 else _PIECES)

    def _scratched(self, text: str) -> str:
        """As a text, whatever it says."""
        at = self.chance.randrange(len(text))
        match self.chance.randrange(6):
            case 0:
                return text[:at]
            case 1:
                return text[:at] + self.chance.choice('{}[]",:\\\0\ufeff\x7f') + text[at:]
            case 2:
                return text[:at] + text[at + 1 :]
            case 3:
                return text + self.chance.choice((text, "}", "\0", " " * LARGEST))
            case 4:
                return self._piece()
            case _:
                return text[:-1] + ',"filling":"' + "x" * (LARGEST + 1 - len(text.encode()) - 13) + '"}'


def broken(chance: random.Random) -> bytes:
    """Bytes after which no server can go on with a connection."""
    hello = b'{"id":1,"do":"hello"}'
    ways: tuple[Any, ...] = (
        lambda: frame(hello, masked=False),
        lambda: frame(hello, CONTINUATION),
        lambda: frame(hello[:5], fin=False) + frame(hello[5:]),
        lambda: frame(hello, chance.choice((3, 4, 5, 6, 7, 11, 12, 13, 14, 15))),
        lambda: frame(hello, rsv=chance.randrange(1, 8)),
        lambda: frame(b"x" * chance.randrange(126, 5_000), chance.choice((CLOSE, PING, PONG))),
        lambda: frame(b"x", chance.choice((CLOSE, PING, PONG)), fin=False),
        lambda: frame(chance.choice((b"\x03", b"\x00\x00", b"\x03\xed", b"\xff\xff", b"\x03\xe8\xff\xfe")), CLOSE),
        lambda: frame(chance.choice((b"\xff", b'"\xc3"', b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80", b"\xc0\xaf"))),
        lambda: frame(hello, BINARY),
        lambda: frame(b"", BINARY),
        lambda: frame(b""),
        lambda: frame(hello, length=chance.choice((2**40, 2**62, 2**63, 2**64 - 1))),
        lambda: frame(b"x" * chance.randrange(LARGEST + 1, 400_000)),
        lambda: (
            b"".join(frame(b"y" * 1_000, CONTINUATION if n else TEXT, fin=False) for n in range(200)) + frame(b"", 0)
        ),
        lambda: chance.randbytes(chance.randrange(2, 600)),
        lambda: b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + chance.randbytes(64),
        lambda: b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * chance.randrange(1, 20),
    )
    made: bytes = chance.choice(ways)()
    return made


def in_pieces(text: str, chance: random.Random) -> bytes:
    """A good message in several frames with a ping in between: unusual, and right."""
    raw = text.encode()
    cuts = sorted(chance.randrange(len(raw) + 1) for _ in range(3))
    parts = [raw[a:b] for a, b in zip([0, *cuts], [*cuts, len(raw)], strict=True)]
    made = b""
    for n, part in enumerate(parts):
        made += frame(part, CONTINUATION if n else TEXT, fin=n == len(parts) - 1) + frame(b"?", PING) * (n < 3)
    return made
