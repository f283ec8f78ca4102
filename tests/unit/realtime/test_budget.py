"""Bytes on their way: what is sent counts until it is seen."""

from livesessions.realtime.budget import PING, Budget


def test_spent_until_seen() -> None:
    budget = Budget(100)
    budget.sent(60, 1.0, "room", 1)
    assert not budget.is_spent
    assert not budget.has_room_for_extras
    budget.sent(60, 2.0, "room", 2)
    assert budget.is_spent
    assert budget.stalled_since == 2.0
    budget.seen({"room": 1})
    assert budget.unconfirmed == 60
    assert budget.stalled_since is None
    budget.seen({"room": 2})
    assert budget.unconfirmed == 0


def test_streams_are_confirmed_apart_and_in_order() -> None:
    budget = Budget(100)
    budget.sent(10, 0.0, "room", 5)
    budget.sent(20, 0.0, "desk", 9)
    budget.seen({"desk": 9})
    assert budget.unconfirmed == 30
    budget.seen({"room": 5, "desk": 9})
    assert budget.unconfirmed == 0


def test_a_beat_confirms_everything_up_to_the_ping_it_answers() -> None:
    budget = Budget(100)
    budget.sent(70, 0.0)
    assert budget.unconfirmed == 70
    budget.sent(10, 0.0, seq=PING)
    budget.seen({})
    assert budget.unconfirmed == 0


def test_seeing_nothing_new_confirms_nothing() -> None:
    budget = Budget(100)
    budget.sent(50, 0.0, "room", 3)
    budget.seen({"room": 2})
    budget.seen({})
    assert budget.unconfirmed == 50
