"""The mails that the file back end wrote, newest first: the demonstration shows them in the browser."""

import email
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

_SEPARATOR = b"\n" + b"-" * 79 + b"\n"  # what Django's file back end writes after each mail


@dataclass(frozen=True, slots=True)
class Mail:
    """`key` is its file's name and its place in the file. `text` is the plain part, `attachments` file names."""

    key: str
    to: str
    subject: str
    sent_at: datetime
    text: str
    attachments: tuple[str, ...]


def latest(*, to: str = "", limit: int = 500) -> list[Mail]:
    """At most `limit` mails, newest first; with `to` only those to this address."""
    folder = Path(settings.EMAIL_FILE_PATH)
    found: list[Mail] = []
    if not folder.is_dir():
        return found
    for file in sorted(folder.glob("*.log"), key=lambda file: file.name, reverse=True):
        mails = [mail for mail in _read(file) if not to or to.casefold() in mail.to.casefold()]
        found.extend(reversed(mails))
        if len(found) >= limit:
            break
    return found[:limit]


def find(key: str) -> Mail | None:
    """The mail with this key. Only files of the mail folder are looked at, whatever the key says."""
    name, _, _ = key.rpartition("-")
    for file in Path(settings.EMAIL_FILE_PATH).glob("*.log"):
        if file.stem == name:
            return next((mail for mail in _read(file) if mail.key == key), None)
    return None


def _read(file: Path) -> Iterator[Mail]:
    sent_at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    for n, raw in enumerate(file.read_bytes().split(_SEPARATOR)):
        if not raw.strip():
            continue
        message = email.message_from_bytes(raw, EmailMessage, policy=email.policy.default)
        body = message.get_body(("plain",))
        yield Mail(
            key=f"{file.stem}-{n}",
            to=str(message["To"] or ""),
            subject=str(message["Subject"] or ""),
            sent_at=sent_at,
            text=str(body.get_content()) if body else "",
            attachments=tuple(part.get_filename() or part.get_content_type() for part in message.iter_attachments()),
        )
