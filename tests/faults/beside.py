"""`python -m tests.faults.beside ROOM PERSON COUNT`: a process that writes to the servers' database past them.

It says "ready", waits for a line of its input, then posts COUNT messages as fast as it can; after each it writes the
person's stay down, as a server does. One JSON line per message tells `{"seq", "text", "ms"}`, with how long it took.
"""

import json
import sys
import time
from uuid import uuid4

import django


def main(name: str, person: str, count: int) -> None:
    django.setup()
    from django.db import transaction

    from livesessions.attendance.actions import spans
    from livesessions.attendance.actions.spans import SpanFact
    from livesessions.attendance.models import SpanSource
    from livesessions.room.actions import chat, rooms
    from livesessions.room.actions.turns import Turn
    from livesessions.room.queries import members
    from shared.clock import now

    room = rooms.for_session(name)
    assert room is not None
    member = members.find(room=room, person=person)
    assert member is not None
    key, since = uuid4(), now()
    print("ready", flush=True)
    sys.stdin.readline()
    for n in range(count):
        begun, text = time.monotonic(), f"{person} {n}"
        with transaction.atomic():
            written = chat.post(Turn(rooms.locked(room.pk), member, now()), text=text)
        spans.record([SpanFact(key, room.pk, member.pk, member.channel, SpanSource.SOCKET, since, now())])
        print(
            json.dumps({"seq": written.seq, "text": text, "ms": round((time.monotonic() - begun) * 1000)}), flush=True
        )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
