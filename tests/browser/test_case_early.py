"""On a thin link people write before the page's script has come: no word of it is lost."""

import pytest
from playwright.sync_api import Route, expect

from tests.browser import cases
from tests.browser.people import PHONE, Cast

pytestmark = pytest.mark.browser

SCRIPT = "**/js/cases/main*.js"


def test_what_was_written_before_the_script_came_is_saved(cast: Cast) -> None:
    page = cast.account("trainee", "/", **PHONE, service_workers="block")
    held: list[Route] = []
    page.route(SCRIPT, lambda route: held.append(route))
    with page.expect_request(SCRIPT):
        page.goto("/cases/new/", wait_until="commit")
    cases.fill(page, {"main_question": cases.ANSWERS["main_question"], "exam": cases.ANSWERS["exam"]})
    cases.choose(page, {"sex": "f"})
    page.locator('[name="urgency"][value="day"]').check()
    expect(page.locator("#draft-line")).to_be_hidden()
    for route in held:
        route.continue_()
    page.unroute(SCRIPT)
    expect(page.locator("#draft-line")).to_have_attribute("data-state", "saved")
    page.goto(f"{cases.path_of(page)}edit/")
    for name in ("main_question", "exam"):
        expect(page.locator(f'[name="{name}"]')).to_have_value(cases.ANSWERS[name])
    expect(page.locator('[name="sex"]')).to_have_value("f")
    expect(page.locator('[name="urgency"][value="day"]')).to_be_checked()
