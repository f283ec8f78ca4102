"""A stranger asks for the operating room, waits, is approved, goes in, and loses the place again; what is seen then."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import room
from tests.browser.people import PHONE, Cast
from tests.browser.registering import enter, fill, reload_until

pytestmark = pytest.mark.browser

SESSION, EMAIL = "demo-next", "lucia@example.org"
WHY = "The patient asked for fewer people"


def test_a_place_in_the_operating_room_from_asking_to_losing_it(cast: Cast) -> None:
    phone = cast.stranger("phone", **PHONE)
    link = ask(phone)
    say_that_it_was_me(phone, link)
    has_no_way_in(phone)

    boss = cast.account("coordinator", f"/sessions/{SESSION}/registrations/?status=requested")
    approve(boss)
    go_in(phone, link)
    take_out(boss)
    see_that_it_is_over(phone, link)


def ask(phone: Page) -> str:
    """The form says that somebody decides; the mail says that nobody has yet."""
    phone.goto(f"/sessions/{SESSION}/register/")
    fill(phone, name="Lucía Ferreyra", email=EMAIL)
    expect(phone.locator("label", has_text="the organisers decide who comes")).to_be_visible()
    phone.locator("[name=channel][value=or]").check()
    phone.locator("main form button.button-wide").click()
    phone.wait_for_url(f"**/sessions/{SESSION}/registered/")
    mail = newest_mail(phone, "You asked for a place in the operating room")
    expect(mail).not_to_contain_text("session.ics")
    expect(mail).not_to_contain_text("Your personal link to the room")
    return mail.locator('.mail-text a[href*="/join/"]').get_attribute("href") or ""


def say_that_it_was_me(phone: Page, link: str) -> None:
    phone.goto(link)
    expect(phone.locator(".notice-warning")).to_contain_text("The organisers decide")
    phone.locator(".door-enter").click()
    expect(phone.locator(".notice-warning")).to_contain_text("You asked for this place.")
    expect(phone.locator(".door-enter")).to_have_count(0)


def has_no_way_in(phone: Page) -> None:
    """Neither into the room nor to a case."""
    answer = phone.request.get(f"/live/{SESSION}/", max_redirects=0)
    assert answer.status in {302, 401, 403}
    assert phone.request.get("/cases/", max_redirects=0).status in {302, 401, 403, 404}


def approve(boss: Page) -> None:
    """What the coordinator decides upon: profession, licences, institution."""
    row = row_of(boss)
    for told in ("Cirujano(a)", "Hospital Regional de Loreto"):
        expect(row).to_contain_text(told)
    row.locator('form[action$="/approve/"] button').click()
    expect(boss.locator("#said")).to_contain_text("Lucía Ferreyra")
    expect(row.locator(".pill-open")).to_be_visible()


def go_in(phone: Page, link: str) -> None:
    """The link in the hand already opens the room now."""
    expect(newest_mail(phone, "Your place in the operating room")).to_contain_text("session.ics")
    enter(phone, link)
    expect(phone.locator("#lobby")).to_be_visible()
    room.expect_connected(phone)


def take_out(boss: Page) -> None:
    row = row_of(boss)
    row.locator(".changes > summary").click()
    form = row.locator('form[action$="/remove/"]')
    form.locator("[name=reason]").fill(WHY)
    form.locator("button").click()
    expect(row).to_contain_text(WHY)
    expect(row.locator(".pill-open")).to_have_count(0)


def see_that_it_is_over(phone: Page, link: str) -> None:
    """The room closes by itself; the mail and the link say who did it, and why."""
    expect(phone.locator("#closed")).to_be_visible()
    expect(newest_mail(phone, "Your registration was withdrawn")).to_contain_text(WHY)
    phone.goto(link)
    expect(phone.locator(".notice-warning")).to_have_text("The organisers withdrew this registration.")
    expect(phone.locator("main")).to_contain_text(WHY)
    expect(phone.locator(".door-enter")).to_have_count(0)


def row_of(boss: Page) -> Locator:
    return boss.locator("#people tr", has_text="Lucía Ferreyra")


def newest_mail(page: Page, subject: str) -> Locator:
    """The mail with this subject, as soon as it is there."""
    page.goto(f"/demo/mail/?to={EMAIL}")
    reload_until(page, page.locator(".mails a", has_text=subject)).first.click()
    expect(page.locator("main")).to_contain_text(subject)
    return page.locator("main")
