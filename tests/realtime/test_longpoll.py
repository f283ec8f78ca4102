"""The same frames over plain HTTP."""

import asyncio
import json
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from channels.testing import HttpCommunicator
from django.conf import settings
from django.test import Client

from config.asgi import application
from livesessions.attendance.models import PresenceSpan
from livesessions.realtime import hub, limits, longpoll
from livesessions.room.models import DeviceSeat, Hand
from livesessions.room.rules.limits import Limit
from tests.realtime import peers
from tests.realtime.conftest import Cast
from tests.realtime.test_links import browser_signed_in

pytestmark = pytest.mark.django_db(transaction=True)


async def _get(cast: Cast, who: str, **query: Any) -> tuple[int, dict[str, Any]]:
    ticket = await sync_to_async(cast.ticket)(who)
    path = f"/live/{cast.room}/events/?" + urlencode({"ticket": ticket, "device": who, **query})
    return await peers.request("GET", path)


async def _post(cast: Cast, who: str, body: Any, origin: bytes = b"http://testserver") -> tuple[int, dict[str, Any]]:
    ticket = await sync_to_async(cast.ticket)(who)
    path = f"/live/{cast.room}/commands/?" + urlencode({"ticket": ticket})
    return await peers.request("POST", path, body if isinstance(body, bytes) else json.dumps(body).encode(), origin)


def _entries(body: dict[str, Any]) -> list[dict[str, Any]]:
    return [entry for frame in body["frames"] for entry in frame.get("ev", [])]


async def test_the_first_poll_is_the_snapshot_and_the_next_waits_for_news(stage: Cast) -> None:
    status, body = await _get(stage, "ana")
    assert status == 200
    ok = body["frames"][0]["ok"]
    assert ok["mode"] == "snapshot"
    beto = await stage.enter("beto")
    await beto.do("chat.post", text="hi")
    status, body = await _get(stage, "ana", epoch=ok["epoch"], since="room:0", wait="20")
    assert [entry["d"]["text"] for entry in _entries(body)] == ["hi"]
    status, body = await _get(stage, "ana", epoch=ok["epoch"], since="1", wait="0.05")
    assert (status, _entries(body)) == (200, [])


async def test_commands_are_answered_in_order_and_once(stage: Cast) -> None:
    cid = str(uuid4())
    frames = [
        {"id": 1, "do": "chat.post", "cid": cid, "text": "hi"},
        {"do": "beat", "seen": {"room": 0}},
        {"id": 2, "do": "chat.post", "cid": cid, "text": "hi"},
        {"id": 3, "do": "no.such"},
    ]
    status, body = await _post(stage, "ana", {"frames": frames})
    assert status == 200
    first, second, third = body["frames"]
    assert (first["re"], second["re"], third["re"]) == (1, 2, 3)
    assert first["ok"] == second["ok"]
    assert third["err"]["code"] == "unknown_command"
    status, body = await _get(stage, "ana")
    assert len(body["frames"][0]["ok"]["snapshot"]["chat"]) == 1


async def test_polls_that_follow_closely_are_one_stay(stage: Cast) -> None:
    for _ in range(3):
        await _get(stage, "ana", wait="0")
    await hub.hub().presence.flush()
    span = await PresenceSpan.objects.aget()
    assert (span.source, span.ended_at) == ("poll", None)


async def test_ones_own_state_never_goes_back(stage: Cast) -> None:
    ana = stage.people["ana"].public_id
    ok = (await _get(stage, "ana"))[1]["frames"][0]["ok"]
    waiting = asyncio.create_task(_get(stage, "ana", epoch=ok["epoch"], since="0", wait="20"))
    while ana not in hub.hub().rooms[stage.room].by_person:
        await asyncio.sleep(0)
    await _post(stage, "ana", {"id": 1, "do": "hand.raise", "cid": str(uuid4())})
    polls = [await waiting, await _get(stage, "ana", epoch=ok["epoch"], since="0", wait="0")]
    own = [frame["eph"] for _, body in polls for frame in body["frames"] if "me" in frame.get("eph", {})]
    hands = [eph["me"]["hand"] for eph in own]
    assert hands == sorted(hands)
    assert hands[-1] is True
    assert all(eph["can"] == ok["can"] for eph in own)


async def test_a_poll_on_another_device_takes_the_seat(stage: Cast) -> None:
    ana = await stage.enter("ana", device="phone")
    await _get(stage, "ana", wait="0")
    assert await ana.closed() == 4508


@pytest.mark.parametrize("body", [b"{", b"7", b'{"frames": 7}', b'{"frames": [7]}', b'{"frames": [{}]}', b"[" * 9999])
async def test_what_is_no_frame(stage: Cast, body: bytes) -> None:
    assert await _post(stage, "ana", body) == (400, {"close": 4500})


async def test_outsiders(stage: Cast) -> None:
    assert await peers.request("GET", f"/live/{stage.room}/events/") == (401, {"close": 4501})
    assert await peers.request("GET", f"/live/{stage.room}/events/?ticket=forged") == (403, {"close": 4503})
    assert await peers.request("POST", f"/live/{stage.room}/commands/", b"{}") == (401, {"close": 4501})
    frame = {"id": 1, "do": "chat.post", "cid": str(uuid4()), "text": "hi"}
    assert await _post(stage, "ana", frame, origin=b"https://evil.example") == (403, {"close": 4503})


