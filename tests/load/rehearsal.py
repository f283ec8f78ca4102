"""Replays the reference event against a running server and checks it: `make rehearsal`, or with ARGS="--spawn stack".

A coordinator plans a session, 75 people for the auditorium and 160 from ten provinces register by the form, open the
link in their mail, and spend a compressed session in the room. Exit code 1 when anything is not as it should be.
"""

import argparse
import asyncio
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from tests.load import scaled, stages
from tests.load.mailboxes import SmtpMailbox
from tests.load.servers import free_ports, spawned
from tests.load.stages import Options


def main() -> int:
    """The exit code."""
    words = _parser().parse_args()
    lost = 3.0 if words.kill else 0.0
    options = Options(words.auditorium, words.remote, words.seconds, words.arrival, words.seed, lost=lost)
    with ExitStack() as stack:
        kill: Callable[[], None] | None = None
        mailbox: SmtpMailbox | None = None
        if words.url:
            urls = [words.url.rstrip("/")]
        elif words.spawn == "stack":
            running = stack.enter_context(scaled.stack(words.port or 8080))
            urls, kill = [running.url], running.kill_server if words.kill else None
        else:
            mailbox = stack.enter_context(SmtpMailbox(free_ports(1)[0]))
            urls = stack.enter_context(spawned(smtp_port=mailbox.port, port=words.port)).urls
        print(f"Rehearsing at {urls[0]}", flush=True)
        return asyncio.run(stages.rehearse(urls, mailbox, options, kill))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--url", help="a demonstration that runs already")
    where.add_argument("--spawn", choices=["sqlite", "stack"], default="sqlite", help="start one (default: sqlite)")
    parser.add_argument("--port", type=int, default=0, help="of what is started")
    parser.add_argument("--kill", action="store_true", help="with --spawn stack: kill -9 one of the servers midway")
    parser.add_argument("--seconds", type=float, default=60, help="live time")
    parser.add_argument("--arrival", type=float, default=20, help="seconds in which the lobby fills")
    parser.add_argument("--auditorium", type=int, default=75)
    parser.add_argument("--remote", type=int, default=160)
    parser.add_argument("--seed", type=int, default=1)
    return parser


if __name__ == "__main__":
    sys.exit(main())
