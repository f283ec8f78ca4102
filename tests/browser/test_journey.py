"""The whole job: register, join, chat, ask, lose the network and come back, be answered, and be counted."""

import csv

import pytest
from playwright.sync_api import Page, expect

from tests.browser import room
from tests.browser.people import NO_NETWORK, PHONE, Cast
from tests.browser.registering import enter, register

pytestmark = pytest.mark.browser

SESSION = "demo-next"
DRAINS, SAME, LATER = "When do the drains go?", "How long do the drains stay?", "Which mesh do you use?"


def test_a_session_from_registration_to_the_sheet(cast: Cast) -> None:
    phone = arrive(cast)
    desktop = cast.account("remote", f"/live/{SESSION}/")
    desk = room.open_live(cast, SESSION)
    for page in (phone, desktop):
        room.expect_stage(page, "live")
        expect(page.locator("#lobby")).to_be_hidden()

    talk_through_an_outage(cast, phone, desktop)
    wall = cast.account("surgeon", f"/live/{SESSION}/wall/")
    mentor = cast.account("mentor", f"/live/{SESSION}/desk/")
    run_the_queue(desk, mentor, wall, phone, desktop)
    raise_a_hand(phone, desk)
    stop_and_go_on(cast, [phone, desktop, desk, wall])
    end(desk, phone, desktop)
    check_the_sheet(cast)


def arrive(cast: Cast) -> Page:
    """Rosa registers on her phone and waits in the lobby."""
    phone = cast.stranger("phone", **PHONE)
    enter(phone, register(phone, SESSION, name="Rosa Huamán", email="rosa@example.org"))
    expect(phone.locator("#lobby")).to_be_visible()
    room.expect_stage(phone, "scheduled")
    room.expect_connected(phone)
    phone.locator("#check").click()
    expect(phone.locator("#check-result")).to_have_attribute("data-verdict", "good")
    return phone


def talk_through_an_outage(cast: Cast, phone: Page, desktop: Page) -> None:
    """What is written without a network is sent once and in order when it is back, and nothing was missed."""
    room.say(phone, "Good morning from Iquitos")
    expect(room.messages(desktop)).to_have_text(["Good morning from Iquitos"])
    room.say(desktop, "And from Jujuy")
    expect(room.messages(phone)).to_have_text(["Good morning from Iquitos", "And from Jujuy"])

    cast.faults.expect(NO_NETWORK)
    phone.context.set_offline(True)
    room.say(phone, "First without a network")
    room.say(phone, "Second without a network")
    room.say(desktop, "Meanwhile in Jujuy")
    expect(room.own_marks(phone)).to_have_text([room.SENT, room.WAITING, room.WAITING])
    expect(phone.locator("#status")).to_have_attribute("data-mood", "lost")
    expect(phone.locator("#status")).to_contain_text("2")
    expect(room.messages(desktop)).to_have_count(3)

    phone.context.set_offline(False)
    whole = [
        "Good morning from Iquitos",
        "And from Jujuy",
        "Meanwhile in Jujuy",
        "First without a network",
        "Second without a network",
    ]
    expect(room.own_marks(phone)).to_have_text([room.SENT] * 3)
    expect(room.messages(phone)).to_have_text(whole)
    expect(room.messages(desktop)).to_have_text(whole)
    phone.reload()
    expect(room.messages(phone)).to_have_text(whole)
    room.expect_connected(phone)


