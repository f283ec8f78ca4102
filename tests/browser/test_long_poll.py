"""A network that blocks WebSocket: the room works all the same, by the slow way."""

import pytest
from playwright.sync_api import expect

from tests.browser import room
from tests.browser.people import Cast

pytestmark = pytest.mark.browser

# What a page meets behind such a proxy: the connection is refused before it opens.
BLOCKED = """
window.WebSocket = class extends EventTarget {
  constructor() {
    super();
    setTimeout(() => this.onclose?.({ code: 1006 }), 0);
  }
  send() {}
  close() {}
};
"""


def test_the_room_without_websocket(cast: Cast) -> None:
    blocked = cast.stranger("behind a proxy")
    blocked.add_init_script(BLOCKED)
    polled: list[str] = []
    blocked.on("request", lambda request: polled.append(request.url) if "/events/" in request.url else None)
    cast.sign_in(blocked, "remote")
    blocked.goto("/live/demo-live/")
    other = cast.account("auditorium", "/live/demo-live/")

    room.expect_connected(blocked)
    assert polled
    room.say(blocked, "By the slow way")
    expect(room.own_marks(blocked).last).to_have_text(room.SENT)
    expect(room.messages(other).last).to_have_text("By the slow way")
    room.say(other, "And back again")
    expect(room.messages(blocked).last).to_have_text("And back again")
    room.ask(blocked, "Does a question pass too?")
    expect(room.own_questions(blocked).first).to_have_text("Does a question pass too?")
    blocked.locator("#hand").click()
    expect(blocked.locator("#hand")).to_have_attribute("aria-pressed", "true")
    blocked.reload()
    room.expect_connected(blocked)
    expect(room.messages(blocked).filter(has_text="By the slow way")).to_have_count(1)
    expect(room.messages(blocked).last).to_have_text("And back again")
