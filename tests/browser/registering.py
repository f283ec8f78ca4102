"""Registering by the form, reading the mail, and following the link in it, as a person does."""

import re

from playwright.sync_api import Locator, Page, TimeoutError, expect

_LOOKS, _LOOK_MS = 40, 500  # for what the server does in its own time


def fill(page: Page, *, name: str, email: str) -> None:
    """The registration form of a surgeon in Iquitos."""
    page.locator("[name=full_name]").fill(name)
    page.locator("[name=email]").fill(email)
    page.locator("[name=profession]").select_option("surgeon")
    page.locator("[name=institution]").fill("Hospital Regional de Loreto")
    page.locator("[name=country]").select_option("PE")
    page.locator("[name=region]").select_option("PE-LOR")
    page.locator("[name=channel][value=remote]").check()
    page.locator("[name=privacy]").check()


def register(page: Page, session: str, *, name: str, email: str) -> str:
    """Register for a session; the personal link from the mail, which holds a calendar entry too."""
    page.goto(f"/sessions/{session}/register/")
    fill(page, name=name, email=email)
    page.locator("main form button.button-wide").click()
    page.wait_for_url(f"**/sessions/{session}/registered/")
    return read_mail(page, email)


def read_mail(page: Page, email: str) -> str:
    """The personal link in the mail to this address, as soon as it is there."""
    page.goto(f"/demo/mail/?to={email}")
    reload_until(page, page.locator(".mails a")).first.click()
    expect(page.locator("main")).to_contain_text("session.ics")
    return page.locator('.mail-text a[href*="/join/"]').get_attribute("href") or ""


def reload_until(page: Page, sign: Locator) -> Locator:
    """Look at the page again and again until it shows `sign`."""
    for _ in range(_LOOKS):
        try:
            sign.first.wait_for(timeout=_LOOK_MS)
        except TimeoutError:
            page.reload()
        else:
            break
    return sign


def enter(page: Page, link: str) -> None:
    """Through the door of the personal link into the room; days before, the first time through it keeps the place."""
    for _ in range(2):
        page.goto(link)
        page.locator(".door-enter").click()
        page.wait_for_url(re.compile("/live/|/sessions/"))
        if "/live/" in page.url:
            return
