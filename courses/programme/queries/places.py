"""How many people have a place or wait for one, by session and channel."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from courses.programme.models import Enrolment, EnrolmentStatus, Participation, Session
from courses.programme.rules.sessions import places_left

# Who waits and has yet to answer the mail about it stands in nobody's way.
UNHEARD = Q(status=EnrolmentStatus.WAITING, unanswered_since__isnull=False)


@dataclass(frozen=True, slots=True)
class Places:
    """One channel of one session; all figures count people."""

    channel: Participation
    capacity: int
    confirmed: int
    waiting: int

    @property
    def left(self) -> int:
        return places_left(capacity=self.capacity, confirmed=self.confirmed)


def confirmed_by_channel(session: Session) -> dict[str, int]:
    """Channels without anybody are absent. One query."""
    rows = Enrolment.objects.filter(session=session, status=EnrolmentStatus.CONFIRMED)
    return dict(rows.values_list("channel").annotate(n=Count("pk")).order_by())


def by_session(sessions: Iterable[Session]) -> dict[int, tuple[Places, ...]]:
    """The channels each session has, by its primary key. One query for all sessions together."""
    wanted = list(sessions)
    rows = Enrolment.objects.filter(~UNHEARD, session__in=[session.pk for session in wanted])
    counted = rows.values_list("session", "channel", "status").annotate(n=Count("pk")).order_by()
    figures = {(pk, channel, status): n for pk, channel, status, n in counted}

    def places(session: Session, channel: Participation) -> Places:
        confirmed = figures.get((session.pk, channel, EnrolmentStatus.CONFIRMED), 0)
        waiting = figures.get((session.pk, channel, EnrolmentStatus.WAITING), 0)
        return Places(channel, session.capacity(channel), confirmed, waiting)

    return {
        session.pk: tuple(places(session, channel) for channel in Participation if session.capacity(channel))
        for session in wanted
    }
