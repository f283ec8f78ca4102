"""What was typed is not lost to a switch of language, an expired session or a page that says no."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import registering
from tests.browser.people import Cast

pytestmark = pytest.mark.browser


def switch(page: Page, language: str) -> None:
    page.locator(f'.languages button[value="{language}"]').click()
    expect(page.locator("html")).to_have_attribute("lang", language)


def test_a_registration_in_another_language_goes_on_where_it_was(cast: Cast) -> None:
    page = cast.stranger()
    page.goto("/sessions/demo-live/register/")
    registering.fill(page, name="Ana Ríos", email="ana@example.org")
    page.locator(".licences summary").click()
    page.locator("[data-licence-add]").click()
    page.locator("[name=licences-0-number]").fill("12345")
    switch(page, "es")
    expect(page.locator("[name=full_name]")).to_have_value("Ana Ríos")
    expect(page.locator("[name=country]")).to_have_value("PE")
    expect(page.locator("[name=region]")).to_have_value("PE-LOR")
    expect(page.locator("[name=channel][value=remote]")).to_be_checked()
    expect(page.locator("[name=licences-0-number]")).to_have_value("12345")

    page.goto("/")
    page.goto("/sessions/demo-live/register/")  # left on purpose: the next one here sees nothing of it
    expect(page.locator("[name=full_name]")).to_have_value("")


def test_an_expired_session_leads_to_sign_in_and_back_to_what_was_typed(cast: Cast) -> None:
    page = cast.account("coordinator", "/profile/")
    institution = page.locator("[name=institution]")
    before = institution.input_value()
    institution.fill("Hospital de la Amazonía")
    page.context.clear_cookies(name="anfiteatro_session")
    page.locator("main form button.button-primary").first.click()
    page.wait_for_url("**/accounts/login/**")

    cast.sign_in(page, "surgeon")  # somebody else, on the same tab
    page.goto("/profile/")
    expect(institution).not_to_have_value("Hospital de la Amazonía")
    cast.sign_in(page, "coordinator")
    page.goto("/profile/")
    expect(institution).to_have_value("Hospital de la Amazonía")
    page.locator("main form button.button-primary").first.click()
    expect(page.locator(".notices")).to_be_visible()

    institution.fill(before)
    page.goto("/profile/")  # left on purpose
    expect(institution).to_have_value("Hospital de la Amazonía")
    expect(page.locator("form .notice")).to_have_count(0)


def test_a_page_that_was_open_too_long_leads_back_to_what_was_typed(cast: Cast) -> None:
    cast.faults.expect("403")
    page = cast.account("coordinator", "/profile/")
    page.locator("[name=institution]").fill("Hospital de la Amazonía")
    page.locator("main form [name=csrfmiddlewaretoken]").first.evaluate("field => { field.value = 'x'.repeat(64) }")
    page.locator("main form button.button-primary").first.click()
    page.locator("[data-back]").click()
    expect(page.locator("[name=institution]")).to_have_value("Hospital de la Amazonía")
    expect(page.locator("form .notice [type=button]")).to_be_visible()
