"""A server is killed in the middle of a session: nothing acknowledged is lost or doubled, no minute is invented."""

import asyncio
import os
import signal

import pytest

from tests.load import scaled, servers, stages
from tests.load.mailboxes import SmtpMailbox

pytestmark = pytest.mark.services


def test_kill_9_of_one_of_two_servers(capsys: pytest.CaptureFixture[str]) -> None:
    options = stages.Options(auditorium=12, remote=24, seconds=20, arrival=3, gap=4, lost=2.0)
    with (
        scaled.own_database(os.environ["TEST_DATABASE_URL"]) as database,
        SmtpMailbox(servers.free_ports(1)[0]) as mailbox,
        servers.spawned(2, database=database, redis=os.environ["TEST_REDIS_URL"], smtp_port=mailbox.port) as running,
    ):
        code = asyncio.run(stages.rehearse(running.urls, mailbox, options, lambda: running.kill(1)))
    assert running.processes[1].returncode == -signal.SIGKILL
    assert code == 0, capsys.readouterr().out
