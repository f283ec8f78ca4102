"""What was taken from somebody ends what they had opened: the login, the account, the rank, the team, the place."""

import asyncio
import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings as site
from django.contrib.auth import update_session_auth_hash
from django.contrib.sessions.models import Session as BrowserSession
from django.db import connection
from django.test import Client, RequestFactory

from accounts.models import Membership, Person, Role
from courses.programme.actions import passes
from courses.programme.models import Enrolment, EnrolmentStatus, TeamMember, TeamRole
from livesessions.realtime import hub, reactions
from livesessions.room.models import Question, QuestionStatus
from shared.clock import now
from tests.realtime import peers
from tests.realtime.conftest import Cast
from tests.realtime.peers import ORIGIN, Peer
from tests.realtime.test_links import ask_for_ticket, browser_by_link, browser_signed_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def deaf(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Another process made the change and Redis is away: only the database tells."""
    monkeypatch.setattr(hub.Hub, "hear", lambda *args, **kwargs: None)
    settings.ROOM_RECHECK_SECONDS = 0


@pytest.fixture
def never_asked_again(settings: Any) -> None:
    """Only what is told ends anything."""
    settings.ROOM_RECHECK_SECONDS = 3600


async def come_in(cast: Cast, browser: Client) -> Peer:
    """As a page does: a ticket for the cookie, and the socket by the ticket alone."""
    status, body = await sync_to_async(ask_for_ticket)(cast, browser)
    assert status == 200
    peer = await peers.open_socket(cast.room, body["ticket"])
    cast.peers.append(peer)
    await peer.hello(device="desk")
    return peer


async def signed_in(cast: Cast, who: str) -> tuple[Client, Peer]:
    browser = await sync_to_async(browser_signed_in)(cast, who)
    return browser, await come_in(cast, browser)


async def pending_question(cast: Cast) -> str:
    ana = await cast.enter("ana")
    question: str = (await ana.do("question.ask", text="How deep?"))["ok"]["question"]
    return question


def sign_out(browser: Client) -> None:
    assert browser.post("/accounts/logout/").status_code == 302


async def test_a_moderator_who_signed_out_approves_nothing(stage: Cast, never_asked_again: None) -> None:
    question = await pending_question(stage)
    browser, moderator = await signed_in(stage, "moderator")
    elsewhere, _ = await signed_in(stage, "moderator"), await stage.enter("beto")
    _, kept = await sync_to_async(ask_for_ticket)(stage, browser)
    await sync_to_async(sign_out)(browser)
    frame = {"id": 9, "do": "question.approve", "cid": str(uuid4()), "question": question}
    await moderator.send(frame)
    assert await moderator.closed() == 4003
    assert not [heard for heard in moderator.heard if heard.get("re") == 9]

    assert (await sync_to_async(ask_for_ticket)(stage, browser))[0] == 401
    late = await peers.open_socket(stage.room, kept["ticket"])
    await late.send({"id": 1, "do": "hello", "device": "desk"})
    assert await late.closed() == 4003
    commands, events = (f"/live/{stage.room}/{name}/?ticket={kept['ticket']}" for name in ("commands", "events"))
    assert await peers.request("POST", commands, json.dumps(frame).encode()) == (401, {"close": 4003})
    assert await peers.request("GET", events) == (401, {"close": 4003})
    assert (await Question.objects.aget(public_id=question)).status == QuestionStatus.PENDING
    assert "ok" in await elsewhere[1].do("question.approve", question=question), "another computer is another login"


async def test_a_sign_out_that_nobody_told_of(stage: Cast, deaf: None) -> None:
    browser, moderator = await signed_in(stage, "moderator")
    await sync_to_async(sign_out)(browser)
    assert await moderator.closed() == 4003


async def test_a_poll_that_waits_ends_with_its_login(stage: Cast, never_asked_again: None) -> None:
    browser = await sync_to_async(browser_signed_in)(stage, "moderator")
    _, body = await sync_to_async(ask_for_ticket)(stage, browser)
    ok = (await peers.request("GET", f"/live/{stage.room}/events/?device=d&ticket={body['ticket']}"))[1]["frames"][0][
        "ok"
    ]
    address = (
        f"/live/{stage.room}/events/?device=d&wait=20&epoch={ok['epoch']}&since=room:0,desk:0&ticket={body['ticket']}"
    )
    waiting = asyncio.create_task(peers.request("GET", address))
    while stage.people["moderator"].public_id not in hub.hub().rooms[stage.room].by_person:
        await asyncio.sleep(0)
    await sync_to_async(sign_out)(browser)
    assert await waiting == (401, {"close": 4003})


async def test_a_socket_that_came_by_cookie_ends_with_it(stage: Cast, never_asked_again: None) -> None:
    browser = await sync_to_async(browser_signed_in)(stage, "mentor")
    cookie = (b"cookie", f"{site.SESSION_COOKIE_NAME}={browser.cookies[site.SESSION_COOKIE_NAME].value}".encode())
    mentor = await peers.open_socket(stage.room, headers=(ORIGIN, cookie))
    stage.peers.append(mentor)
    await mentor.hello()
    await sync_to_async(sign_out)(browser)
    assert await mentor.closed() == 4003


def _erase_sessions(cast: Cast) -> None:
    BrowserSession.objects.all().delete()


def _erase_sessions_past_django(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_session")


def _expire_sessions(cast: Cast) -> None:
    BrowserSession.objects.update(expire_date="2001-01-01T00:00:00Z")


def _other_password(cast: Cast) -> None:
    person = Person.objects.get(pk=cast.people["moderator"].pk)
    person.set_password("another one entirely")
    person.save()


@pytest.mark.parametrize("end", [_erase_sessions, _erase_sessions_past_django, _expire_sessions, _other_password])
async def test_a_login_that_ends_in_another_way(stage: Cast, deaf: None, end: Callable[[Cast], None]) -> None:
    browser, moderator = await signed_in(stage, "moderator")
    await sync_to_async(end)(stage)
    assert await moderator.closed() == 4003
    assert (await sync_to_async(ask_for_ticket)(stage, browser))[0] == 401


@pytest.mark.parametrize("end", [_erase_sessions, _other_password])
async def test_a_login_that_ends_here_is_felt_at_once(
    stage: Cast, never_asked_again: None, end: Callable[[Cast], None]
) -> None:
    _, moderator = await signed_in(stage, "moderator")
    await sync_to_async(end)(stage)
    assert await moderator.closed() == 4003


async def test_who_changes_the_password_stays_in_by_the_browser_it_was_changed_in(stage: Cast) -> None:
    browser, here = await signed_in(stage, "moderator")
    _, elsewhere = await signed_in(stage, "moderator")
    await sync_to_async(_change_password)(browser, stage.people["moderator"])
    assert [await here.closed(), await elsewhere.closed()] == [4003, 4003]
    again = await come_in(stage, browser)
    assert "ok" in await again.do("chat.post", text="back at once")


def _change_password(browser: Client, person: Person) -> None:
    """As the page does: this browser's session is kept under a new key."""
    session = browser.session
    request = RequestFactory().get("/")
    request.session = session
    request.user = person
    person.set_password("another one entirely")
    person.save()
    update_session_auth_hash(request, person)
    request.session.save()
    browser.cookies[site.SESSION_COOKIE_NAME] = request.session.session_key or ""


async def test_another_persons_link_opened_in_the_same_browser(stage: Cast, settings: Any) -> None:
    settings.ROOM_RECHECK_SECONDS = 0
    browser = await sync_to_async(browser_by_link)(stage, "ana")
    ana = await come_in(stage, browser)
    await sync_to_async(_open_link_of)(stage, browser, "beto")
    assert await ana.closed() == 4003
    beto = await come_in(stage, browser)
    assert beto.heard[0]["ok"]["me"]["id"] == stage.people["beto"].public_id


def _open_link_of(cast: Cast, browser: Client, who: str) -> None:
    enrolment = Enrolment.objects.select_related("session").get(session=cast.session, person=cast.people[who])
    session = browser.session
    passes.give(browser=session, enrolment=enrolment, at=now())
    session.save()
    browser.cookies[site.SESSION_COOKIE_NAME] = session.session_key or ""


def _disable(cast: Cast, who: str) -> None:
    person = Person.objects.get(pk=cast.people[who].pk)
    person.is_active = False
    person.save()


def _disable_past_django(cast: Cast, who: str) -> None:
    Person.objects.filter(pk=cast.people[who].pk).update(is_active=False)


def _no_coordinator_any_more(cast: Cast, who: str) -> None:
    Membership.objects.get(person=cast.people[who]).delete()


def _no_coordinator_past_django(cast: Cast, who: str) -> None:
    Membership.objects.filter(person=cast.people[who]).update(role=Role.VERIFIER)


def _off_the_team(cast: Cast, who: str) -> None:
    TeamMember.objects.filter(session=cast.session, person=cast.people[who]).delete()


def _withdrawn(cast: Cast, who: str) -> None:
    Enrolment.objects.filter(person=cast.people[who]).update(status=EnrolmentStatus.WITHDRAWN)


def _waiting(cast: Cast, who: str) -> None:
    enrolment = Enrolment.objects.get(person=cast.people[who])
    enrolment.status = EnrolmentStatus.WAITING
    enrolment.save()


@pytest.mark.parametrize(
    ("who", "take"),
    [
        ("moderator", _disable),
        ("moderator", _disable_past_django),
        ("ana", _disable),
        ("coordinator", _no_coordinator_any_more),
        ("coordinator", _no_coordinator_past_django),
        ("moderator", _off_the_team),
        ("ana", _withdrawn),
        ("trainee", _waiting),
    ],
)
async def test_whatever_was_taken_wherever_ends_the_socket(
    stage: Cast, deaf: None, who: str, take: Callable[[Cast, str], None]
) -> None:
    peer, beto = await stage.enter(who), await stage.enter("beto")
    await sync_to_async(take)(stage, who)
    assert await peer.closed() == 4503
    assert "ok" in await beto.do("chat.post", text="nobody else notices")


async def test_disabled_in_the_back_office_is_felt_without_asking_again(stage: Cast, never_asked_again: None) -> None:
    moderator = await stage.enter("moderator")
    await sync_to_async(_disable_in_admin)(stage, "moderator")
    assert await moderator.closed() == 4503


def _disable_in_admin(cast: Cast, who: str) -> None:
    root = Person.objects.create_superuser(email="root@example.org", full_name="Root")
    browser = Client()
    browser.force_login(root)
    person = cast.people[who]
    address = f"/admin/accounts/person/{person.pk}/change/"
    form = browser.get(address).context["adminform"].form
    data = {name: value for name, value in form.initial.items() if value not in (None, False) and name != "groups"}
    data |= {"is_active": "", "groups": [], "user_permissions": []}
    rows, counts = ("licences", "memberships"), ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")
    data |= {f"{row}-{count}_FORMS": "0" for row in rows for count in counts}
    answer = browser.post(address, data)
    assert answer.status_code == 302, answer.context and answer.context["adminform"].errors
    assert not Person.objects.get(pk=person.pk).is_active


async def test_another_role_given_in_the_database_is_felt(stage: Cast, deaf: None) -> None:
    mentor = await stage.enter("mentor")
    await TeamMember.objects.filter(session=stage.session, person=stage.people["mentor"]).aupdate(
        role=TeamRole.MODERATOR
    )
    assert "question.approve" in await mentor.ephemeral("can")


async def test_asking_again_on_its_own_makes_no_newcomer_ask_twice(stage: Cast, settings: Any) -> None:
    settings.ROOM_RECHECK_SECONDS = 3600
    await stage.enter("ana")
    room = hub.hub().rooms[stage.room]
    news = room.rights_news
    settings.ROOM_RECHECK_SECONDS = 0
    room.checked_at = 0.0
    reactions.recheck_due(room)
    assert (room.checked_at > 0, room.rights_news) == (True, news)
