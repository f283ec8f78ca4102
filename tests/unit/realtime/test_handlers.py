"""Every command from its fields on the wire to its entry, with its cid."""

from typing import Any
from uuid import uuid4

import msgspec
import pytest

from livesessions.realtime.commands import COMMANDS
from livesessions.room.actions.turns import Turn
from tests.room_cast import assemble

# Command, who gives it, its fields ($name stands for a person's id, #kind for the latest id of that kind), its entry.
SCRIPT: list[tuple[str, str, dict[str, Any], str | None]] = [
    ("stage.open", "moderator", {}, "stage.changed"),
    ("stage.go_live", "surgeon", {}, "stage.changed"),
    ("chat.post", "attendee", {"text": "hello"}, "chat.posted"),
    ("chat.hide", "moderator", {"message": "#message", "reason": "noise"}, "chat.hidden"),
    ("question.ask", "attendee", {"text": "how?"}, "question.asked"),
    ("question.withdraw", "attendee", {"question": "#question"}, "question.withdrawn"),
    ("question.ask", "attendee", {"text": "when?"}, "question.asked"),
    ("question.dismiss", "moderator", {"question": "#question", "reason": "later"}, "question.dismissed"),
    ("question.approve", "moderator", {"question": "#question"}, "question.approved"),
    ("question.vote", "other", {"question": "#question"}, None),
    ("question.unvote", "other", {"question": "#question"}, None),
    ("question.assign", "moderator", {"question": "#question", "person": "$mentor"}, "question.assigned"),
    ("question.pin", "moderator", {"question": "#question", "pinned": True}, "question.pinned"),
    ("question.take", "mentor", {"question": "#question"}, "question.taken"),
    ("question.ask", "other", {"text": "when then?"}, "question.asked"),
    ("question.merge", "moderator", {"question": "#question", "into": "#before"}, "question.merged"),
    ("question.answer", "mentor", {"question": "#before", "mode": "text", "text": "Now."}, "question.answered"),
    ("hand.raise", "trainee", {}, None),
    ("hand.lower", "mentor", {"person": "$trainee"}, None),
    ("poll.open", "moderator", {"text": "which?", "options": ["a", "b"]}, "poll.opened"),
    ("poll.vote", "other", {"poll": "#poll", "option": 1}, None),
    ("poll.close", "moderator", {"poll": "#poll"}, "poll.closed"),
    ("person.mute", "moderator", {"person": "$other", "muted": True}, "person.muted"),
    ("person.ban", "moderator", {"person": "$other", "banned": True, "reason": "insults"}, "person.banned"),
    ("safety.stop", "advocate", {"reason": "bleeding"}, "safety.stopped"),
    ("safety.clear", "advocate", {}, "safety.cleared"),
    ("stage.hold", "advocate", {}, "stage.changed"),
    ("stage.resume", "surgeon", {}, "stage.changed"),
    ("stage.end", "moderator", {}, "stage.changed"),
]


def test_the_script_has_every_command() -> None:
    assert {do for do, *_ in SCRIPT} == set(COMMANDS)


def test_every_command_does_what_it_says(db: None) -> None:
    cast, ids = assemble("scheduled"), {}

    def filled(value: Any) -> Any:
        if isinstance(value, str) and value[:1] == "$":
            return cast.id(value[1:])
        return ids[value] if isinstance(value, str) and value[:1] == "#" else value

    for do, name, fields, kind in SCRIPT:
        count, cid = len(cast.entries()), uuid4()
        turn = Turn(room=cast.room, member=cast.member(name), at=cast.at, cid=cid)
        wire = {"id": 1, "do": do, "cid": str(cid), "unheard_of": 1} | {k: filled(v) for k, v in fields.items()}
        written = COMMANDS[do].handler(turn, msgspec.convert(wire, COMMANDS[do].fields))
        if "question" in written.extra and "#question" in ids:
            ids["#before"] = ids["#question"]
        ids |= {f"#{noun}": public_id for noun, public_id in written.extra.items()}
        assert len(cast.entries()) == count + (1 if kind else 0), do
        if kind:
            last = cast.last()
            assert (last["kind"], last["cid"], last["by"]["id"]) == (kind, str(cid), cast.id(name))
            assert (written.stream, written.seq) == (last["st"], last["seq"])


@pytest.mark.parametrize(
    ("do", "fields"),
    [
        ("chat.post", {}),
        ("chat.post", {"text": 7}),
        ("question.pin", {"question": "x", "pinned": "yes"}),
        ("poll.open", {"text": "which?", "options": "ab"}),
        ("poll.vote", {"poll": "x", "option": 1.5}),
        ("person.ban", {"person": "x"}),
        ("question.assign", {"question": "x"}),
        ("question.vote", {"question": "\0"}),
        ("chat.hide", {"message": "\ud800"}),
        ("hand.lower", {"person": "x" * 65}),
        ("poll.close", {"poll": ""}),
    ],
)
def test_fields_of_the_wrong_shape(do: str, fields: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(fields, COMMANDS[do].fields)


def test_limits_are_those_of_the_protocol() -> None:
    limits = {do: command.limit for do, command in COMMANDS.items() if command.limit}
    assert limits == {
        "chat.post": "chat",
        "question.ask": "question",
        "question.vote": "vote",
        "question.unvote": "vote",
        "poll.vote": "vote",
    }
