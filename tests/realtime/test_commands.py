"""Commands over a socket: answered after the commit, once and only once, each to who may hear of it."""

import json
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async

from livesessions.realtime.room_hub import RoomHub
from livesessions.room.models import ChatMessage, JournalEntry, Question, Receipt
from tests.realtime.conftest import Cast

pytestmark = pytest.mark.django_db(transaction=True)


async def test_a_message_reaches_everybody_its_author_too(stage: Cast) -> None:
    ana, beto = await stage.enter("ana"), await stage.enter("beto")
    cid = str(uuid4())
    reply = await ana.do("chat.post", cid=cid, text="Which mesh?")
    assert reply["ok"].keys() >= {"st", "seq", "at"}
    assert (reply["ok"]["st"], reply["ok"]["seq"]) == ("room", 1)
    for peer in (ana, beto):
        entry = await peer.entry("chat.posted")
        assert entry["d"]["text"] == "Which mesh?"
        assert entry["by"]["name"] == "Ana"
        assert (entry["cid"], entry["seq"], entry["at"]) == (cid, 1, reply["ok"]["at"])


async def test_it_is_in_the_journal_when_it_is_answered(stage: Cast) -> None:
    ana = await stage.enter("ana")
    await ana.do("chat.post", text="hi")
    assert await JournalEntry.objects.filter(room__public_id=stage.room, kind="chat.posted").acount() == 1


async def test_the_same_cid_again_is_the_first_answer(stage: Cast) -> None:
    ana = await stage.enter("ana")
    cid = str(uuid4())
    first = await ana.do("chat.post", cid=cid, text="hi")
    again = await ana.do("chat.post", cid=cid, text="hi")
    assert again["ok"] == first["ok"]
    assert await ChatMessage.objects.acount() == 1


async def test_the_same_cid_with_another_payload_is_a_conflict(stage: Cast) -> None:
    ana = await stage.enter("ana")
    cid = str(uuid4())
    await ana.do("chat.post", cid=cid, text="hi")
    for other in ({"do": "chat.post", "text": "ho"}, {"do": "question.ask", "text": "hi"}):
        reply = await ana.do(other.pop("do"), cid=cid, **other)
        assert reply["err"]["code"] == "cid.conflict"
    assert await ChatMessage.objects.acount() == 1


async def test_two_people_may_use_one_cid(stage: Cast) -> None:
    cid = str(uuid4())
    for who in ("ana", "beto"):
        peer = await stage.enter(who)
        assert "ok" in await peer.do("chat.post", cid=cid, text=who)
    assert await Receipt.objects.filter(cid=cid).acount() == 2


async def test_a_question_is_the_desks_alone_until_it_is_approved(stage: Cast) -> None:
    ana, beto, moderator = await stage.enter("ana"), await stage.enter("beto"), await stage.enter("moderator")
    question = (await ana.do("question.ask", text="How deep?"))["ok"]["question"]
    entry = await moderator.entry("question.asked")
    assert (entry["st"], entry["d"]["id"], entry["d"]["status"]) == ("desk", question, "pending")
    me = await ana.ephemeral("me")
    assert [(q["id"], q["status"]) for q in me["questions"]] == [(question, "pending")]
    await moderator.do("question.approve", question=question)
    approved = await beto.entry("question.approved")
    assert (approved["st"], approved["d"]["asker"]["region"]) == ("room", "PE-LOR")
    assert "desk" not in json.dumps(beto.heard)
    assert not any(e["kind"] == "question.asked" for f in beto.heard for e in f.get("ev", []))


