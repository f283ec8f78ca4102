"""Log lines without secrets: keys in links, tickets and passwords, whoever logs the line and wherever they stand.

deploy/nginx.conf.template leaves the same out of nginx's log; a test holds the two together.
"""

import logging
import re
from typing import Final

# Below these paths stands what opens something: links in mails, addresses of media, the first coordinator's link.
SECRET_PATHS: Final = (
    *("join", "withdraw", "media", "uploads", "first", "accounts/confirm-email", "accounts/password/reset/key"),
)
_PATH: Final = re.compile(rf"(?<![\w-])((?:{'|'.join(SECRET_PATHS)})/)(?!…)[^\s/?#\"'<>][^\s?#\"'<>]*")
_QUERY: Final = re.compile(r"([?&;][\w.-]{1,40}=)[^\s&#\"'<>]+")
_NAMED: Final = re.compile(
    r"""(?i)(\b(?:ticket|token|password|passwd|csrfmiddlewaretoken|cookie|set-cookie|authorization|secret_key)\b["']?"""
    r"""\s*[:=]\s*["']?)(?!…)[^\s"',;}&)]+"""
)
_CREDENTIALS: Final = re.compile(r"(\b[a-z][a-z0-9+.-]*://)[^\s/@:]*:[^\s/@]+@")


def without_secrets(text: str) -> str:
    """The text with an ellipsis in the place of each secret."""
    text = _CREDENTIALS.sub(r"\1…@", text)
    return _NAMED.sub(r"\1…", _QUERY.sub(r"\1…", _PATH.sub(r"\1…", text)))


class Line(logging.Formatter):
    """Formats a whole record, its traceback included, and takes the secrets out of that."""

    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(record))
