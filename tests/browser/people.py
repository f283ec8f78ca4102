"""The people of a test: each has a browser of their own, and nothing may go wrong in any of them unseen."""

import re
from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, WebError

_QUIET: Final = ["--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
CHROMIUM_ARGUMENTS: Final = ["--no-sandbox", "--disable-gpu", "--disable-quic", *_QUIET]
PHONE: Final[dict[str, Any]] = {
    "viewport": {"width": 360, "height": 740},
    "is_mobile": True,
    "has_touch": True,
    "device_scale_factor": 2,
}
DESKTOP: Final[dict[str, Any]] = {"viewport": {"width": 1440, "height": 900}}
# What a browser says of its own accord while there is no network or no server.
NO_NETWORK: Final = r"net::ERR_|WebSocket connection to"


class Faults:
    """Errors of scripts, of loading and of the content security policy, in every page watched."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._expected: list[re.Pattern[str]] = []

    def watch(self, context: BrowserContext, who: str) -> None:
        """From now on, all pages of this browser."""

        def said(message: ConsoleMessage) -> None:
            if message.type == "error":
                self._note(f"{who}: {message.text} ({message.location.get('url', '')})")

        def thrown(error: WebError) -> None:
            self._note(f"{who}: {error.error}")

        context.on("console", said)
        context.on("weberror", thrown)

    def expect(self, pattern: str) -> None:
        """Errors that match `pattern` belong to the story from here on."""
        self._expected.append(re.compile(pattern))

    def _note(self, text: str) -> None:
        if not any(pattern.search(text) for pattern in self._expected):
            self.found.append(text)


class Cast:
    """Opens browsers for the people of one test."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser, self.url, self.faults = browser, url, Faults()
        self._contexts: list[BrowserContext] = []

    def stranger(self, who: str = "stranger", **options: Any) -> Page:
        """Somebody nobody knows, on a desktop unless `options` (of a Playwright context) say otherwise."""
        defaults = DESKTOP | {"locale": "en-GB", "timezone_id": "America/Lima", "base_url": self.url}
        context = self.browser.new_context(**defaults | options)
        context.set_default_timeout(15_000)
        self._contexts.append(context)
        self.faults.watch(context, who)
        return context.new_page()

    def account(self, role: str, path: str, **options: Any) -> Page:
        """The demo account of this role, signed in by its link on the first page, then at `path`."""
        page = self.stranger(role, **options)
        self.sign_in(page, role)
        page.goto(path)
        return page

    @staticmethod
    def sign_in(page: Page, role: str) -> None:
        """One click on the link of this demo account."""
        page.goto("/")
        page.locator(f'.demo-links a[href^="/demo/sign-in/{role}/"]').click()

    def leave(self) -> None:
        """Everybody closes their browser."""
        for context in self._contexts:
            context.close()
