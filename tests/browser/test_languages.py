"""Spanish and Portuguese all through: what is the same as in English is a name, a figure or on a short list."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import room
from tests.browser.people import Cast

pytestmark = pytest.mark.browser

REGISTER, ROOM = "/sessions/demo-next/register/", "/live/demo-live/"
# Words that these languages share with English, and names.
SHARED = {"Anfiteatro", "Mentor", "Chat", "Total", "E-mail", "Enter", "Español", "English", "Português"} | {
    "CMP, RNE, MN, MP …"
}
# The texts of the page itself: not what people wrote or are called, no options of countries and provinces.
TEXTS = """
() => {
  const data = "script, style, template, h1, .lede, time, [name$=country], [name$=region], [data-slot], .team strong, "
    + "#lobby h2, #now-text, #now-by, .strip-title, [hidden], datalist";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = new Set();
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim();
    if (text && !walker.currentNode.parentElement.closest(data)) texts.add(text);
  }
  for (const element of document.querySelectorAll("[aria-label], [title], [placeholder]"))
    for (const name of ["aria-label", "title", "placeholder"])
      if (element.getAttribute(name)) texts.add(element.getAttribute(name));
  return [...texts];
}
"""


def visit(cast: Cast, language: str, path: str, role: str = "") -> Page:
    """Somebody in Amsterdam whose browser asks for this language. Their account, if any, speaks it too."""
    page = cast.stranger(language, locale=language, timezone_id="Europe/Amsterdam")
    if role:
        cast.sign_in(page, role)
    page.goto("/")
    page.locator(f'.languages button[value="{language}"]').click()
    page.goto(path)
    expect(page.locator("html")).to_have_attribute("lang", language)
    return page


def texts(page: Page) -> set[str]:
    """Those with a word in them."""
    found: list[str] = page.evaluate(TEXTS)
    return {text for text in found if re.search(r"[^\W\d_]{3,}", text)} - SHARED


def sentences(page: Page) -> dict[str, str]:
    """What the scripts may say, by key."""
    texts = json.loads(page.locator("#room-texts").text_content() or "{}")
    return {name: json.dumps(text, ensure_ascii=False) for name, text in texts.items()}


@pytest.mark.parametrize("language", ["es", "pt"])
def test_registering_has_no_english_in_it(cast: Cast, language: str) -> None:
    english = texts(visit(cast, "en", REGISTER))
    page = visit(cast, language, REGISTER)
    assert len(english) > 30
    assert english & texts(page) == set()
    page.locator("main form button.button-wide").click()
    expect(page.locator(".notice-error").first).to_be_visible()
    english_page = visit(cast, "en", REGISTER)
    english_page.locator("main form button.button-wide").click()
    expect(english_page.locator(".notice-error").first).to_be_visible()
    assert texts(english_page) & texts(page) == set()


@pytest.mark.parametrize("language", ["es", "pt"])
def test_the_room_has_no_english_in_it(cast: Cast, language: str) -> None:
    english_page = visit(cast, "en", ROOM, role="auditorium")
    page = visit(cast, language, ROOM, role="remote")
    for each in (english_page, page):
        room.expect_connected(each)
    english, said = sentences(english_page), sentences(page)
    assert {key for key in english if re.search(r"[^\W\d_]{3,}", re.sub(r"%\(\w+\)s", "", english[key]))} & {
        key for key in said if said[key] == english[key]
    } == set()
    for tab in ("chat", "people", "questions"):
        english_page.locator(f"#tab-{tab}").click()
        page.locator(f"#tab-{tab}").click()
        assert texts(english_page) & texts(page) == set()


def test_times_say_whose_they_are(cast: Cast) -> None:
    page = visit(cast, "es", REGISTER)
    time = page.locator(".event-time").first
    expect(time.locator(".event-there")).to_contain_text("09:00")
    expect(time.locator(".event-there")).to_contain_text("Córdoba")
    expect(time.locator(".event-here")).to_contain_text(re.compile(r"1[34]:00"))
    expect(time.locator(".event-here")).to_contain_text("Ámsterdam")
