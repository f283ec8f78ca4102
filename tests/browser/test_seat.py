"""One person, one seat: the personal link on a second device takes it over."""

import pytest
from playwright.sync_api import expect

from tests.browser import room
from tests.browser.people import PHONE, Cast
from tests.browser.registering import enter, register

pytestmark = pytest.mark.browser


def test_the_link_on_a_second_device_takes_the_seat_over(cast: Cast) -> None:
    first = cast.stranger("first device")
    link = register(first, "demo-live", name="Rosa Huamán", email="rosa@example.org")
    enter(first, link)
    room.expect_connected(first)

    second = cast.stranger("second device", **PHONE)
    enter(second, link)
    room.expect_connected(second)
    expect(first.locator("#closed")).to_be_visible()
    room.say(second, "Now from the phone")
    expect(room.messages(second).last).to_have_text("Now from the phone")

    first.locator("#come-back").click()
    room.expect_connected(first)
    expect(first.locator("#closed")).to_be_hidden()
    expect(second.locator("#closed")).to_be_visible()
    expect(room.messages(first).last).to_have_text("Now from the phone")
