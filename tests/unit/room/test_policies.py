"""Policies: the declared table, what it refuses to whom, and its page in docs."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from livesessions.realtime import handlers  # noqa: F401  (registers the commands)
from livesessions.realtime.commands import COMMANDS
from livesessions.room import policies
from livesessions.room.messages import SENTENCES
from livesessions.room.rules.members import Member

DOCS = Path(settings.BASE_DIR) / "docs"


def member(role: str, pk: int = 1, **fields: bool) -> Member:
    return replace(Member(pk, f"id{pk}", "Ana", role, "remote"), **fields)


def test_the_page_shows_the_table() -> None:
    assert policies.commands_table() in (DOCS / "permissions.md").read_text()


def test_every_command_has_a_row_and_a_handler() -> None:
    assert set(policies.ROLE_COMMANDS) - {"hello", "beat", "history"} == set(COMMANDS)


def test_the_protocol_names_every_command_and_code() -> None:
    page = (DOCS / "protocol.md").read_text()
    commands, codes = page.split("## Commands")[1].split("## Kinds")[0], page.split("## Error codes")[1]
    rows = {name for row in re.findall(r"^\| ([^|]+) \|", commands, re.M) for name in row.strip().split(", ")}
    assert rows - {"command"} == set(policies.ROLE_COMMANDS)
    documented = set(re.findall(r"^\| ([a-z_.]+) \|", codes, re.M)) - {"code"}
    of_pages = {code for code in SENTENCES if code.split(".")[0] in {"check_in", "roll_call", "adjustment", "note"}}
    assert set(SENTENCES) - of_pages <= documented


@pytest.mark.parametrize("do", policies.ROLE_COMMANDS)
@pytest.mark.parametrize("role", policies.ROLES)
def test_roles(role: str, do: str) -> None:
    assert policies.may(member(role), do) == (role in policies.ROLE_COMMANDS[do])
    assert policies.refusal(member(role, is_banned=True), do) == "forbidden"


def test_strangers_and_unknown_commands() -> None:
    assert policies.can(member("passer-by")) == []
    assert not policies.may(member("coordinator"), "room.burn")


def test_an_attendee_may_take_part_and_no_more() -> None:
    assert policies.can(member("attendee")) == [
        "hello",
        "beat",
        "history",
        "chat.post",
        "question.ask",
        "question.withdraw",
        "question.vote",
        "question.unvote",
        "hand.raise",
        "hand.lower",
        "poll.vote",
    ]


def test_a_muted_person_may_still_vote_and_raise_a_hand() -> None:
    muted = member("attendee", is_muted=True)
    assert policies.refusal(muted, "chat.post") == policies.refusal(muted, "question.ask") == "person.muted"
    assert policies.may(muted, "question.vote") and policies.may(muted, "hand.raise")
    assert policies.refusal(muted, "chat.hide") == "forbidden"


def test_the_advocate_stops_and_does_not_answer() -> None:
    assert policies.may(member("advocate"), "safety.stop") and not policies.may(member("advocate"), "question.take")


@pytest.mark.parametrize("role", ["advocate", "surgeon", "coordinator"])
def test_nobody_restricts_those_who_can_stop(role: str) -> None:
    assert not policies.may_restrict(member("moderator", 1), member(role, 2))


def test_nobody_restricts_themselves() -> None:
    assert not policies.may_restrict(member("moderator", 1), member("moderator", 1))
    assert policies.may_restrict(member("moderator", 1), member("attendee", 2))


def test_hands_and_questions_of_others() -> None:
    assert policies.may_lower(member("attendee", 1), "id1") and not policies.may_lower(member("attendee", 1), "id2")
    assert policies.may_lower(member("advocate", 1), "id2")
    assert policies.may_withdraw(member("attendee", 1), 1) and not policies.may_withdraw(member("moderator", 1), 2)


def test_the_desk_is_for_staff() -> None:
    assert [role for role in policies.ROLES if policies.may_hear_desk(member(role))] == [
        "mentor",
        "moderator",
        "advocate",
        "surgeon",
        "coordinator",
    ]
    assert not policies.may_hear_desk(member("mentor", is_banned=True))
    assert not policies.may_enter(member("attendee", is_banned=True))
