"""What the text of a setting must look like: each function says so by a ValueError in words, or gives its value."""

import ipaddress
import re
from collections.abc import Callable
from email.utils import parseaddr
from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, parse_qs, urlsplit

import dj_database_url
import dj_email_url
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

Check = Callable[[str], Any]
_LABEL: Final = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)", re.ASCII)
_MAILS: Final = {"smtp", "smtps", "submission", "submit", "file", "console", "memory", "dummy"}
_SWITCH: Final = {"1", "0", "true", "false", "yes", "no", "on", "off"}
_MAIL_OPTIONS: Final = {"tls", "ssl"}


def anything(text: str) -> str:
    """Any text."""
    return text


def secret(text: str) -> str:
    """A key nobody guesses."""
    if len(text) < 32 or len(set(text)) < 8:
        raise ValueError("at least 32 characters that nobody can guess")
    return text


def one_of(*words: str) -> Check:
    """One of these, written so."""

    def check(text: str) -> str:
        if text not in words:
            raise ValueError("one of " + ", ".join(words))
        return text

    return check


def host(text: str) -> str:
    """A host's name or address, an IPv6 one in brackets."""
    bare = text[1:-1] if text.startswith("[") and text.endswith("]") else ""
    if _is_address(bare, 6) or _is_address(text, 4):
        return text
    labels = text.lower().rstrip(".").split(".")
    if not all(_LABEL.fullmatch(label) for label in labels) or len(text) > 253 or labels[-1].isdecimal():
        raise ValueError("a host name, without scheme, port and path, in ASCII (xn--…)")
    return text


def allowed_host(text: str) -> str:
    """A host, `*`, or a domain with a dot before it."""
    if text != "*":
        host(text.removeprefix("."))
    return text


def origin(text: str) -> str:
    """`https://host:port` and no more; a slash at its end is taken off."""
    wanted = "an address such as https://example.org or http://127.0.0.1:8000, without a path"
    parts = _parts(text, wanted)
    if parts.scheme not in ("http", "https") or parts.path not in ("", "/") or "?" in text or "#" in text:
        raise ValueError(wanted)
    if "@" in parts.netloc or not _is_host(parts):
        raise ValueError(wanted)
    return f"{parts.scheme}://{parts.netloc}"


def endpoint(text: str) -> str:
    """An S3 server's address, or nothing."""
    return origin(text) if text else ""


def bucket(text: str) -> str:
    """A bucket's name, or nothing."""
    if text and not re.fullmatch(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", text):
        raise ValueError("a bucket's name: 3 to 63 small letters, digits, dots and hyphens")
    return text


def region(text: str) -> str:
    """A region's name, or nothing."""
    if text and not re.fullmatch(r"[a-z0-9-]{1,40}", text):
        raise ValueError("a region's name, such as eu-west-1")
    return text


def redis(text: str) -> str:
    """Where Redis is, or nothing."""
    wanted = "redis://host:6379/0, with a number at its end, or rediss:// or unix://"
    parts = _parts(text, wanted)
    is_socket = parts.scheme == "unix" and len(parts.path) > 1
    is_far = parts.scheme in ("redis", "rediss") and _is_host(parts) and re.fullmatch(r"/?\d{0,4}", parts.path)
    if text and not is_socket and not is_far:
        raise ValueError(wanted)
    return text


def database(text: str) -> dict[str, Any]:
    """Where the database is, as Django wants it said."""
    wanted = "sqlite:////absolute/path or postgresql://user:password@host:5432/name"
    parts = _parts(text, wanted)
    if parts.scheme == "sqlite":
        path = Path(parts.path[1:])
        if parts.netloc or not path.name or path.is_dir():
            raise ValueError(wanted)
        if path.parent.exists() and not path.parent.is_dir():
            raise ValueError(f"{wanted}; {path.parent} is no folder")
    elif parts.scheme not in ("postgresql", "postgres") or not _is_host(parts) or len(parts.path.strip("/")) < 1:
        raise ValueError(wanted)
    return dict(dj_database_url.parse(text))


def mail(text: str) -> dict[str, Any]:
    """Where mail goes, as Django wants it said."""
    wanted = "file:, or smtp://user:password@host:587/?tls=True, or submission://user:password@host:587"
    parts = _parts(text, wanted)
    options = parse_qs(parts.query, keep_blank_values=True)
    is_said = all(len(v) == 1 and v[0].lower() in _SWITCH for v in options.values()) and set(options) <= _MAIL_OPTIONS
    if parts.scheme not in _MAILS or not is_said:
        raise ValueError(wanted)
    if parts.scheme in ("smtp", "smtps", "submission", "submit") and not _is_host(parts):
        raise ValueError(wanted)
    return dict(dj_email_url.parse(text))


def sender(text: str) -> str:
    """A mailbox, with a name before it or not."""
    wanted = "an address such as Anfiteatro <no-reply@example.org>"
    _, address = parseaddr(text)
    try:
        validate_email(address)
    except ValidationError:
        raise ValueError(wanted) from None
    if not text.isprintable() or text.count("@") != 1:
        raise ValueError(wanted)
    return text


def _parts(text: str, wanted: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        number = parts.port
    except ValueError:
        raise ValueError(wanted) from None
    if number == 0 or parts.netloc.endswith(":") or any(c.isspace() or not c.isprintable() for c in text):
        raise ValueError(wanted)
    return parts


def _is_host(parts: SplitResult) -> bool:
    name = parts.hostname or ""
    try:
        host(f"[{name}]" if ":" in name else name)
    except ValueError:
        return False
    return True


def _is_address(text: str, version: int) -> bool:
    try:
        return ipaddress.ip_address(text).version == version
    except ValueError:
        return False
