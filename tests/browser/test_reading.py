"""Reading the chat: with a page translator, with a screen reader, and where one left off."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import room
from tests.browser.people import Cast

pytestmark = pytest.mark.browser

# As browsers translate a page: every text node gives way to two nested `font` elements with other words.
TRANSLATE = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  for (const node of found) {
    if (!node.data.trim() || node.parentElement.closest('[translate="no"], script, template')) continue;
    const [outer, inner] = [document.createElement("font"), document.createElement("font")];
    inner.textContent = "«" + node.data + "»";
    outer.append(inner);
    node.replaceWith(outer);
  }
}"""


def say(desk: Page, text: str) -> None:
    """At the desk, which has no tabs."""
    desk.locator("#composer textarea").fill(text)
    desk.locator("#composer [type=submit]").click()


def test_a_page_translators_words_stay_when_others_write(cast: Cast) -> None:
    desk = room.open_live(cast, "demo-next")
    page = cast.account("mentor", "/live/demo-next/")
    room.expect_connected(page)
    say(desk, "First words")
    page.locator("#tab-chat").click()
    expect(room.messages(page).last).to_have_text("First words")
    page.evaluate(TRANSLATE)
    say(desk, "Second words")
    room.say(page, "Third words")
    expect(room.messages(page)).to_have_text(["«First words»", "Second words", "Third words"])
    expect(page.locator("#chat-list [data-slot=who]").first).not_to_contain_text("«")
    expect(page.locator("#tab-questions font").first).to_be_attached()


def test_unread_messages_are_unread_after_a_reload_and_read_ones_read(cast: Cast) -> None:
    desk = room.open_live(cast, "demo-next")
    page = cast.account("mentor", "/live/demo-next/")
    room.expect_connected(page)
    say(desk, "One")
    say(desk, "Two")
    count = page.locator("#tab-chat [data-slot=count]")
    expect(count).to_have_text("2")
    page.reload()
    expect(count).to_have_text("2")
    page.locator("#tab-chat").click()
    expect(count).to_have_text("")
    page.reload()
    room.expect_connected(page)
    say(desk, "Three")
    expect(count).to_have_text("1")


def test_the_chat_can_be_silenced_for_screen_readers_and_stays_so(cast: Cast) -> None:
    page = cast.account("mentor", "/live/demo-live/", viewport={"width": 360, "height": 740})
    room.expect_connected(page)
    page.locator("#tab-chat").click()
    button, chat = page.locator("#chat-quiet"), page.locator("#chat-list")
    expect(chat).to_have_attribute("aria-live", "polite")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(chat).to_have_attribute("aria-live", "off")
    box = button.bounding_box()
    assert box and box["width"] > 100 and box["x"] + box["width"] <= 360
    page.reload()
    expect(chat).to_have_attribute("aria-live", "off")
    expect(button).to_have_attribute("aria-pressed", "true")
