"""Strangers who look at the site, ask for a code and register, by HTTP."""

import re
from dataclasses import dataclass
from typing import Any, Final

import httpx

from tests.load.servers import Servers
from tests.web.programme.test_register import FORM

_SESSION: Final = "from tests import factories; print(factories.session().public_id)"


def session(servers: Servers) -> str:
    """The public id of a new session one may register for."""
    return servers.manage("shell", "-v", "0", "-c", _SESSION).split()[-1]


def token(page: str) -> str:
    """The proof of a page's form that it is ours."""
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found
    return found.group(1)


@dataclass
class Visitor:
    """One browser at one server."""

    site: str
    session: str

    def __post_init__(self) -> None:
        self._client = httpx.Client(base_url=self.site, timeout=60, headers={"Accept-Language": "en"})

    def look(self, path: str = "/") -> httpx.Response:
        return self._client.get(path)

    def ask_for_a_code(self, email: str = "nobody@example.org") -> httpx.Response:
        """The answer to the form, or the page it leads to. Each time in a new browser: one that asked is led on."""
        self.close()
        self.__post_init__()
        return self._send("/accounts/login/", {"login": email})

    def register(self, email: str) -> httpx.Response:
        return self._send(f"/sessions/{self.session}/register/", FORM | {"email": email})

    def health(self) -> dict[str, Any]:
        told: dict[str, Any] = self._client.get("/health/ready").json()
        return told

    def close(self) -> None:
        self._client.close()

    def _send(self, path: str, fields: dict[str, str]) -> httpx.Response:
        page = self._client.get(path)
        if page.status_code != 200:
            return page
        sent = fields | {"csrfmiddlewaretoken": token(page.text)}
        return self._client.post(path, data=sent, headers={"Origin": self.site}, follow_redirects=True)