def run_the_queue(desk: Page, mentor: Page, wall: Page, phone: Page, desktop: Page) -> None:
    """Approved, joined, assigned, pinned, voted for, taken, answered."""
    room.ask(phone, DRAINS)
    room.ask(desktop, SAME)
    room.ask(desktop, LATER)
    expect(desk.locator("#pending-list > li")).to_have_count(3)
    for text in (DRAINS, LATER):
        room.press(room.card(desk, "pending", text), "approve")
        expect(room.card(desk, "live", text)).to_be_visible()
    room.press(room.card(desk, "pending", SAME), "merge")
    room.press(room.card(desk, "live", DRAINS), "join")
    expect(desk.locator("#pending-list > li")).to_have_count(0)

    vote = desktop.locator("#questions-list > li", has_text=DRAINS).locator("[data-slot=vote]")
    expect(vote).to_have_attribute("aria-pressed", "true")  # joined: who asked the same counts as a vote
    phone.locator("#questions-list > li", has_text=LATER).locator("[data-slot=vote]").click()
    expect(desktop.locator("#questions-list > li", has_text=LATER).locator("[data-slot=count]")).to_have_text("1")
    room.choose(room.card(desk, "live", DRAINS))
    room.card(desk, "live", DRAINS).locator("[data-slot=assign]").select_option(label="Ingrid van Dijk")
    expect(room.card(mentor, "live", DRAINS).locator("[data-slot=assigned]")).to_contain_text("Ingrid van Dijk")
    room.press(room.card(desk, "live", LATER), "pin")
    expect(wall.locator("#next-text")).to_have_text(LATER)

    room.press(room.card(mentor, "live", DRAINS), "take")
    expect(wall.locator("#now-text")).to_have_text(DRAINS)
    expect(wall.locator("#now-by")).to_contain_text("Rosa Huamán")
    expect(wall.locator("#now-by")).to_contain_text("Loreto")
    expect(phone.locator("#now-text")).to_have_text(DRAINS)
    room.press(room.card(mentor, "live", DRAINS), "aloud")
    expect(wall.locator("#now")).to_be_hidden()
    expect(room.card(desk, "answered", DRAINS)).to_be_visible()
    phone.locator("#answered summary").click()
    expect(phone.locator("#answered-list [data-slot=text]")).to_have_text([DRAINS])
    expect(room.own_questions(phone)).to_have_text([DRAINS])


def raise_a_hand(phone: Page, desk: Page) -> None:
    phone.locator("#hand").click()
    hand = desk.locator("#hands-list > li", has_text="Rosa Huamán")
    expect(hand).to_be_visible()
    expect(phone.locator("#hand")).to_have_attribute("aria-pressed", "true")
    hand.locator("[data-slot=lower]").click()
    expect(phone.locator("#hand")).to_have_attribute("aria-pressed", "false")
    expect(desk.locator("#hands")).to_be_hidden()


def stop_and_go_on(cast: Cast, pages: list[Page]) -> None:
    """The advocate's one button takes the session from everybody's screen, and gives it back."""
    advocate = cast.account("advocate", f"/live/{SESSION}/")
    advocate.locator("#stop").click()
    for page in [*pages, advocate]:
        expect(page.locator("#stopped")).to_be_visible()
        room.expect_stage(page, "stopped")
    advocate.locator("#clear").click()
    for page in [*pages, advocate]:
        expect(page.locator("#stopped")).to_be_hidden()
        room.expect_stage(page, "live")


def end(desk: Page, phone: Page, desktop: Page) -> None:
    room.step(desk, "end")
    desk.locator("#ask-end button[value=yes]").click()
    for page in (phone, desktop):
        expect(page.locator("#over")).to_be_visible()
    phone.locator("#over a").click()
    phone.locator("main a.button-primary").click()
    phone.wait_for_url("**/attendance/mine/")
    expect(phone.locator("main")).to_contain_text("Rosa Huamán")


def check_the_sheet(cast: Cast) -> None:
    """The coordinator sees both counted, and the file says what the page says."""
    page = cast.account("coordinator", f"/sessions/{SESSION}/attendance/")
    shown: dict[str, str] = {}
    for name in ("Rosa Huamán", "Julieta Mamaní"):
        row = page.locator("table.sheet tbody tr", has_text=name).first
        shown[name] = row.locator("td.figure").first.inner_text()
        assert float(shown[name].replace(",", ".")) > 0
    with page.expect_download() as download:
        page.locator('a[href$="/attendance/sheet.csv"]').click()
    rows = list(csv.reader(download.value.path().read_text(encoding="utf-8-sig").splitlines()))
    named = {row[1]: row[9] for row in rows[1:]}
    assert {name: float(named[name]) for name in shown} == {
        name: float(text.replace(",", ".")) for name, text in shown.items()
    }
