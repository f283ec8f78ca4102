"""Holds what everybody saw, and what the sheet says, against the truth. Functions return breaches, as sentences."""

import csv
import io
from bisect import bisect_right
from collections import Counter
from typing import Any, Final

from tests.load.client import Client
from tests.load.record import Entry
from tests.load.truth import Person, Truth

ROUNDING: Final = 6.0  # seconds: the sheet shows tenths of a minute, rounded down
SLACK: Final = 1.0  # seconds between a clock read here and there
REPLACED: Final = 4508
_WRITES: Final = {"chat.post": "chat.posted", "question.ask": "question.asked"}
_SHOWN: Final = frozenset({"question.approved"})

Journal = dict[tuple[str, int], Entry]


def journal(truth: Truth) -> tuple[Journal, list[str]]:
    """The journal as seen by anybody: it must be the same for everybody, and without holes."""
    seen: Journal = {}
    breaches = []
    for client in truth.clients:
        for stream, entries in client.record.entries.items():
            for entry in entries:
                known = seen.setdefault((stream, entry["seq"]), entry)
                if known != entry and known["kind"] != "chat.posted":
                    breaches.append(f"{stream} {entry['seq']} is not the same for everybody")
    for stream in {stream for stream, _ in seen}:
        seqs = sorted(seq for st, seq in seen if st == stream)
        if seqs != list(range(seqs[0], seqs[-1] + 1)):
            breaches.append(f"the {stream} stream has holes: {len(seqs)} entries up to {seqs[-1]}")
    return seen, breaches


def acknowledged(truth: Truth, seen: Journal) -> list[str]:
    """Every acknowledged entry stands once, where the server said, with its author and words; and nothing else does."""
    breaches = list(truth.refused)
    by_cid = Counter(entry["cid"] for entry in seen.values() if "cid" in entry)
    breaches += [f"cid {cid} has {count} entries" for cid, count in by_cid.items() if count > 1]
    answers = truth.acknowledged
    for cid, ok in answers.items():
        sent = truth.sent.get(cid)
        if sent is None or sent.do not in _WRITES:
            continue
        entry = seen.get((str(ok["st"]), int(str(ok["seq"]))))
        told = (entry["kind"], entry.get("cid"), entry["by"]["id"], entry["d"]["text"]) if entry else None
        if told != (_WRITES[sent.do], cid, sent.by, sent.text):
            breaches.append(f"{sent.do} {cid} was acknowledged at {ok['st']} {ok['seq']}, where {told} stands")
    for cid in by_cid:
        if cid in truth.sent and cid not in answers:
            breaches.append(f"{truth.sent[cid].do} {cid} stands in the journal and was never acknowledged")
    return breaches


def everybody_saw(truth: Truth, seen: Journal, final: int) -> list[str]:
    """Each client saw every entry after its snapshots once and in order; those who stayed saw the end."""
    breaches = []
    room = sorted((seq, e) for (stream, seq), e in seen.items() if stream == "room")
    posted = [seq for seq, e in room if e["kind"] == "chat.posted"]
    shown = [(seq, e["d"]["id"]) for seq, e in room if e["kind"] in _SHOWN]
    for person in truth.people:
        for client in person.clients:
            breaches += [f"{person.name}: {fault}" for fault in _sequence(client, posted, shown)]
        for client in person.stayed:
            if client.last.get("room", 0) != final:
                breaches.append(f"{person.name} saw up to {client.last.get('room')} of {final}")
    return breaches


