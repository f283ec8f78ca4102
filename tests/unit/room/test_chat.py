"""Chat: posting, hiding, and what is refused."""

from typing import Any
from uuid import uuid4

import pytest

from livesessions.room.actions import chat, moderation, rooms, safety
from livesessions.room.actions.turns import Turn
from livesessions.room.models import ChatMessage, JournalEntry
from tests.room_cast import Cast, assemble


def test_a_message_is_an_entry_with_its_author_and_cid(cast: Cast) -> None:
    cid = uuid4()
    written = cast.do(chat.post, "attendee", text="  ¡Hola!  ", cid=cid)
    entry = cast.last()
    assert entry == {
        "st": "room",
        "seq": 1,
        "kind": "chat.posted",
        "at": "2026-11-22T15:00:01.000Z",
        "by": {"id": cast.id("attendee"), "name": "attendee", "role": "attendee"},
        "cid": str(cid),
        "d": {"id": written.extra["message"], "text": "¡Hola!"},
    }
    assert written.as_ok() == {"st": "room", "seq": 1, "at": entry["at"], "message": entry["d"]["id"]}
    assert ChatMessage.objects.get().seq == 1


def test_posting_costs_three_queries(cast: Cast, django_assert_num_queries: Any) -> None:
    room, member = rooms.for_session(cast.room.public_id), cast.member("attendee")
    assert room
    with django_assert_num_queries(3):
        chat.post(Turn(room, member, cast.at), text="hello")


@pytest.mark.parametrize(
    ("text", "code"), [(" \n", "chat.empty"), ("x" * 4001, "chat.too_long"), ("\0a", "text.invalid")]
)
def test_bad_texts(cast: Cast, refused: Any, text: str, code: str) -> None:
    assert refused(cast.do, chat.post, "attendee", text=text) == code
    assert cast.entries() == []


def test_the_longest_text_passes(cast: Cast) -> None:
    cast.do(chat.post, "attendee", text="x" * 4000)
    assert len(cast.last()["d"]["text"]) == 4000


@pytest.mark.parametrize(("stage", "code"), [("scheduled", "stage.not_open"), ("ended", "stage.ended")])
def test_before_and_after(db: None, refused: Any, stage: str, code: str) -> None:
    assert refused(assemble(stage).do, chat.post, "attendee", text="hello") == code


@pytest.mark.parametrize("stage", ["open", "live", "hold"])
def test_when_one_may_write(db: None, stage: str) -> None:
    assert assemble(stage).do(chat.post, "attendee", text="hello").seq == 1


def test_not_while_stopped_muted_or_banned(cast: Cast, refused: Any) -> None:
    cast.do(safety.stop, "advocate")
    assert refused(cast.do, chat.post, "attendee", text="hello") == "stage.stopped"
    cast.do(safety.clear, "advocate")
    cast.do(moderation.mute, "moderator", person=cast.id("attendee"), muted=True)
    assert refused(cast.do, chat.post, "attendee", text="hello") == "person.muted"
    cast.do(moderation.ban, "moderator", person=cast.id("attendee"), banned=True)
    assert refused(cast.do, chat.post, "attendee", text="hello") == "forbidden"


def test_a_hidden_message_is_never_sent_again_and_stays_in_the_record(cast: Cast) -> None:
    message = cast.do(chat.post, "attendee", text="nasty").extra["message"]
    cast.do(chat.hide, "moderator", message=message, reason="insult")
    assert not JournalEntry.objects.filter(wire__contains="nasty").exists()
    assert cast.last()["d"] == {"id": message, "seq": 1}
    row = ChatMessage.objects.get()
    assert (row.text, row.hidden_reason, row.hidden_by) == ("nasty", "insult", cast.people["moderator"])


def test_hiding_twice_is_hiding_once(cast: Cast) -> None:
    message = cast.do(chat.post, "attendee", text="nasty").extra["message"]
    cast.do(chat.hide, "moderator", message=message)
    again = cast.do(chat.hide, "coordinator", message=message)
    assert again.seq == 2 and len(cast.entries()) == 2


def test_who_may_hide_what(cast: Cast, refused: Any) -> None:
    message = cast.do(chat.post, "attendee", text="hello").extra["message"]
    elsewhere = assemble().do(chat.post, "attendee", text="hello").extra["message"]
    for outsider in ("attendee", "mentor", "surgeon", "advocate"):
        assert refused(cast.do, chat.hide, outsider, message=message) == "forbidden"
    for unknown in (elsewhere, "nothing"):
        assert refused(cast.do, chat.hide, "moderator", message=unknown) == "message.unknown"
    assert refused(cast.do, chat.hide, "moderator", message=message, reason="x" * 201) == "reason.too_long"
