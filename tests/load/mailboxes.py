"""Where a rehearsal reads the mail of its people: a real SMTP server of its own, or the demonstration's pages."""

import asyncio
import email
import email.policy
import html
import re
from email.message import EmailMessage
from typing import Any, Final, Protocol

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.load.browser import Browser

JOIN: Final = re.compile(r"https?://[^\s\"<>]+(/join/[^\s\"<>/]+/)")
_ROW: Final = re.compile(r'href="(/demo/mail/[^"?]+/)"')
_TO: Final = re.compile(r"[\w.+-]+@[\w.-]+")


class Mailbox(Protocol):
    async def join_links(self) -> dict[str, str]:
        """The path of the newest join link by e-mail address."""


class SmtpMailbox:
    """Takes every mail on `port` of this machine."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._links: dict[str, str] = {}
        self._controller = Controller(self, hostname="127.0.0.1", port=port)

    def __enter__(self) -> "SmtpMailbox":
        self._controller.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._controller.stop()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        message = email.message_from_bytes(envelope.content or b"", EmailMessage, policy=email.policy.default)
        text = _plain(message)
        for address in envelope.rcpt_tos:
            if found := JOIN.search(text):
                self._links[address] = found[1]
        return "250 OK"

    async def join_links(self) -> dict[str, str]:
        return dict(self._links)


class DemoMailbox:
    """Reads the demonstration's mail in the browser, each mail once."""

    def __init__(self, browser: Browser, to: str) -> None:
        self._browser, self._to = browser, to
        self._links: dict[str, str] = {}
        self._read: set[str] = set()

    async def join_links(self) -> dict[str, str]:
        listed = _ROW.findall((await self._browser.get(f"/demo/mail/?to={self._to}")).text)
        fresh = [path for path in reversed(listed) if path not in self._read]  # oldest first
        for start in range(0, len(fresh), 8):
            batch = fresh[start : start + 8]
            for path, page in zip(batch, await asyncio.gather(*map(self._browser.get, batch)), strict=True):
                self._read.add(path)
                text = html.unescape(page.text)
                if (found := JOIN.search(text)) and (address := _address(text, self._to)):
                    self._links[address] = found[1]
        return dict(self._links)


def _address(text: str, to: str) -> str:
    return next((found for found in _TO.findall(text) if to in found), "")


def _plain(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    content: Any = body.get_content() if body else ""
    return str(content)
