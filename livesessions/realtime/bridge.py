"""From the domain's events, announced in whatever thread committed them, to the hub of this process or the layer."""

from typing import Any

from courses.programme.events import EnrolmentChanged, TeamChanged
from livesessions.realtime import groups, hub, reactions, ringing
from livesessions.room import events
from shared.clock import iso


def register() -> None:
    """Listen to everything a connected person must hear of. Called once, by the app's configuration."""
    events.listen(events.JournalWritten, _entry)
    events.listen(events.TalliesChanged, _tallies)
    events.listen(events.HandsChanged, _hands)
    events.listen(events.RightsChanged, _rights)
    events.listen(events.SeatTaken, _seat)
    events.listen(events.PersonChanged, _person)
    events.listen(events.BrowserGone, _browser)
    events.listen(EnrolmentChanged, _place)
    events.listen(TeamChanged, _place)


def _entry(event: events.JournalWritten) -> None:
    item = {"what": "entry", "st": event.stream, "seq": event.seq, "wire": event.wire, "touches": list(event.touches)}
    _tell(event.room, item)


def _tallies(event: events.TalliesChanged) -> None:
    _tell(event.room, {"what": "tallies", "person": event.voter})


def _hands(event: events.HandsChanged) -> None:
    _tell(event.room, {"what": "hands", "person": event.person})


def _rights(event: events.RightsChanged) -> None:
    _tell(event.room, {"what": "rights", "person": event.person})


def _seat(event: events.SeatTaken) -> None:
    _tell(event.room, {"what": "seat", "person": event.person, "device": event.device, "at": iso(event.at)})


def _person(event: events.PersonChanged) -> None:
    _tell(groups.HOUSE, {"what": "rights", "person": event.person})


def _browser(event: events.BrowserGone) -> None:
    _tell(groups.HOUSE, {"what": "browser", "mark": reactions.mark_of(event.browser)})


def _place(event: EnrolmentChanged | TeamChanged) -> None:
    _tell(event.session, {"what": "rights", "person": event.person})


def _tell(room: str, item: dict[str, Any]) -> None:
    here = hub.running()
    if here:
        here.doorbell.tell(room, item)
        return
    ringing.ring(room, item)  # a command, a worker, an idle server: no connections here, others may have some
