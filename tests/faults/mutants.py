"""Servers with one promise broken, to prove that the tests of the faults can fail.

`python -m tests.faults.mutants NAME -- --port P` breaks it in its own process, then starts the server as usual.
"""

import os
import sys
from collections.abc import Callable
from typing import Any, Final

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.conf import settings
from django.db import connection

import config.asgi  # noqa: F401 - Django is set up by it
from config.server import __main__
from livesessions.realtime import welcome
from livesessions.realtime.rings import Ring
from livesessions.realtime.room_hub import RoomHub


def resume_off() -> None:
    """hello promises a replay, and nothing of the gap is sent."""
    whole = welcome.body

    async def body(*args: Any) -> Any:
        answer, cursor = await whole(*args)
        return answer, (dict(answer["top"]) if answer["mode"] == "replay" else cursor)

    _replace(welcome, "body", body)


def gap_check_off() -> None:
    """Entries go out as they come: holes are not noticed, and the room's counters are not looked at."""

    def offer(ring: Any, seq: int, wire: str) -> None:
        if seq > ring.top:
            ring._wires.append(wire)
            ring.top = seq

    def nothing(*_: object) -> None:
        """Not looked at."""

    _replace(Ring, "offer", offer)
    _replace(RoomHub, "learn_top", nothing)
    _replace(RoomHub, "heal", nothing)


def read_up_off() -> None:
    """Who knows more than this process is not believed."""

    async def nothing(*_: object) -> None:
        """Not looked at."""

    _replace(RoomHub, "read_up", nothing)


def cid_check_off() -> None:
    """No receipt is kept, so that a command given twice is done twice. PostgreSQL."""
    with connection.cursor() as cursor:
        cursor.execute(
            """CREATE OR REPLACE FUNCTION forget() RETURNS trigger LANGUAGE plpgsql
            AS 'BEGIN DELETE FROM room_receipt WHERE id = NEW.id; RETURN NULL; END';
            CREATE OR REPLACE TRIGGER forget AFTER INSERT ON room_receipt
            FOR EACH ROW EXECUTE FUNCTION forget()"""
        )


def ack_before_durable() -> None:
    """The answer goes out before the commit is on the disk. PostgreSQL, a cluster of its own: it is told so itself."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER SYSTEM SET synchronous_commit = off")
        cursor.execute("ALTER SYSTEM SET wal_writer_delay = '10s'")
        cursor.execute("SELECT pg_reload_conf()")


MUTANTS: Final[dict[str, Callable[[], None]]] = {
    mutant.__name__: mutant for mutant in (resume_off, gap_check_off, read_up_off, cid_check_off, ack_before_durable)
}


def _replace(owner: object, name: str, by: Callable[..., Any]) -> None:
    """Raises AttributeError when there is no such thing any more."""
    getattr(owner, name)
    setattr(owner, name, by)


if __name__ == "__main__":
    name, _, *rest = sys.argv[1:]
    MUTANTS[name]()
    connection.close()
    assert settings.REHEARSAL, "a broken server is for rehearsals only"
    sys.argv[1:] = rest
    __main__.main()
