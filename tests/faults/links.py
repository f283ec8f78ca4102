"""A thin, lossy link between this machine and a network namespace of its own.

    with thin_link(Link(down=256, up=64)) as thin:
        client.line.dial = thin.dial  # it lives behind the link from now on, and reaches this machine at thin.host
        thin.change(is_out=True)      # nothing passes any more

Figures depend on the TCP congestion control: with 5 % of random loss and 600 ms one connection carries about
100 kbit/s under CUBIC and Reno, and whatever the link gives under BBR. `Link.congestion` pins it on the routes of both
ends; empty leaves the machine's own, as `sysctl net.ipv4.tcp_congestion_control` tells. `ThinLink.congestion` is what
is in force.

Needs root, iproute2 and /dev/net/tun.
"""

import asyncio
import ctypes
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from tests.faults.shaper import TUN, Counts, Link, remove
from tests.load.servers import ROOT

_NAMESPACES: Final = Path("/run/netns")
_CLONE_NEWNET: Final = 0x4000_0000
_LIBC: Final = ctypes.CDLL(None, use_errno=True)


class NoNamespaces(Exception):
    """This machine or this account cannot make the link; the text says why."""


@dataclass
class ThinLink:
    """A link that runs. This machine is `host` for who is behind it."""

    name: str
    host: str
    congestion: str
    process: "subprocess.Popen[str]"

    async def dial(self, host: str, port: int) -> socket.socket:
        """A connection from behind the link. Raises OSError."""
        with _inside(self.name):
            opened = socket.socket()
        opened.setblocking(False)
        try:
            await asyncio.get_running_loop().sock_connect(opened, (host, port))
        except BaseException:
            opened.close()
            raise
        return opened

    def change(self, **fields: Any) -> Counts:
        """Make the link another from now on; the packets, the dropped ones and the bytes carried until now."""
        assert self.process.stdin and self.process.stdout
        print(json.dumps(fields), file=self.process.stdin, flush=True)
        counts: Counts = json.loads(self.process.stdout.readline())
        return counts


@contextmanager
def thin_link(link: Link) -> Iterator[ThinLink]:
    """The link, in a process of its own; the namespace and the devices are gone afterwards, whatever happened.

    Raises NoNamespaces.
    """
    if os.geteuid() != 0 or not TUN.exists() or not shutil.which("ip"):
        raise NoNamespaces("A thin link needs root, /dev/net/tun and iproute2.")
    name = f"thin-{secrets.token_hex(3)}"
    command = [sys.executable, "-m", "tests.faults.shaper", name, json.dumps(asdict(link))]
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdin and process.stdout
    try:
        said = json.loads(process.stdout.readline())
        if "error" in said:
            raise NoNamespaces(said["error"])
        yield ThinLink(name, said["host"], said["congestion"], process)
    finally:
        process.stdin.close()  # the shaper leaves then, and also when this process is killed
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
        remove(name)


@contextmanager
def _inside(name: str) -> Iterator[None]:
    """This thread is in the namespace for a moment; a socket stays in the one it was made in."""
    with Path("/proc/thread-self/ns/net").open() as here, (_NAMESPACES / name).open() as there:
        _enter(there.fileno())
        try:
            yield
        finally:
            _enter(here.fileno())


def _enter(namespace: int) -> None:
    if _LIBC.setns(namespace, _CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "the network namespace was not entered")
