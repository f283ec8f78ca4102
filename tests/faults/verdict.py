"""Holds what was promised and seen against the journal as it stands in the database. Breaches are sentences."""

import json
import sqlite3
from collections import Counter
from typing import Any

import psycopg

from tests.faults.room import LiveRoom
from tests.load import checks
from tests.load.checks import Journal
from tests.load.record import Entry

_ENTRIES = """SELECT entry.stream, entry.seq, entry.wire FROM room_journalentry entry
JOIN room_room room ON room.id = entry.room_id WHERE room.public_id = {} ORDER BY entry.id"""


def journal(room: LiveRoom) -> tuple[Journal, list[str]]:
    """The room's journal, read from the database behind the servers' back: every number from 1 on once, each entry
    under its own, and no command with two.
    """
    rows = _rows(room.database, _ENTRIES, room.name)
    entries: Journal = {(stream, seq): json.loads(wire) for stream, seq, wire in rows}
    breaches = [
        f"{st} {seq} is written under another number"
        for (st, seq), e in entries.items()
        if (e["st"], e["seq"]) != (st, seq)
    ]
    for stream in {stream for stream, _ in entries}:
        seqs = sorted(seq for st, seq, _ in rows if st == stream)
        if seqs != list(range(1, len(seqs) + 1)):
            breaches.append(f"the {stream} stream has holes or doubles: {len(seqs)} rows up to {seqs[-1]}")
    cids = Counter((e["by"]["id"], e["cid"]) for e in entries.values() if "cid" in e)
    breaches += [f"cid {cid} of {who} has {count} entries" for (who, cid), count in cids.items() if count > 1]
    return entries, breaches


def verdict(room: LiveRoom) -> list[str]:
    """What must hold once the talk has settled: nothing acknowledged is lost, nothing is doubled, the order is one for
    all, nobody was left with a hole or taken back, everybody is back and has seen the end, every command was answered.
    """
    truth = room.truth
    written, breaches = journal(room)
    breaches += checks.acknowledged(truth, written)
    breaches += [f"{s.do} {cid} was never answered" for cid, s in truth.sent.items() if cid not in truth.acknowledged]
    final = max((seq for stream, seq in written if stream == "room"), default=0)
    breaches += checks.everybody_saw(truth, written, final)
    equal: set[int] = set()
    for person in truth.people:
        for client in person.clients:
            breaches += [f"{person.name} {told}" for told in _faults(client.record.entries, written, equal)]
            if client.record.holes:
                breaches.append(f"{person.name} was left with a hole {client.record.holes} times")
            if client.record.setbacks:
                breaches.append(f"{person.name} was taken back to an older state {client.record.setbacks} times")
        for client in person.stayed:
            if not client.is_up.is_set():
                breaches.append(f"{person.name} is not back (closed with {client.final or client.record.closes[-1:]})")
    return breaches


def _faults(seen: dict[str, list[Entry]], written: Journal, equal: set[int]) -> list[str]:
    """`equal` keeps the ids of entries that were found as they are written: most are one object in many records."""
    faults = []
    for stream, entries in seen.items():
        for entry in entries:
            if id(entry) in equal:
                continue
            if entry == written.get((stream, entry["seq"])):
                equal.add(id(entry))
            else:
                faults.append(f"saw another {stream} {entry['seq']} than is written")
    return faults


def _rows(database: str, query: str, *values: str) -> list[tuple[Any, ...]]:
    if database.startswith("sqlite:///"):
        with sqlite3.connect(database.removeprefix("sqlite:///")) as connection:
            return connection.execute(query.format("?"), values).fetchall()
    with psycopg.connect(database) as connection:
        return connection.execute(query.format("%s"), values).fetchall()
