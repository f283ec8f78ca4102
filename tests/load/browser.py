"""A browser without a screen: cookies, redirects, and forms sent as the page laid them out."""

import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Final
from urllib.parse import urljoin

import httpx

_CONFIG: Final = re.compile(r'<script[^>]*\bid="room-config"[^>]*>(.*?)</script>', re.DOTALL)


@dataclass
class Form:
    """`fields` are what the browser would send untouched."""

    action: str
    names: set[str] = field(default_factory=set)
    fields: dict[str, list[str]] = field(default_factory=dict)


class Browser:
    """One person's cookies at one site. `transport` may be shared by many."""

    def __init__(self, site: str, transport: httpx.AsyncBaseTransport, *, language: str = "en") -> None:
        self.site = site
        self._http = httpx.AsyncClient(
            transport=transport,
            base_url=site,
            headers={"Accept-Language": language, "Origin": site},
            follow_redirects=True,
            timeout=60,
            trust_env=False,
        )

    async def get(self, path: str) -> httpx.Response:
        """The page at the end of the redirects. Raises httpx.HTTPStatusError unless it is a good one."""
        return (await self._http.get(path)).raise_for_status()

    async def submit(
        self, page: httpx.Response, *, having: str = "", to: str = "", **typed: str | list[str]
    ) -> httpx.Response:
        """Fill in the form that has a field of this name, or else is sent `to` this action; follow where it leads."""
        form = next(
            (form for form in forms(page.text) if (having in form.names if having else form.action == to)), None
        )
        if form is None:
            raise LookupError(f"{page.url} has no such form ({having or to})")
        address = urljoin(str(page.url), form.action)
        answer = await self._http.post(address, data=form.fields | typed)
        return answer.raise_for_status()


def forms(page: str) -> list[Form]:
    """Every form that is sent by POST."""
    parser = _FormParser()
    parser.feed(page)
    return parser.forms


def room_config(page: str) -> dict[str, Any]:
    """What the room's page tells its scripts."""
    found = _CONFIG.search(page)
    if found is None:
        raise LookupError("the page has no room-config")
    config: dict[str, Any] = json.loads(found[1])
    return config


class _FormParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._select = self._textarea = ""
        self._templates = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = dict(attrs)
        if tag == "template":
            self._templates += 1
        if self._templates:
            return
        if tag == "form" and (own.get("method") or "").lower() == "post":
            self._form = Form(own.get("action") or "")
            self.forms.append(self._form)
        elif self._form is not None:
            self._control(tag, own)

    def _control(self, tag: str, own: dict[str, str | None]) -> None:
        assert self._form is not None
        name = own.get("name") or ""
        if tag == "option":
            if self._select and "selected" in own:
                self._form.fields.setdefault(self._select, []).append(own.get("value") or "")
            return
        if name:
            self._form.names.add(name)
        if tag == "select":
            self._select = name
        elif tag == "textarea":
            self._textarea = name
            self._form.fields[name] = [""]
        elif tag == "input" and name:
            kind = own.get("type") or "text"
            if kind not in {"radio", "checkbox"} or "checked" in own:
                self._form.fields.setdefault(name, []).append(own.get("value") or "")

    def handle_data(self, data: str) -> None:
        if self._textarea and self._form is not None:
            self._form.fields[self._textarea][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self._templates -= 1
        elif tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._textarea = ""
