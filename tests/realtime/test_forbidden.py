"""Every command a role may not give is refused by the room itself, and leaves nothing behind."""

from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.apps import apps

from livesessions.room.models import JournalEntry, Room
from livesessions.room.policies import ROLE_COMMANDS, ROLES
from tests.realtime.conftest import Cast

pytestmark = pytest.mark.django_db(transaction=True)

# Who comes and goes is written down whatever they do in between.
PRESENCE = {"PresenceSpan"}


def person_of(role: str) -> str:
    return "ana" if role == "attendee" else role


def fields(cast: Cast, question: str, message: str, poll: str) -> dict[str, dict[str, Any]]:
    """What makes each refusable command complete: nothing but the role is wrong with it."""
    beto, of_question = {"person": cast.people["beto"].public_id}, {"question": question}
    return {
        "chat.hide": {"message": message},
        "question.approve": of_question,
        "question.dismiss": {**of_question, "reason": "off topic"},
        "question.merge": {**of_question, "into": question},
        "question.assign": {**of_question, "person": cast.people["mentor"].public_id},
        "question.pin": {**of_question, "pinned": True},
        "question.take": of_question,
        "question.answer": {**of_question, "mode": "aloud"},
        "poll.open": {"text": "Which?", "options": ["a", "b"]},
        "poll.close": {"poll": poll},
        "person.mute": {**beto, "muted": True},
        "person.ban": {**beto, "banned": True},
        **{f"stage.{verb}": {} for verb in ("open", "go_live", "hold", "resume", "end")},
        "safety.stop": {"reason": "identity"},
        "safety.clear": {},
    }


def rows() -> dict[str, list[dict[str, Any]]]:
    """Everything the room has written so far."""
    models = [model for room in ("room", "attendance") for model in apps.get_app_config(room).get_models()]
    durable = [model for model in models if model.__name__ not in PRESENCE]
    assert {JournalEntry, Room} <= set(durable)
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in durable}


@pytest.mark.parametrize("role", ROLES)
async def test_a_role_is_refused_what_is_not_in_its_row(stage: Cast, role: str) -> None:
    beto, moderator = await stage.enter("beto"), await stage.enter("moderator")
    message = (await beto.do("chat.post", text="hi"))["ok"]["message"]
    question = (await beto.do("question.ask", text="How deep?"))["ok"]["question"]
    poll = (await moderator.do("poll.open", text="Which?", options=["a", "b"]))["ok"]["poll"]
    complete = fields(stage, question, message, poll)
    assert set(complete) == {do for do, roles in ROLE_COMMANDS.items() if roles != set(ROLES)}
    refused = [do for do, roles in ROLE_COMMANDS.items() if role not in roles]
    peer = await stage.enter(person_of(role))
    before = await sync_to_async(rows)()
    answers = {do: await peer.do(do, **complete[do]) for do in refused}
    assert [do for do, answer in answers.items() if answer.get("err", {}).get("code") != "forbidden"] == []
    assert await sync_to_async(rows)() == before