def _sequence(client: Client, posted: list[int], shown: list[tuple[int, str]]) -> list[str]:
    """`posted` are the numbers of the chat, `shown` those of the questions let in, with their ids; in order."""
    record = client.record
    faults = []
    for stream, entries in record.entries.items():
        tops = {base.top[stream] for base in record.bases}
        last = 0
        for entry in entries:
            seq = entry["seq"]
            if seq <= last or (seq - 1 != last and seq - 1 not in tops):
                faults.append(f"{stream} {seq} came after {last}")
            last = seq
    for base in record.bases:
        top = base.top["room"]
        expected = posted[: bisect_right(posted, top)][-200:]
        told = [entry["seq"] for entry in base.snapshot["chat"]]
        if told[-len(expected) :] != expected and expected:
            faults.append(f"the snapshot at {top} misses chat: {len(told)} of {len(expected)}")
        known = {question["id"] for question in base.snapshot["questions"]}
        if missing := {question for seq, question in shown if seq <= top} - known:
            faults.append(f"the snapshot at {top} misses {len(missing)} questions")
    return faults


def nobody_overheard(truth: Truth) -> list[str]:
    """The desk stream, its snapshot and its raised hands reach nobody of the audience."""
    breaches = []
    for person in truth.attendees:
        for client in person.clients:
            overheard = "desk" in client.last or "desk" in client.record.entries
            if overheard or any("desk" in base.snapshot or "desk" in base.top for base in client.record.bases):
                breaches.append(f"{person.name} ({person.channel}) heard the desk")
    return breaches


def seats(truth: Truth) -> list[str]:
    """A device that was replaced was told so; nobody else was."""
    breaches = []
    for person in truth.people:
        for client in person.clients:
            was_replaced = REPLACED in client.record.closes
            if was_replaced != (client in person.replaced):
                breaches.append(f"{person.name}: {'' if was_replaced else 'not '}closed with 4508")
    return breaches


def tallies(truth: Truth, snapshot: dict[str, Any]) -> list[str]:
    """The final sums, in a fresh snapshot and as everybody who stayed last heard them."""
    expected = {question: len(voters) for question, voters in truth.voters.items()}
    told = snapshot["tallies"]
    breaches = [
        f"{question} has {told.get(question)} votes, {count} were given"
        for question, count in expected.items()
        if told.get(question, 0) != count
    ]
    for person in truth.people:
        for client in person.stayed:
            last = {question: client.record.tallies.get(question, 0) for question in expected}
            if last != expected:
                breaches.append(f"{person.name} last heard other sums: {last} for {expected}")
    return breaches


def sheet(truth: Truth, exported: bytes, regions: dict[str, str]) -> tuple[dict[str, float], list[str]]:
    """The exported sheet against the truth; `regions` are names by code. The seconds by person, and the breaches.

    Columns: 0 the person's id, 6 the province, 9 the attended minutes.
    """
    rows = list(csv.reader(io.StringIO(exported.decode("utf-8-sig"))))[1:]
    ids = Counter(row[0] for row in rows)
    breaches = [f"{who} has {count} rows on the sheet" for who, count in ids.items() if count > 1]
    minutes = {row[0]: float(row[9]) * 60 for row in rows}
    people = {person.id or person.email: person for person in truth.attendees}
    for person in truth.attendees:
        if person.id:
            breaches += _minutes(truth, person, minutes.get(person.id))
    named = {person.name for person in truth.attendees}
    registered = [row for row in rows if row[1] in named]
    if len(registered) != len(people):
        breaches.append(f"{len(registered)} of {len(people)} registered people are on the sheet")
    told = Counter(row[6] for row in registered)
    expected = Counter(regions[person.region] for person in truth.attendees)
    if told != expected:
        breaches.append(f"by province the sheet has {dict(told)}, registered were {dict(expected)}")
    absent = {person.name for person in truth.attendees if not person.clients}
    breaches += [f"{row[1]} never came and has {row[9]} minutes" for row in rows if row[1] in absent and float(row[9])]
    return minutes, breaches


def _minutes(truth: Truth, person: Person, told: float | None) -> list[str]:
    least, most = truth.bounds(person)
    if told is None:
        return [f"{person.name} is not on the sheet"]
    if least - ROUNDING - SLACK <= told <= most + SLACK:
        return []
    return [f"{person.name}: {told:.0f} s on the sheet, {least:.0f} to {most:.0f} s there, {person.stays} connections"]
