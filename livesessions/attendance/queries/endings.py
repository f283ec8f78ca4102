"""Which rooms may have to be closed, and the signs of life that tell when they ended."""

from datetime import datetime

from django.db.models import Max, Q, QuerySet

from livesessions.attendance.models import PresenceSpan, SpanSource
from livesessions.attendance.rules.endings import Signs
from livesessions.room.models import LiveWindow, Room, Stage
from livesessions.room.queries import members


def open_past_their_time(at: datetime) -> QuerySet[Room]:
    """Rooms open to people whose planned end has come, or whose session was cancelled."""
    due = Q(session__planned_end_at__lte=at) | Q(session__cancelled_at__isnull=False)
    open_ones = Room.objects.filter(due, stage__in=[Stage.OPEN, Stage.LIVE, Stage.HOLD])
    return open_ones.select_related("session__course").order_by("pk")


def signs(room: Room) -> Signs:
    """Three queries. A lobby that never went live is measured from its planned end."""
    spans = PresenceSpan.objects.filter(room=room, source__in=SpanSource.heartbeats()).order_by()
    seen = dict(spans.values_list("person__public_id").annotate(at=Max("last_seen_at")))
    staff = {id_ for id_, member in members.find_many(room=room, people=seen).items() if member.is_staff}
    since = LiveWindow.objects.filter(room=room).aggregate(at=Max("started_at"))["at"]
    return Signs(
        live_since=since or room.session.planned_end_at,
        team_at=max((at for id_, at in seen.items() if id_ in staff), default=None),
        audience_at=max((at for id_, at in seen.items() if id_ not in staff), default=None),
    )
