"""The safety record as it is read: who stopped, held and cleared the session, when and why."""

from dataclasses import dataclass
from datetime import timedelta

from livesessions.room.models import Room, SafetyEvent
from livesessions.room.rules import safety


@dataclass(frozen=True, slots=True)
class Row:
    """`lasted` is how long what this row ends had lasted. The event's notes come with it, and who wrote them."""

    event: SafetyEvent
    lasted: timedelta | None


def record(room: Room) -> list[Row]:
    """Everything, the first first. Two queries."""
    events = list(room.safety_events.select_related("by").prefetch_related("notes__by").order_by("at", "id"))
    lasted = safety.lengths((event.kind, event.at) for event in events)
    return [Row(*pair) for pair in zip(events, lasted, strict=True)]


def find(room: Room, key: int) -> SafetyEvent | None:
    """The event of this room with this key."""
    return room.safety_events.filter(pk=key).first()
