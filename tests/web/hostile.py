"""Forms as they stand on pages, and values that nobody types."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urljoin

DEEP: Final = 100_000
TEXTS: Final = {
    "nul": "a\x00b",
    "number": "9" * 400,
    "large": str(2**63),
    "negative": "-9223372036854775809",
    "float": "1e999",
    "nan": "NaN",
    "date": "0000-99-99T99:99",
    "last-day": "9999-12-31T23:59",
    "first-day": "0001-01-01T00:00",
    "dots": "../../../../etc/passwd",
    "text": "ñ" * 20_000,
    "percent": "%s%n{0}{{x}}{% now %}",
    "invisible": "\u200b\u202e\ud7ff\ufffe",
    "json": '{"a": [' * 500,
}
# What a script of ours sends, and its own values in all the ways in which they may be wrong.
KEYS: Final = (
    *("fields", "ages", "base", "who", "key", "size", "way", "part_bytes", "numbers"),
    *("frame", "shapes", "revision", "looked", "order", "caption", "frames"),
)
VALUES: Final = (
    '"\\u0000"',
    '"\\ud800"',
    "9" * 400,
    "1e400",
    "-1",
    "null",
    "true",
    "[]",
    "{}",
    "[" * 200 + "]" * 200,
    '{"\\ud800": "\\ud800", "\\u0000": 1e308}',
    '[{"kind": "arrow", "points": [[1e999, -1e999]], "text": "\\u0000"}]',
    '{"title": "\\u0000", "history": "\\ud800", "age": 1e999, "sex": []}',
)
BODIES: Final = {
    "deep-list": b"[" * DEEP,
    "deep-object": b'{"a":' * DEEP,
    "deep-closed": b'{"fields":' + b"[" * DEEP + b"]" * DEEP + b"}",
    "no-json": b"\xff\xfe\x00",
    "a-string": b'"\\ud800"',
    "a-number": b"9" * 5_000,
    "nothing": b"",
    **{
        f"value-{n}": ("{" + ", ".join(f'"{key}": {value}' for key in KEYS) + "}").encode()
        for n, value in enumerate(VALUES)
    },
}


@dataclass
class Form:
    """One form of a page: where it is sent, and what it holds."""

    address: str
    fields: dict[str, str] = field(default_factory=dict)


class _Forms(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.found: list[Form] = []
        self.links: set[str] = set()
        self._form: Form | None = None
        self._select = ""
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "a" and told.get("href", "").startswith("/"):
            self.links.add(told["href"])
        if tag == "form" and told.get("method", "").lower() == "post":
            self._form = Form(urljoin(self.page, told.get("action", "")))
            self.found.append(self._form)
        if self._form is None:
            return
        name = told.get("name", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            if "selected" in told or not self._form.fields.get(self._select):
                self._form.fields[self._select] = told.get("value", "")
        elif tag == "textarea" and name:
            self._text = name
            self._form.fields[name] = ""
        elif tag in ("input", "button") and name and name != "csrfmiddlewaretoken":
            is_choice = told.get("type") in ("checkbox", "radio")
            if not is_choice or "checked" in told or name not in self._form.fields:
                self._form.fields[name] = told.get("value", "on" if is_choice else "")

    def handle_data(self, data: str) -> None:
        if self._form and self._text:
            self._form.fields[self._text] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            self._text = ""


def read(page: str, html: str) -> tuple[list[Form], set[str]]:
    """The forms of a page that are sent by POST, and the addresses of this site it leads to."""
    parser = _Forms(page)
    parser.feed(html)
    return parser.found, parser.links


def spoilt(form: Form) -> Iterator[tuple[str, str, dict[str, str]]]:
    """The form with one field at a time spoilt: which, how, and what is sent. Empty fields hold something first."""
    whole = {name: value or "1" for name, value in form.fields.items()}
    for name in whole:
        for kind, text in TEXTS.items():
            yield name, kind, whole | {name: text}
    yield "", "nothing", {}