async def test_votes_are_counted_once_and_told_as_sums(stage: Cast) -> None:
    ana, beto, moderator = await stage.enter("ana"), await stage.enter("beto"), await stage.enter("moderator")
    question = (await ana.do("question.ask", text="How deep?"))["ok"]["question"]
    await moderator.do("question.approve", question=question)
    await beto.do("question.vote", question=question)
    await beto.do("question.vote", question=question)
    await ana.ephemeral("tallies", {question: 1})
    assert await Question.objects.filter(votes__isnull=False).acount() == 1


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ({"do": "no.such"}, "unknown_command"),
        ({"do": "question.approve", "question": "x"}, "forbidden"),
        ({"do": "stage.end"}, "forbidden"),
        ({"do": "chat.post", "text": 7}, "bad_fields"),
        ({"do": "chat.post"}, "bad_fields"),
        ({"do": "chat.post", "text": "  "}, "chat.empty"),
        ({"do": "chat.post", "text": "x" * 4001}, "chat.too_long"),
        ({"do": "chat.post", "text": "a\x00b"}, "text.invalid"),
        ({"do": "question.vote", "question": "x"}, "question.unknown"),
        ({"do": "history", "st": "desk", "since": 0}, "forbidden"),
        ({"do": "history", "st": "attic", "since": 0}, "forbidden"),
        ({"do": "hello"}, "hello.twice"),
    ],
)
async def test_refused_commands_have_a_stable_code(stage: Cast, frame: dict[str, Any], code: str) -> None:
    ana = await stage.enter("ana")
    reply = await ana.do(frame["do"], **{k: v for k, v in frame.items() if k != "do"})
    assert reply["err"]["code"] == code
    assert await sync_to_async(JournalEntry.objects.count)() == 0


async def test_a_write_needs_a_cid(stage: Cast) -> None:
    ana = await stage.enter("ana")
    assert (await ana.do("chat.post", cid=None, text="hi"))["err"]["code"] == "cid.missing"


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        "7",
        '"hello"',
        "{}",
        '{"do": 7}',
        '{"do": "chat.post", "id": "seven"}',
        '{"do": "chat.post", "cid": "not-a-uuid", "id": 1}',
        '{"do":"chat.post","text":"hi"}',
        '{"id":1,"do":"chat.post","text":"' + "x" * 17_000 + '"}',
        '{"id":1,"do":"chat.post","text":' + "[" * 9 + "]" * 9 + "}",
        "[" * 5000,
    ],
)
async def test_what_is_no_frame_ends_the_connection(stage: Cast, text: str) -> None:
    ana = await stage.enter("ana")
    await ana.socket.send_to(text_data=text)
    assert await ana.closed() == 4500


async def test_bytes_are_no_frame(stage: Cast) -> None:
    ana = await stage.enter("ana")
    await ana.socket.send_to(bytes_data=b"{}")
    assert await ana.closed() == 4500


async def test_haste_is_told_to_wait_and_a_flood_is_closed(stage: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RoomHub, "now", staticmethod(lambda: 1000.0))  # no token flows in
    ana = await stage.enter("ana")
    replies = [await ana.do("chat.post", text=str(n)) for n in range(11)]
    assert ["ok" in r for r in replies] == [True] * 10 + [False]
    assert replies[-1]["err"]["code"] == "rate.limited"
    assert 0 < replies[-1]["err"]["after_ms"] <= 2001
    for n in range(49 + 200 + 1):
        await ana.send({"id": 1000 + n, "do": "no.such"})
    assert await ana.closed() == 4007
    codes = [frame["err"]["code"] for frame in ana.heard if frame.get("re", 0) >= 1000]
    assert codes == ["unknown_command"] * 49 + ["rate.limited"] * 200


async def test_history_fills_a_hole(stage: Cast) -> None:
    ana = await stage.enter("ana")
    for n in range(3):
        await ana.do("chat.post", text=str(n))
    ok = (await ana.do("history", cid=None, st="room", since=1))["ok"]
    assert [entry["seq"] for entry in ok["entries"]] == [2, 3]
    assert ok["more"] is False


async def test_history_is_cut_by_bytes_and_says_so(stage: Cast) -> None:
    texts = iter("abcdefghijklmnopqrstuvwxyz")
    for who in ("ana", "beto", "trainee"):
        peer = await stage.enter(who)
        for _ in range(8):
            assert "ok" in await peer.do("chat.post", text=next(texts) * 4000)
    ok = (await peer.do("history", cid=None, st="room", since=0))["ok"]
    assert ok["more"] is True
    assert len(json.dumps(ok["entries"])) < 70_000
    rest = (await peer.do("history", cid=None, st="room", since=ok["entries"][-1]["seq"]))["ok"]
    assert [e["seq"] for e in ok["entries"] + rest["entries"]] == list(range(1, 25))
    assert rest["more"] is False


