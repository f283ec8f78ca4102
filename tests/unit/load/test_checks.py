"""The rehearsal's checks find what they are there to find."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.load import checks
from tests.load.client import Client
from tests.load.record import Base, Stay
from tests.load.truth import Person, Sent, Truth

REGIONS = {"AR-X": "Córdoba", "AR-Y": "Jujuy"}
ROW = "{id},{name},,,,,{province},,,{minutes}"


def entry(seq: int, kind: str = "chat.posted", stream: str = "room", **d: Any) -> dict[str, Any]:
    d = {"text": f"text {seq}"} if kind == "chat.posted" else d
    return {"st": stream, "seq": seq, "kind": kind, "cid": f"c{seq}", "by": {"id": "p0"}, "d": d}


def client(entries: list[dict[str, Any]]) -> Client:
    made = Client("ws://nowhere", ticket="", origin="")
    made.record.bases = [Base({"room": 0}, {"chat": [], "questions": [], "tallies": {}})]
    for each in entries:
        made.record.entries.setdefault(each["st"], []).append(each)
        made.last[each["st"]] = each["seq"]
    return made


@pytest.fixture
def truth() -> Truth:
    """Two people who saw three messages of the first, and one vote."""
    people = []
    for n, region in enumerate(REGIONS):
        own = client([entry(1), entry(2), entry(3)])
        own.record.stays = [Stay(0.0, 0.0, 60.0)]
        own.record.tallies = {"q": 1}
        people.append(
            Person(f"Person {n}", f"{n}@x.example", "remote", region, id=f"p{n}", clients=[own], stayed=[own])
        )
    made = Truth(people=people, live=(0.0, 60.0), voters={"q": {"p1"}})
    for seq in (1, 2, 3):
        made.sent[f"c{seq}"] = Sent("p0", "chat.post", f"text {seq}")
        people[0].clients[0].record.answers[f"c{seq}"] = {"st": "room", "seq": seq}
    return made


def sheet(**changed: Any) -> bytes:
    rows = [
        {"id": f"p{n}", "name": f"Person {n}", "province": name, "minutes": "1.0"}
        for n, name in enumerate(REGIONS.values())
    ]
    rows[0] |= changed
    return "\r\n".join(["head", *(ROW.format(**row) for row in rows)]).encode("utf-8-sig")


def every_breach(truth: Truth, exported: bytes | None = None) -> list[str]:
    seen, breaches = checks.journal(truth)
    breaches += checks.acknowledged(truth, seen) + checks.everybody_saw(truth, seen, 3)
    breaches += checks.nobody_overheard(truth) + checks.seats(truth)
    breaches += checks.tallies(truth, {"tallies": {"q": 1}})
    return breaches + checks.sheet(truth, exported or sheet(), REGIONS)[1]


def test_a_good_rehearsal_has_no_breach(truth: Truth) -> None:
    assert every_breach(truth) == []


def lose_an_entry(truth: Truth) -> None:
    del truth.people[1].clients[0].record.entries["room"][1]


def double_an_entry(truth: Truth) -> None:
    entries = truth.people[1].clients[0].record.entries["room"]
    entries.insert(1, entries[0])


def lose_an_acknowledged_one_for_all(truth: Truth) -> None:
    for each in truth.clients:
        each.record.entries["room"] = [e for e in each.record.entries["room"] if e["seq"] != 2]


def double_a_cid(truth: Truth) -> None:
    for each in truth.clients:
        each.record.entries["room"].append({**entry(4), "cid": "c1"})


def write_unasked(truth: Truth) -> None:
    truth.people[0].clients[0].record.answers.pop("c2")


def change_words(truth: Truth) -> None:
    for each in truth.clients:
        each.record.entries["room"][0] = {**entry(1), "d": {"text": "other words"}}


def miss_the_end(truth: Truth) -> None:
    truth.people[1].clients[0].last["room"] = 2


def overhear(truth: Truth) -> None:
    truth.people[1].clients[0].last["desk"] = 1


def sit_twice(truth: Truth) -> None:
    truth.people[1].replaced.append(truth.people[1].clients[0])


def miscount(truth: Truth) -> None:
    truth.voters["q"].add("p0")


def hide_chat_from_the_snapshot(truth: Truth) -> None:
    record = truth.people[1].clients[0].record
    record.bases = [Base({"room": 2}, {"chat": [entry(1)], "questions": [], "tallies": {}})]
    record.entries["room"] = [entry(3)]


@pytest.mark.parametrize(
    "spoil",
    [
        lose_an_entry,
        double_an_entry,
        lose_an_acknowledged_one_for_all,
        double_a_cid,
        write_unasked,
        change_words,
        miss_the_end,
        overhear,
        sit_twice,
        miscount,
        hide_chat_from_the_snapshot,
    ],
)
def test_a_spoiled_one_is_found(truth: Truth, spoil: Callable[[Truth], None]) -> None:
    spoil(truth)
    assert every_breach(truth)


@pytest.mark.parametrize(
    "changed",
    [{"minutes": "1.2"}, {"minutes": "0.7"}, {"province": "Jujuy"}, {"id": "p1"}, {"id": "px", "name": "Nobody"}],
)
def test_a_wrong_sheet_is_found(truth: Truth, changed: dict[str, str]) -> None:
    assert every_breach(truth, sheet(**changed))
