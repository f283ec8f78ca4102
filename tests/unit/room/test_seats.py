"""One seat for each attendee: the last device has it, and every other one hears so, whichever process it is in."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from livesessions.room.actions import seats
from livesessions.room.actions.seats import Move
from livesessions.room.events import SeatTaken
from livesessions.room.models import DeviceSeat
from tests.room_cast import Cast, assemble

PROCESSES = 4


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return assemble()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[SeatTaken]:
    """What was announced, in order."""
    events: list[SeatTaken] = []
    monkeypatch.setattr(seats, "announce", events.append)
    return events


def move(cast: Cast, who: str, device: str) -> Move:
    return Move(cast.member(who), device, cast.at)


def test_only_those_who_sat_elsewhere_are_announced(cast: Cast, told: list[SeatTaken]) -> None:
    seats.take(room=cast.room, moves=[move(cast, "attendee", "phone")])
    assert told == []
    seats.take(room=cast.room, moves=[move(cast, "attendee", "computer"), move(cast, "other", "phone")])
    assert told == [SeatTaken(cast.room.public_id, cast.id("attendee"), "computer", cast.at)]
    seats.take(room=cast.room, moves=[move(cast, "attendee", "computer"), move(cast, "other", "phone")])
    assert len(told) == 1
    assert dict(DeviceSeat.objects.values_list("person__public_id", "device")) == {
        cast.id("attendee"): "computer",
        cast.id("other"): "phone",
    }


def test_the_last_of_one_batch_has_it(cast: Cast, told: list[SeatTaken]) -> None:
    seats.take(room=cast.room, moves=[move(cast, "attendee", device) for device in ("a", "b", "c")])
    assert DeviceSeat.objects.get().device == "c"


def test_processes_that_seat_the_same_people_at_once(cast: Cast, told: list[SeatTaken]) -> None:
    """Each process but the first finds them seated, takes the seats over and says so; the last word is the truth."""
    people = ("attendee", "other", "trainee")
    start = Barrier(PROCESSES, timeout=20)
    room = cast.room
    batches = [[move(cast, who, f"device-{n}") for who in people[:: (-1) ** n]] for n in range(PROCESSES)]

    def take(moves: list[Move]) -> None:
        try:
            start.wait()
            seats.take(room=room, moves=moves)
        finally:
            connection.close()

    with ThreadPoolExecutor(PROCESSES) as pool:
        for done in [pool.submit(take, moves) for moves in batches]:
            done.result(timeout=30)
    devices = dict(DeviceSeat.objects.values_list("person__public_id", "device"))
    assert len(set(devices.values())) == 1, "a batch is seated whole"
    for who in people:
        heard = [event.device for event in told if event.person == cast.id(who)]
        assert len(heard) == PROCESSES - 1
        assert heard[-1] == devices[cast.id(who)]