SITE = b"sec-fetch-site"
REFUSED = (403, {"close": 4503})


async def _by_cookie(cast: Cast, browser: Client, method: str, *headers: tuple[bytes, bytes]) -> tuple[int, Any]:
    """As a browser does that follows a link, or loads what another page names."""
    key = browser.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = (b"cookie", f"{settings.SESSION_COOKIE_NAME}={key}".encode())
    name = "events" if method == "GET" else "commands"
    frame = json.dumps({"id": 1, "do": "hand.raise", "cid": str(uuid4())}).encode()
    path = f"/live/{cast.room}/{name}/?device=theirs&wait=0"
    http = HttpCommunicator(application, method, path, body=frame, headers=[cookie, *headers])
    answer = await http.get_response(timeout=10)
    return answer["status"], json.loads(answer["body"])


async def test_another_sites_page_takes_nobodys_seat_and_counts_for_nobody(stage: Cast) -> None:
    ana = await stage.enter("ana", device="phone")
    browser = await sync_to_async(browser_signed_in)(stage, "ana")
    for method in ("GET", "POST"):
        assert await _by_cookie(stage, browser, method) == REFUSED, "an old browser that follows a link"
        for site in (b"cross-site", b"same-site", b"none"):
            assert await _by_cookie(stage, browser, method, (SITE, site)) == REFUSED
            assert await _by_cookie(stage, browser, method, (SITE, site), (b"x-csrftoken", b"x")) == REFUSED
        assert await _by_cookie(stage, browser, method, (b"origin", b"https://evil.example")) == REFUSED
    await hub.hub().presence.flush()
    assert await PresenceSpan.objects.filter(source="poll").acount() == 0
    assert (await DeviceSeat.objects.aget()).device == "phone"
    assert not await Hand.objects.aexists()
    assert "ok" in await ana.do("chat.post", text="still on my phone")
    for own in ((SITE, b"same-origin"), (b"x-requested-with", b"script")):
        assert (await _by_cookie(stage, browser, "POST", own))[0] == 200
    assert (await _by_cookie(stage, browser, "GET", (SITE, b"same-origin")))[0] == 200
    assert await ana.closed() == 4508


async def test_the_wrong_method(stage: Cast) -> None:
    status, _ = await peers.request("POST", f"/live/{stage.room}/events/")
    assert status == 405


@pytest.mark.parametrize("wait", ["nan", "-nan", "inf", "-1", "1e999", "x", "\x00"])
def test_only_numbers_are_waited_for(wait: str) -> None:
    assert 0 <= longpoll._seconds(wait) <= 30


@pytest.mark.parametrize(
    "since",
    ["{" * 5000, '{"a":' * 5000, "9" * 5000, "room:" + "9" * 400, "room:nan", '{"room": 1e400}', "\x00", ":,:,"],
)
async def test_a_place_nobody_can_be_at_is_no_fault(stage: Cast, since: str) -> None:
    status, _ = await _get(stage, "ana", since=since, wait="nan", epoch="\x00", device="\x00")
    assert status in {200, 400}


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b"[" * 900 + b"]" * 900,
        b'{"frames": [' + b'{"a":' * 700 + b"1" + b"}" * 700 + b"]}",
        b'{"frames": ["\\ud800"]}',
        b'{"frames": [{"id": 1, "do": "chat.post", "cid": "\\ud800", "text": "\\u0000"}]}',
        b'{"frames": [{"id": 1e400, "do": "\\u0000"}]}',
        b"\xff\xfe",
        b"9" * 5000,
    ],
)
async def test_commands_that_no_script_sends_are_refused(stage: Cast, body: bytes) -> None:
    status, answer = await _post(stage, "ana", body)
    assert status in {200, 400}
    assert all("err" in frame for frame in answer.get("frames", []))


async def test_the_oldest_of_too_many_polls_is_answered(stage: Cast, settings: Any) -> None:
    settings.ROOM_MAX_POLLS = 2
    ok = (await _get(stage, "ana"))[1]["frames"][0]["ok"]
    room = hub.hub().rooms[stage.room]
    waiting: list[asyncio.Task[tuple[int, dict[str, Any]]]] = []
    for number in range(3):
        again = _get(stage, "ana", epoch=ok["epoch"], since="0", wait="30")
        waiting.append(asyncio.create_task(again))
        while len(room.polls.get(stage.people["ana"].public_id, [])) < min(number + 1, 2) and not waiting[0].done():
            await asyncio.sleep(0)
    assert (await waiting[0])[0] == 200
    assert not waiting[2].done()
    for poll in list(room.polls[stage.people["ana"].public_id]):
        poll.end()
    assert [status for status, _ in await asyncio.gather(*waiting)] == [200] * 3
    assert room.polls == {}


async def test_who_asks_without_waiting_is_told_to_stop(stage: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_POLL", Limit(rate=0.001, burst=3))
    answers = [await _get(stage, "ana", wait="0") for _ in range(4)]
    assert [status for status, _ in answers] == [200, 200, 200, 429]
    assert answers[-1][1] == {"close": 4007}
    assert (await _get(stage, "beto", wait="0"))[0] == 200, "others are not"
