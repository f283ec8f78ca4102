"""Two people on one computer: nothing of the one is sent in the name of the other, nor shown to them."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import room
from tests.browser.people import NO_NETWORK, Cast
from tests.browser.registering import enter, register

pytestmark = pytest.mark.browser

ROOM = "/live/demo-live/"


def sign_out(page: Page) -> None:
    page.goto("/profile/")
    page.locator('form[action$="/logout/"] button').click()
    page.wait_for_url("**/")


def test_what_was_left_unsent_waits_for_who_wrote_it(cast: Cast) -> None:
    cast.faults.expect(NO_NETWORK)
    desk = cast.account("moderator", f"{ROOM}desk/")
    page = cast.account("mentor", ROOM)  # the shared computer
    room.expect_connected(page)
    vote = page.locator("#questions-list [data-slot=vote]:not([disabled])").first
    pressed = vote.get_attribute("aria-pressed")

    page.context.set_offline(True)
    vote.click()
    room.ask(page, "Hers, asked without a network")
    room.say(page, "Hers, said without a network")
    expect(room.own_marks(page).last).to_have_text(room.WAITING)
    page.locator("#tab-questions").click()
    page.locator("#composer textarea").fill("Half a question")
    page.close(run_before_unload=False)

    second = page.context.new_page()
    second.context.set_offline(False)
    sign_out(second)
    cast.sign_in(second, "surgeon")
    second.goto(ROOM)
    room.expect_connected(second)
    expect(second.locator("#composer textarea")).to_have_value("")
    expect(room.own_questions(second)).to_have_count(0)
    second.locator("#tab-chat").click()
    expect(second.locator("#chat-list .message-mine", has_text="Hers")).to_have_count(0)
    room.say(second, "His own words")
    expect(room.own_marks(second).last).to_have_text(room.SENT)
    expect(desk.locator("#chat-list", has_text="His own words")).to_be_visible()
    expect(desk.locator("#chat-list", has_text="Hers, said")).to_have_count(0)
    expect(desk.locator("#pending-list > li", has_text="Hers, asked")).to_have_count(0)

    sign_out(second)
    cast.sign_in(second, "mentor")
    second.goto(ROOM)
    room.expect_connected(second)
    expect(second.locator("#composer textarea")).to_have_value("Half a question")
    expect(room.card(desk, "pending", "Hers, asked without a network")).to_be_visible()
    said = desk.locator("#chat-list > li", has_text="Hers, said without a network")
    expect(said).to_be_visible()
    expect(desk.locator("#chat-list > li", has_text="His own words").locator("[data-slot=who]")).not_to_have_text(
        said.locator("[data-slot=who]").inner_text()
    )
    assert vote_of(second) != pressed


def vote_of(page: Page) -> str | None:
    return page.locator("#questions-list [data-slot=vote]:not([disabled])").first.get_attribute("aria-pressed")


def test_two_links_in_two_tabs_stay_two_people(cast: Cast) -> None:
    cast.faults.expect("401")  # the second link gives the browser a new key: the first tab may ask a moment too early
    first = cast.stranger("shared browser")
    ana = register(first, "demo-live", name="Ana Ríos", email="ana@example.org")
    eva = register(first, "demo-live", name="Eva Luna", email="eva@example.org")
    enter(first, ana)
    room.expect_connected(first)
    second = first.context.new_page()
    enter(second, eva)
    room.expect_connected(second)

    room.say(first, "From Ana's tab")
    room.say(second, "From Eva's tab")
    for page in (first, second):
        page.locator("#tab-chat").click()
        for text, name in (("From Ana's tab", "Ana Ríos"), ("From Eva's tab", "Eva Luna")):
            expect(page.locator("#chat-list > li", has_text=text).locator("[data-slot=who]")).to_have_text(name)

    first.reload()
    room.expect_connected(first)
    room.say(first, "Still Ana")
    said = second.locator("#chat-list > li", has_text="Still Ana")
    expect(said.locator("[data-slot=who]")).to_have_text("Ana Ríos")
    assert first.url != second.url


def test_an_unsent_case_is_shown_to_its_author_alone_with_a_network_and_without(cast: Cast) -> None:
    cast.faults.expect(NO_NETWORK)
    page = cast.account("trainee", "/cases/new/")
    expect(page.locator("#case-form")).to_be_visible()
    page.evaluate("() => navigator.serviceWorker.ready")
    page.context.set_offline(True)
    page.locator('[name="main_question"]').fill("Hers: is this a hernia?")
    expect(page.locator("#draft-line")).to_have_attribute("data-state", "kept")
    waiting = page.url
    page.close()

    second = page.context.new_page()
    second.context.set_offline(False)
    sign_out(second)
    second.context.set_offline(True)
    second.goto(waiting)  # nobody is signed in, and there is no network
    expect(second.locator("#offline-form")).to_be_hidden()
    expect(second.locator("#on-device")).to_be_hidden()
    second.context.set_offline(False)
    cast.sign_in(second, "mentor")
    second.goto("/cases/")
    expect(second.locator("#on-device")).to_be_hidden()
    second.context.set_offline(True)
    second.goto("/cases/")
    expect(second.locator("#offline-other")).to_be_visible()
    expect(second.locator("body")).not_to_contain_text("Hers:")

    second.context.set_offline(False)
    second.goto("/")
    sign_out(second)
    cast.sign_in(second, "trainee")
    second.goto("/cases/")
    expect(second.locator("#on-device-list")).to_contain_text("Hers: is this a hernia?")
