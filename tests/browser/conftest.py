"""A real server, a real browser, and people who use both. Run with `make browser`."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.people import CHROMIUM_ARGUMENTS, Cast
from tests.browser.serving import Site, Template, prepare, serving

expect.set_options(timeout=15_000)  # two cores, shared by a server and several browsers


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return prepare(tmp_path_factory.mktemp("template"))


@pytest.fixture
def site(template: Template, tmp_path: Path) -> Iterator[Site]:
    """A server with the demonstration, as fresh as on the first day."""
    with serving(template, tmp_path) as running:
        yield running


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def cast(browser: Browser, site: Site) -> Iterator[Cast]:
    """People of one test. Whatever went wrong in their pages and was not expected fails it."""
    people = Cast(browser, site.url)
    yield people
    people.leave()
    assert people.faults.found == []
