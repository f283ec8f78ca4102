"""What people do and see in a room, in the words of a test. Nothing here depends on the page's language."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.people import Cast

SENT, WAITING = "✓", "◷"


def write(page: Page, tab: str, text: str) -> None:
    """Write `text` where the tab (`chat` or `questions`) leads, and send it."""
    page.locator(f"#tab-{tab}").click()
    page.locator("#composer textarea").fill(text)
    page.locator("#composer [type=submit]").click()


def say(page: Page, text: str) -> None:
    write(page, "chat", text)


def ask(page: Page, text: str) -> None:
    write(page, "questions", text)


def messages(page: Page) -> Locator:
    """The texts of the chat, in the order shown."""
    return page.locator("#chat-list [data-slot=text]")


def own_marks(page: Page) -> Locator:
    return page.locator("#chat-list .message-mine [data-slot=mark]")


def own_questions(page: Page) -> Locator:
    return page.locator("#mine-list [data-slot=text]")


def expect_connected(page: Page) -> None:
    expect(page.locator("#status")).to_have_attribute("data-mood", "open")


def expect_stage(page: Page, stage: str) -> None:
    expect(page.locator("body")).to_have_attribute("data-state", stage)


def card(desk: Page, column: str, text: str) -> Locator:
    """The card of a question in a column of the desk: `pending`, `live` or `answered`."""
    return desk.locator(f"#{column}-list > li", has_text=text)


def choose(card: Locator) -> None:
    """Point at a card, as one does before one acts."""
    card.locator("[data-slot=text]").click()


def press(card: Locator, act: str) -> None:
    """Choose a card, which shows what can be done with it, and press: approve, take, aloud, pin, merge, join …"""
    choose(card)
    card.locator(f"[data-slot={act}]").click()


def step(desk: Page, name: str) -> None:
    """Press one of the stage's buttons: open, go_live, hold, resume, end."""
    desk.locator(f'[data-stage-step="stage.{name}"]').click()


def open_live(cast: Cast, session: str) -> Page:
    """The moderator opens the room of this session and goes live; their desk."""
    desk = cast.account("moderator", f"/live/{session}/desk/")
    step(desk, "open")
    step(desk, "go_live")
    expect_stage(desk, "live")
    return desk
