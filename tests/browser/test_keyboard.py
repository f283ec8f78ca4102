"""Everything that matters without a mouse: registering, the room, the desk."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import room
from tests.browser.people import Cast

pytestmark = pytest.mark.browser

_STOPS = 60  # of the tab key, before a thing counts as out of reach

# Before the browser draws a frame, the button in the closed dialog still has the focus.
CLOSE_AND_PRESS = """
() => {
  document.querySelector("#help").close();
  document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "j", bubbles: true }));
}
"""


def tab_to(page: Page, thing: Locator) -> None:
    """Press Tab until the thing has the focus; it must be within reach."""
    for _ in range(_STOPS):
        if thing.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    expect(thing).to_be_focused(timeout=1)


def put(page: Page, name: str, keys: str) -> None:
    """Into a text box, or a list that is chosen from by its first letters."""
    tab_to(page, page.locator(f"[name={name}]"))
    page.keyboard.type(keys)


def test_registering(cast: Cast) -> None:
    page = cast.stranger()
    page.goto("/sessions/demo-next/register/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    put(page, "full_name", "Rosa Huamán")
    put(page, "email", "rosa@example.org")
    put(page, "profession", "Surgeon")
    put(page, "country", "Peru")
    expect(page.locator("[name=region] option[value=PE-LOR]")).to_be_attached()
    put(page, "region", "Loreto")
    tab_to(page, page.locator("[name=channel]").first)
    page.keyboard.press("Space")
    tab_to(page, page.locator("[name=privacy]"))
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/registered/*")


def test_the_room(cast: Cast) -> None:
    page = cast.account("remote", "/live/demo-live/")
    room.expect_connected(page)
    tab_to(page, page.locator("#composer textarea"))
    page.keyboard.type("Asked from the keyboard")
    page.keyboard.press("Enter")
    expect(room.own_questions(page).first).to_have_text("Asked from the keyboard")

    vote = page.locator("#questions-list [data-slot=vote]:enabled").first
    tab_to(page, vote)
    page.keyboard.press("Enter")
    expect(vote).to_have_attribute("aria-pressed", "true")

    tab_to(page, page.locator("#tab-questions"))
    page.keyboard.press("ArrowRight")
    expect(page.locator("#tab-chat")).to_be_focused()
    tab_to(page, page.locator("#composer textarea"))
    page.keyboard.type("Said from the keyboard")
    page.keyboard.press("Enter")
    expect(room.messages(page).last).to_have_text("Said from the keyboard")

    tab_to(page, page.locator("#hand"))
    page.keyboard.press("Space")
    expect(page.locator("#hand")).to_have_attribute("aria-pressed", "true")


def test_the_desk(cast: Cast) -> None:
    desk = cast.account("moderator", "/live/demo-live/desk/")
    pending = desk.locator("#pending-list > li")
    expect(pending).to_have_count(2)
    first, second = pending.locator("[data-slot=text]").all_text_contents()
    press = desk.keyboard.press

    press("?")
    expect(desk.locator("#help")).to_be_visible()
    press("Escape")
    expect(desk.locator("#help")).to_be_hidden()
    press("j")
    expect(room.card(desk, "pending", first)).to_be_focused()
    press("a")
    expect(room.card(desk, "live", first)).to_be_visible()
    expect(room.card(desk, "pending", second)).to_be_focused()  # the queue is worked down

    press("d")
    expect(desk.locator("#ask-reason")).to_be_visible()
    desk.keyboard.type("Answered in the chat")
    press("Enter")
    expect(room.card(desk, "answered", second)).to_contain_text("Answered in the chat")

    approved = room.card(desk, "live", first)
    approved.focus()
    press("p")
    expect(approved.locator("[data-slot=pinned]")).to_be_visible()
    expect(approved).to_be_focused()  # though it moved to the head of the queue
    press("t")
    expect(approved).to_have_class("card card-taken")
    press("w")
    desk.keyboard.type("Written at the desk")
    press("Tab")
    press("Enter")
    expect(room.card(desk, "answered", first)).to_contain_text("Written at the desk")


def test_a_key_pressed_as_a_dialog_closes_is_not_lost(cast: Cast) -> None:
    desk = cast.account("moderator", "/live/demo-live/desk/")
    pending = desk.locator("#pending-list > li")
    expect(pending).to_have_count(2)
    desk.keyboard.press("?")
    expect(desk.locator("#help")).to_be_visible()
    desk.evaluate(CLOSE_AND_PRESS)
    expect(pending.first).to_be_focused()


def test_joining_at_the_desk(cast: Cast) -> None:
    desk = cast.account("moderator", "/live/demo-live/desk/")
    pending = desk.locator("#pending-list > li")
    expect(pending).to_have_count(2)
    into, same = pending.locator("[data-slot=text]").all_text_contents()
    room.card(desk, "pending", same).focus()
    desk.keyboard.press("m")
    expect(desk.locator("#joining")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(desk.locator("#joining")).to_be_hidden()
    desk.keyboard.press("m")
    desk.keyboard.press("k")
    expect(room.card(desk, "pending", into)).to_be_focused()
    desk.keyboard.press("m")
    expect(pending.locator("[data-slot=text]")).to_have_text([into])
