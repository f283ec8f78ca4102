"""Who is here now, and the attendance sheet of a session."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Case, Count, IntegerField, Min, Q, When

from accounts.models import Person
from courses.programme.models import Enrolment, EnrolmentStatus, Participation, Session, TeamMember
from courses.programme.policies import may_plan_session
from livesessions.attendance.models import Adjustment, PresenceSpan, SpanSource
from livesessions.attendance.queries import times
from livesessions.attendance.rules import minutes, sheets
from livesessions.attendance.rules.sheets import Correction, Sheet, Stay, Subject, Terms
from livesessions.attendance.rules.times import live
from livesessions.room.models import Room
from shared import plain_text

_FRESH = timedelta(seconds=60)


def present(room_pk: int, now: datetime) -> dict[str, int]:
    """People here now by channel: an open span, seen in the last 60 s unless declared at the door. One query.

    Whoever is in two channels counts once, in the one nearest to the table.
    """
    seen = Q(source__in=SpanSource.heartbeats(), last_seen_at__gt=now - _FRESH)
    declared = Q(source__in=SpanSource.declared(), room__ended_at=None)
    nearness = Case(*(When(channel=channel, then=rank) for rank, channel in enumerate(sheets.STRENGTH)))
    people = (
        PresenceSpan.objects.filter(seen | declared, room=room_pk, ended_at=None)
        .order_by()
        .values("person_id")
        .annotate(nearest=Min(nearness, output_field=IntegerField()))
    )
    counts = {
        f"in_{channel}": Count("person_id", filter=Q(nearest=rank)) for rank, channel in enumerate(sheets.STRENGTH)
    }
    found = people.aggregate(**counts)
    return {channel.value: found[f"in_{channel}"] for channel in Participation}


def declared_open(room_pk: int, source: SpanSource) -> dict[int, datetime]:
    """Since when each person (by key) is here according to the door or the roll call. One query."""
    spans = PresenceSpan.objects.filter(room=room_pk, source=source, ended_at=None)
    return dict(spans.values_list("person_id", "started_at"))


def sheet(session: Session, at: datetime) -> Sheet:
    """The sheet as the facts stand, open windows counted until `at`. Eight queries, however many people."""
    room = Room.objects.filter(session=session).first()
    terms = _terms(session, room, at)
    facts = _facts(session, room, terms)
    subjects = _subjects(session, set(facts.stays) | set(facts.corrections))
    lines = [sheets.line(subject, facts.stays[pk], facts.corrections[pk], terms) for pk, subject in subjects.items()]
    lines.sort(
        key=lambda line: (not line.subject.is_attendee, plain_text.by_name(line.subject.name), line.subject.person)
    )
    return Sheet(terms, tuple(lines))


@dataclass(frozen=True, slots=True)
class _Facts:
    """By person's key."""

    stays: defaultdict[int, list[Stay]]
    corrections: defaultdict[int, list[Correction]]


def _terms(session: Session, room: Room | None, at: datetime) -> Terms:
    recorded, made = times.recorded(session, room, at), times.corrections(room)
    gap, threshold = session.gap_seconds, session.threshold_percent
    return Terms(
        at=at,
        windows=live(recorded, made[-1] if made else None),
        gap_seconds=settings.ATTENDANCE_GAP_SECONDS if gap is None else gap,
        threshold_percent=settings.ATTENDANCE_THRESHOLD_PERCENT if threshold is None else threshold,
        recorded=recorded,
        times=made,
    )


def _facts(session: Session, room: Room | None, terms: Terms) -> _Facts:
    facts = _Facts(defaultdict(list), defaultdict(list))
    if room is None:
        return facts
    corrected = terms.times[-1].ended_at if terms.times else None
    closes_at = corrected or room.ended_at or min(terms.at, session.latest_end_at)
    for span in PresenceSpan.objects.filter(room=room).order_by("started_at", "id"):
        open_until = closes_at if span.source in SpanSource.declared() else None
        counts = minutes.stay(span.started_at, span.last_seen_at, span.ended_at, open_until=open_until)
        facts.stays[span.person_id].append(
            Stay(span.channel, span.source, span.started_at, span.last_seen_at, span.ended_at, counts)
        )
    for made in Adjustment.objects.filter(room=room).select_related("author").order_by("made_at", "id"):
        facts.corrections[made.person_id].append(Correction(made.minutes, made.reason, str(made.author), made.made_at))
    return facts


def _subjects(session: Session, seen: set[int]) -> dict[int, Subject]:
    """Everybody registered or seen, by key; the team only when seen. A team role wins over a registration."""
    roles = dict(TeamMember.objects.filter(session=session).values_list("person_id", "role"))
    enrolments = {
        enrolment.person_id: enrolment
        for enrolment in Enrolment.objects.filter(session=session)
        if enrolment.status == EnrolmentStatus.CONFIRMED or enrolment.person_id in seen
    }
    people = Person.objects.with_roles().in_bulk(seen | set(enrolments))
    planners = {pk: "coordinator" for pk, person in people.items() if may_plan_session(person, session)}
    named = planners | roles
    return {pk: _subject(person, named.get(pk, ""), enrolments.get(pk)) for pk, person in people.items()}


def _subject(person: Person, staff_role: str, enrolment: Enrolment | None) -> Subject:
    registered = enrolment.channel if enrolment and enrolment.status == EnrolmentStatus.CONFIRMED else ""
    attends = "trainee" if registered == Participation.OR else "attendee"
    role = staff_role or attends
    told = enrolment or person  # the answers of that day rather than today's profile
    return Subject(person.public_id, told.full_name or str(person), role, registered, told.profession, told.region)
