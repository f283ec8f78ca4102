"""The server goes away: killed, or told to leave. Nothing sent is lost or doubled, nothing typed is gone."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import room
from tests.browser.people import NO_NETWORK, PHONE, Cast
from tests.browser.serving import Site

pytestmark = pytest.mark.browser

SENT, TYPED, LATER = "Sent before", "Typed, not sent yet", "Written while nobody answered"


def in_the_room(cast: Cast) -> tuple[Page, Page]:
    """Somebody who wrote one message and is typing the next, and somebody who reads."""
    writer = cast.account("remote", "/live/demo-live/", **PHONE)
    reader = cast.account("auditorium", "/live/demo-live/")
    room.say(writer, SENT)
    expect(room.own_marks(writer).last).to_have_text(room.SENT)
    expect(room.messages(reader).last).to_have_text(SENT)
    writer.locator("#composer textarea").fill(TYPED)
    cast.faults.expect(NO_NETWORK)
    return writer, reader


def test_a_killed_server_comes_back(cast: Cast, site: Site) -> None:
    writer, reader = in_the_room(cast)
    site.kill()
    expect(writer.locator("#status")).to_have_attribute("data-mood", "lost")
    writer.locator("#composer [type=submit]").click()
    writer.locator("#composer textarea").fill(LATER)
    expect(room.own_marks(writer).last).to_have_text(room.WAITING)
    site.start()

    for page in (writer, reader):
        room.expect_connected(page)
        expect(room.messages(page).filter(has_text=SENT)).to_have_count(1)
        expect(room.messages(page).filter(has_text=TYPED)).to_have_count(1)
        expect(room.messages(page).last).to_have_text(TYPED)
    expect(room.own_marks(writer).last).to_have_text(room.SENT)
    expect(writer.locator("#composer textarea")).to_have_value(LATER)
    writer.reload()
    room.expect_connected(writer)
    expect(room.messages(writer).filter(has_text=TYPED)).to_have_count(1)
    writer.locator("#tab-chat").click()
    expect(writer.locator("#composer textarea")).to_have_value(LATER)


def test_a_server_that_leaves_says_so(cast: Cast, site: Site) -> None:
    writer, reader = in_the_room(cast)
    heard: list[str] = []
    writer.on("websocket", lambda socket: socket.on("framereceived", lambda frame: heard.append(str(frame))))
    writer.reload()  # the new socket is listened to
    room.expect_connected(writer)
    assert site.leave() == 0
    expect(writer.locator("#status")).to_have_attribute("data-mood", "lost")
    assert any(frame.startswith('{"bye":') for frame in heard)
    site.start()

    for page in (writer, reader):
        room.expect_connected(page)
        expect(room.messages(page).filter(has_text=SENT)).to_have_count(1)
    writer.locator("#tab-chat").click()
    expect(writer.locator("#composer textarea")).to_have_value(TYPED)
    room.say(writer, LATER)
    expect(room.messages(reader).last).to_have_text(LATER)
