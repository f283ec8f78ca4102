"""Nobody pressed End: from the lobby over the reminder and the end by itself to the corrected sheet. Times are put back
in the database instead of waiting.
"""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser import room
from tests.browser.people import PHONE, Cast
from tests.browser.registering import enter, register
from tests.browser.serving import Site

pytestmark = pytest.mark.browser

SESSION = "demo-next"
MODELS = f"""
from datetime import timedelta
from courses.programme.models import Session, TeamMember
from livesessions.attendance.actions import endings
from livesessions.attendance.models import PresenceSpan
from livesessions.room.actions import rooms
from livesessions.room.models import LiveWindow, Room
from shared.clock import now
n, h = now(), timedelta(hours=1)
room = rooms.for_session("{SESSION}")
session = Session.objects.filter(pk=room.session_id)
staff = TeamMember.objects.filter(session=room.session).values("person")
team = PresenceSpan.objects.filter(room=room, person__in=staff)
"""
SOON = "session.update(starts_at=n + h / 3, planned_end_at=n + 2 * h)"
OVERDUE = "session.update(starts_at=n - h, planned_end_at=n - timedelta(minutes=1)); endings.look_after(n)"
ALL_LEFT = "print(team.filter(ended_at=None).count())"
HOURS_LATER = """
session.update(starts_at=n - 3 * h, planned_end_at=n - 2 * h, live_at=n - 3 * h)
Room.objects.filter(pk=room.pk).update(live_at=n - 3 * h)
LiveWindow.objects.filter(room=room).update(started_at=n - 3 * h)
team.update(started_at=n - 3 * h, last_seen_at=n - 2 * h, ended_at=n - 2 * h)
PresenceSpan.objects.filter(room=room).exclude(pk__in=team).update(started_at=n - 3 * h)
endings.look_after(n)
"""


def test_the_forgotten_end_from_the_lobby_to_the_corrected_sheet(cast: Cast, site: Site) -> None:
    tell(site, SOON)
    phone = cast.stranger("phone", **PHONE)
    enter(phone, register(phone, SESSION, name="Rosa Huamán", email="rosa@example.org"))
    expect(phone.locator("#lobby")).to_be_visible()
    room.expect_connected(phone)
    coordinator = cast.account("coordinator", f"/plan/sessions/{SESSION}/change/")
    move_the_start(coordinator)
    expect(phone.locator("#lobby-moved")).to_be_visible()

    desk = room.open_live(cast, SESSION)
    room.expect_stage(phone, "live")
    expect(desk.locator("#overdue")).to_be_hidden()
    tell(site, OVERDUE)
    expect(desk.locator("#overdue")).to_be_visible()
    expect(phone.locator("#overdue")).to_have_count(0)

    desk.goto("/")  # the moderator leaves, and nobody has pressed End
    for _ in range(40):
        if tell(site, ALL_LEFT).strip() == "0":
            break
        desk.wait_for_timeout(250)
    tell(site, HOURS_LATER)
    expect(phone.locator("#over")).to_be_visible()
    assert minutes_of(coordinator, "Rosa Huamán") == 60

    reopen_and_end(desk, phone)
    correct(coordinator)
    assert minutes_of(coordinator, "Rosa Huamán") == 50
    phone.goto(f"/sessions/{SESSION}/attendance/mine/")
    expect(phone.locator(".attendance-times")).to_contain_text("Nobody pressed End")


def tell(site: Site, code: str) -> str:
    return site.servers.manage("shell", "--verbosity", "0", "--command", MODELS + code)


def move_the_start(page: Page) -> None:
    """Ten minutes later."""
    for name in ("starts_local", "planned_end_local"):
        field = page.locator(f"[name={name}]")
        local = datetime.fromisoformat(field.input_value()) + timedelta(minutes=10)
        field.fill(local.isoformat(timespec="minutes"))
    page.locator("main form button.button-primary").click()
    page.wait_for_url(f"**/plan/sessions/{SESSION}/")


def reopen_and_end(desk: Page, phone: Page) -> None:
    """The end was a mistake after all; the phone comes back, and now it is ended by hand."""
    desk.goto(f"/live/{SESSION}/")
    desk.locator(f'form[action$="/live/{SESSION}/reopen/"] button').click()
    desk.wait_for_url(f"**/live/{SESSION}/")
    room.expect_stage(desk, "live")
    phone.reload()
    room.expect_stage(phone, "live")
    desk.goto(f"/live/{SESSION}/desk/")
    room.step(desk, "end")
    desk.locator("#ask-end button[value=yes]").click()
    expect(phone.locator("#over")).to_be_visible()


def correct(page: Page) -> None:
    """The first hour, with a break of ten minutes."""
    page.goto(f"/sessions/{SESSION}/attendance/times/")
    start = datetime.fromisoformat(page.locator("[name=started_local]").input_value())
    page.locator("[name=ended_local]").fill((start + timedelta(hours=1)).isoformat(timespec="seconds"))
    for name, minute in (("break_0_start", 20), ("break_0_end", 30)):
        page.locator(f"[name={name}]").fill(f"{start + timedelta(minutes=minute):%H:%M:%S}")
    page.locator("[name=reason]").fill("Nobody pressed End")
    page.locator("main form button.button-primary").click()
    expect(page.locator(".attendance-times")).to_contain_text("Nobody pressed End")


def minutes_of(page: Page, name: str) -> int:
    """Minutes on the sheet, to the nearest; the threshold is reached."""
    page.goto(f"/sessions/{SESSION}/attendance/")
    row = page.locator("table.sheet tbody tr", has_text=name).first
    assert float(row.locator("td.figure").nth(3).get_attribute("data-value") or 0) > 99  # of the live time, in percent
    return round(float(row.locator("td.figure").first.inner_text().replace(",", ".")))