async def test_what_was_hidden_is_never_sent_again(stage: Cast) -> None:
    ana, moderator = await stage.enter("ana"), await stage.enter("moderator")
    epoch = ana.heard[0]["ok"]["epoch"]
    message = (await ana.do("chat.post", text="the patient's name"))["ok"]["message"]
    await moderator.do("chat.hide", message=message)
    await ana.entry("chat.hidden")
    for since in ({"room": 0}, {}):  # a replay, then a snapshot
        late = await stage.connect("beto")
        await late.hello(epoch=epoch, since=since)
        history = await late.do("history", cid=None, st="room", since=0)
        assert [e["d"].get("hidden") for e in history["ok"]["entries"]] == [True, None]
        assert "the patient's name" not in json.dumps(late.heard)


@pytest.mark.parametrize("device", ["a\x00b", "x" * 65, 7])
async def test_a_device_is_a_short_printable_word(stage: Cast, device: Any) -> None:
    ana = await stage.connect("ana")
    assert (await ana.do("hello", cid=None, device=device))["err"]["code"] == "bad_fields"
    assert (await ana.hello())["mode"] == "snapshot"


async def test_the_desk_hears_of_a_question_before_the_room_does(stage: Cast) -> None:
    ana, moderator = await stage.enter("ana"), await stage.enter("moderator")
    epoch = ana.heard[0]["ok"]["epoch"]
    question = (await ana.do("question.ask", text="How deep?"))["ok"]["question"]
    await moderator.do("question.approve", question=question)
    late = await stage.connect("mentor")
    await late.hello(epoch=epoch, since={"room": 0, "desk": 0})
    await late.entry("question.approved")
    assert [e["kind"] for f in late.heard for e in f.get("ev", [])] == ["question.asked", "question.approved"]


async def test_a_ban_shows_the_person_out_and_keeps_them_out(stage: Cast) -> None:
    ana, moderator = await stage.enter("ana"), await stage.enter("moderator")
    await moderator.do("person.ban", person=stage.people["ana"].public_id, banned=True, reason="selling")
    assert await ana.closed() == 4503
    again = await stage.connect("ana")
    await again.send({"id": 1, "do": "hello", "device": "d"})
    assert await again.closed() == 4503


async def test_a_mute_is_felt_at_once(stage: Cast) -> None:
    ana, moderator = await stage.enter("ana"), await stage.enter("moderator")
    await moderator.do("person.mute", person=stage.people["ana"].public_id, muted=True)
    while not (await ana.ephemeral("me"))["muted"]:
        ana.heard.clear()
    assert (await ana.do("chat.post", text="hi"))["err"]["code"] == "person.muted"


async def test_the_stop_reaches_everybody_and_silences_the_chat(stage: Cast) -> None:
    ana, advocate = await stage.enter("ana"), await stage.enter("advocate")
    await advocate.do("safety.stop", reason="identity")
    assert (await ana.entry("safety.stopped"))["by"]["role"] == "advocate"
    assert (await ana.do("chat.post", text="hi"))["err"]["code"] == "stage.stopped"


async def test_the_end_is_read_and_then_the_room_is_over(stage: Cast) -> None:
    ana, moderator = await stage.enter("ana"), await stage.enter("moderator")
    await moderator.do("stage.end")
    assert (await ana.entry("stage.changed"))["d"]["stage"] == "ended"
    assert await ana.closed() == 4506


async def test_a_flood_of_beats_ends_the_connection(stage: Cast, settings: Any) -> None:
    settings.ROOM_BEATS_PER_SECOND = 0.1
    ana = await stage.enter("ana")
    for _ in range(5):
        await ana.send({"do": "beat", "seen": {"room": 0}})
    assert await ana.closed() == 4007
