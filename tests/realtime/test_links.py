"""A new personal link shows out whoever came by the old one; the same person's other browsers come back."""

import json
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings as site
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from courses.programme.actions import decisions, passes
from courses.programme.models import Enrolment
from livesessions.realtime import hub, welcome
from shared.clock import now
from tests import factories
from tests.realtime import peers
from tests.realtime.conftest import Cast
from tests.realtime.peers import ORIGIN, Peer

pytestmark = pytest.mark.django_db(transaction=True)


def enrolment_of(cast: Cast, who: str) -> Enrolment:
    return Enrolment.objects.select_related("session").get(session=cast.session, person=cast.people[who])


def renew(cast: Cast, who: str) -> None:
    decisions.renew_link(by=cast.people["coordinator"], enrolment=enrolment_of(cast, who), at=now())


def browser_by_link(cast: Cast, who: str) -> Client:
    """A browser that opened the link in the person's mail."""
    store = SessionStore()
    passes.give(browser=store, enrolment=enrolment_of(cast, who), at=now())
    store.save()
    browser = Client()
    browser.cookies[site.SESSION_COOKIE_NAME] = store.session_key or ""
    return browser


def browser_signed_in(cast: Cast, who: str) -> Client:
    browser = Client()
    browser.force_login(cast.people[who])
    return browser


def ask_for_ticket(cast: Cast, browser: Client) -> tuple[int, dict[str, Any]]:
    answer = browser.post(f"/live/{cast.room}/ticket/")
    return answer.status_code, answer.json()


async def enter(cast: Cast, browser: Client, device: str) -> Peer:
    """As a page does: a ticket for the cookie, then the socket."""
    _, body = await sync_to_async(ask_for_ticket)(cast, browser)
    peer = await peers.open_socket(cast.room, body["ticket"])
    cast.peers.append(peer)
    await peer.hello(device=device)
    return peer


async def test_the_holder_of_the_old_link_is_out_and_the_account_is_back_at_once(stage: Cast) -> None:
    stranger = await sync_to_async(browser_by_link)(stage, "ana")
    account = await sync_to_async(browser_signed_in)(stage, "ana")
    leaked, own = await enter(stage, stranger, "phone"), await enter(stage, account, "phone")
    beto = await stage.enter("beto")
    await sync_to_async(renew)(stage, "ana")
    assert [await leaked.closed(), await own.closed()] == [4003, 4003]

    assert (await sync_to_async(ask_for_ticket)(stage, stranger))[0] == 401
    cookie = (b"cookie", f"{site.SESSION_COOKIE_NAME}={stranger.cookies[site.SESSION_COOKIE_NAME].value}".encode())
    assert await (await peers.open_socket(stage.room, headers=(ORIGIN, cookie))).closed() == 4501
    back = await enter(stage, account, "phone")
    by_the_new_link = await enter(stage, await sync_to_async(browser_by_link)(stage, "ana"), "phone")
    await beto.do("chat.post", text="Everybody still here?")
    for peer in (back, by_the_new_link):
        assert (await peer.entry("chat.posted"))["d"]["text"] == "Everybody still here?"


async def test_a_ticket_of_the_old_link_opens_nothing_and_takes_no_seat(stage: Cast) -> None:
    stranger = await sync_to_async(browser_by_link)(stage, "ana")
    _, leaked = await sync_to_async(ask_for_ticket)(stage, stranger)
    await sync_to_async(renew)(stage, "ana")
    owner = await enter(stage, await sync_to_async(browser_by_link)(stage, "ana"), "phone")
    late = await peers.open_socket(stage.room, leaked["ticket"])
    await late.send({"id": 1, "do": "hello", "device": "laptop"})
    assert await late.closed() == 4003
    address = f"/live/{stage.room}/commands/?ticket={leaked['ticket']}"
    post = json.dumps({"id": 1, "do": "chat.post", "cid": str(uuid4()), "text": "hi"}).encode()
    assert await peers.request("POST", address, post) == (401, {"close": 4003})
    assert "ok" in await owner.do("chat.post", text="the seat is mine")


async def test_rights_that_change_while_a_hello_is_answered(stage: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ban comes after the newcomer was looked up, and before they are in."""
    moderator = await stage.enter("moderator")
    body = welcome.body

    async def slow(room: Any, member: Any, *args: Any) -> Any:
        answer = await body(room, member, *args)
        if member.id == stage.people["ana"].public_id:
            assert "ok" in await moderator.do("person.ban", person=member.id, banned=True, reason="late")
        return answer

    monkeypatch.setattr(welcome, "body", slow)
    ana = await stage.enter("ana")
    assert await ana.closed() == 4503


async def test_a_mentor_who_is_registered_too_loses_what_the_old_link_opened(stage: Cast) -> None:
    await sync_to_async(_register)(stage, "mentor")
    leaked = await enter(stage, await sync_to_async(browser_by_link)(stage, "mentor"), "tablet")
    assert leaked.heard[0]["ok"]["me"]["role"] == "mentor"
    await sync_to_async(renew)(stage, "mentor")
    assert await leaked.closed() == 4003


async def test_a_new_link_nobody_here_was_told_of_is_found_by_asking_again(
    stage: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, beto = await stage.enter("ana"), await stage.enter("beto")
    monkeypatch.setattr(hub.Hub, "hear", lambda *args, **kwargs: None)
    await sync_to_async(renew)(stage, "ana")
    settings.ROOM_RECHECK_SECONDS = 0
    assert await ana.closed() == 4003
    assert (await beto.do("history", cid=None, st="room", since=0))["ok"]["more"] is False


def _register(cast: Cast, who: str) -> None:
    factories.enrolment(session=cast.session, person=cast.people[who])
