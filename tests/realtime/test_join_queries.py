"""What a batch of hellos costs the database: the same few statements for one person and for thirty, one snapshot."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Person
from courses.programme.models import TeamRole
from livesessions.realtime import joins, welcome
from livesessions.realtime.identity import Refused
from livesessions.realtime.joins import Join, Joined
from livesessions.realtime.protocol import Close
from livesessions.room.models import DeviceSeat, Room, Stage
from shared.clock import now
from tests import factories
from tests.realtime.conftest import Cast

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = (1, 3, 30)
READS = 8  # the room, the people, five for their own states, the seats
TRANSACTION = 2


@pytest.fixture
def room() -> Room:
    return factories.room(stage=Stage.LIVE, live_at=now())


def attendees(room: Room, count: int) -> list[Person]:
    people = [factories.person(full_name=f"Person {n}") for n in range(count)]
    for person in people:
        factories.enrolment(session=room.session, person=person, full_name=person.full_name)
    return people


def batch(room: Room, people: list[Person], device: str = "phone") -> list[Join]:
    return [Join(room.pk, person.public_id, device, now()) for person in people]


@contextmanager
def counted(into: list[list[str]]) -> Iterator[None]:
    with CaptureQueriesContext(connection) as captured:
        yield
    into.append([query["sql"].split()[0] for query in captured])


def test_newcomers(room: Room) -> None:
    statements: list[list[str]] = []
    for size in SIZES:
        hellos = batch(room, attendees(room, size))
        with counted(statements):
            admitted = joins.admit(hellos)
        assert [isinstance(one, Joined) and one.member is not None for one in admitted] == [True] * size
    insert_and_look = 2
    assert [len(words) for words in statements] == [READS + TRANSACTION + insert_and_look] * len(SIZES)
    assert [words.count("INSERT") for words in statements] == [1] * len(SIZES)
    assert DeviceSeat.objects.count() == sum(SIZES)


def test_the_same_device_again_writes_nothing(room: Room) -> None:
    statements: list[list[str]] = []
    for size in SIZES:
        hellos = batch(room, attendees(room, size))
        joins.admit(hellos)
        with counted(statements):
            joins.admit(hellos)
    assert statements == [["SELECT"] * READS] * len(SIZES)


def test_who_comes_by_a_browser_is_looked_up_in_it(room: Room) -> None:
    statements: list[list[str]] = []
    for size in SIZES:
        people = attendees(room, size)
        browsers = []
        for person in people:
            browser = Client()
            browser.force_login(person)
            browsers.append(browser.session.session_key or "")
        hellos = [replace(join, browser=key) for join, key in zip(batch(room, people), browsers, strict=True)]
        joins.admit(hellos)
        with counted(statements):
            admitted = joins.admit(hellos)
        assert [isinstance(one, Joined) and one.member is not None for one in admitted] == [True] * size
        strangers = [replace(hellos[0], browser="no such session"), replace(hellos[0], person="somebody else")]
        assert isinstance(joins.admit(strangers[:1])[0], Refused)
        assert joins.admit(strangers[1:]) == [Joined(None, {})]
    the_sessions_and_the_accounts = 2
    assert statements == [["SELECT"] * (READS + the_sessions_and_the_accounts)] * len(SIZES)


def test_another_device(room: Room) -> None:
    statements: list[list[str]] = []
    for size in SIZES:
        people = attendees(room, size)
        joins.admit(batch(room, people, "phone"))
        with counted(statements):
            joins.admit(batch(room, people, "computer"))
    insert_look_and_update = 3
    assert [len(words) for words in statements] == [READS + TRANSACTION + insert_look_and_update] * len(SIZES)
    assert set(DeviceSeat.objects.values_list("device", flat=True)) == {"computer"}


def test_staff_have_no_seat(room: Room) -> None:
    moderator = factories.person()
    factories.team_member(session=room.session, person=moderator, role=TeamRole.MODERATOR)
    statements: list[list[str]] = []
    with counted(statements):
        both = joins.admit(batch(room, [moderator], "one") + batch(room, [moderator], "two"))
    assert [isinstance(one, Joined) and one.member is not None for one in both] == [True, True]
    assert "INSERT" not in statements[0]


def test_two_devices_in_one_batch_are_one_seat(room: Room) -> None:
    [person] = attendees(room, 1)
    first, second, third = joins.admit(
        batch(room, [person], "phone") + batch(room, [person], "computer") + batch(room, [person], "computer")
    )
    assert isinstance(first, Refused)
    assert first.close is Close.REPLACED
    assert isinstance(second, Joined)
    assert isinstance(third, Joined)
    assert DeviceSeat.objects.get().device == "computer"


def test_rooms_do_not_mix(room: Room) -> None:
    other = factories.room(stage=Stage.LIVE)
    over = factories.room(stage=Stage.ENDED)
    [person] = attendees(room, 1)
    here, elsewhere, too_late = joins.admit([*batch(room, [person]), *batch(other, [person]), *batch(over, [person])])
    assert isinstance(here, Joined)
    assert here.member is not None
    assert elsewhere == Joined(None, {})
    assert too_late == Joined(None, {}, is_over=True)
    assert DeviceSeat.objects.get().room == room


async def test_a_storm_shares_one_snapshot(stage: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[int] = []
    build = welcome._build

    def counting(room_pk: int) -> tuple[dict[str, int], bytes]:
        built.append(room_pk)
        return build(room_pk)

    monkeypatch.setattr(welcome, "_build", counting)
    who = ("ana", "beto", "trainee")
    everybody = [await stage.connect(name) for name in who for _ in range(3)]
    answers = await asyncio.gather(*(peer.hello(device="the same") for peer in everybody))
    assert [answer["snapshot"] for answer in answers] == [answers[0]["snapshot"]] * len(everybody)
    assert len(built) == 1

    await everybody[0].do("chat.post", text="hi")
    newcomer = await stage.connect("ana")
    answer = await newcomer.hello(device="the same")
    assert (answer["top"], answer["snapshot"]["chat"]) == ({"room": 0}, [])
    assert (await newcomer.entry("chat.posted"))["d"]["text"] == "hi"
    assert len(built) == 1, "what is new since a moment follows as entries"

    monkeypatch.setattr(welcome, "_SNAPSHOT_SECONDS", 0.0)
    for _ in range(2):
        answer = await (await stage.connect("beto")).hello(device="the same")
        assert (answer["top"], len(answer["snapshot"]["chat"])) == ({"room": 1}, 1)
    assert len(built) == 2, "once per change"
