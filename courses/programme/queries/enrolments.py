"""Who is registered for a session, and the figures a coordinator watches while registration is open."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, When

from accounts.models import Profession
from accounts.models.licences import LicenceStatus
from courses.programme.models import Enrolment, EnrolmentStatus, Participation, Session
from courses.programme.queries.places import Places
from courses.programme.queries.sessions import RINGS
from places import regions
from shared import plain_text
from web.amphitheatre import Tier


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table of counts; `code` is the profession, or the province with its country before it."""

    code: str
    name: str
    confirmed: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts of people; those who asked and those withdrawn only in `requested` and `withdrawn`. Rows run from the most
    to the fewest.
    """

    places: tuple[Places, ...]
    requested: int
    withdrawn: int
    provinces: list[Row]
    professions: list[Row]
    tiers: list[Tier]

    @property
    def confirmed(self) -> int:
        return sum(place.confirmed for place in self.places)

    @property
    def waiting(self) -> int:
        return sum(place.waiting for place in self.places)


IN_LINE = Q(status=EnrolmentStatus.WAITING, unanswered_since=None)  # the others have yet to answer their mail


def places_of(session: Session, channel: str) -> Places:
    """One channel as it stands. Inside the lock of the session's row nobody else changes it. One query."""
    counted = Enrolment.objects.filter(session=session, channel=channel).aggregate(
        confirmed=Count("pk", filter=Q(status=EnrolmentStatus.CONFIRMED)),
        waiting=Count("pk", filter=IN_LINE),
    )
    return Places(Participation(channel), session.capacity(channel), counted["confirmed"], counted["waiting"])


def ahead_of(enrolment: Enrolment) -> int:
    """How many wait for the same channel and have waited longer. One query."""
    earlier = Q(enrolled_at__lt=enrolment.enrolled_at) | Q(enrolled_at=enrolment.enrolled_at, pk__lt=enrolment.pk)
    queue = Enrolment.objects.filter(IN_LINE, session=enrolment.session_id, channel=enrolment.channel)
    return queue.filter(earlier).count()


def overview(session: Session, language: str) -> Overview:
    """Names in `language`. One query."""
    rows = Enrolment.objects.filter(session=session).order_by()
    counted = rows.values_list("channel", "status", "country", "region", "profession").annotate(n=Count("pk"))
    channels: Counter[tuple[str, str]] = Counter()
    provinces: Counter[tuple[str, str]] = Counter()
    professions: Counter[tuple[str, str]] = Counter()
    remote: Counter[str] = Counter()
    for channel, status, country, region, profession, n in counted:
        channels[channel, status] += n
        provinces[region or country, status] += n
        professions[profession, status] += n
        if (channel, status) == (Participation.REMOTE, EnrolmentStatus.CONFIRMED):
            remote[region or country] += n
    places = tuple(
        Places(channel, session.capacity(channel), *(channels[channel, status] for status in _HERE))
        for channel in Participation
        if session.capacity(channel) or channels[channel, EnrolmentStatus.CONFIRMED]
    )
    return Overview(
        places=places,
        requested=sum(n for (_, status), n in channels.items() if status == EnrolmentStatus.REQUESTED),
        withdrawn=sum(n for (_, status), n in channels.items() if status == EnrolmentStatus.WITHDRAWN),
        provinces=_rows(provinces, {code: place_name(code, language) for code, _ in provinces}),
        professions=_rows(professions, {str(code): str(name) for code, name in Profession.choices}),
        tiers=_tiers(places, remote, language),
    )


def people(
    session: Session, *, channel: str = "", status: str = "", province: str = "", text: str = ""
) -> QuerySet[Enrolment]:
    """Requests first, then in order of registration, each with its person, their licences, and its session. Empty
    filters let everybody through; `province` is a row's code of `Overview.provinces`.
    """
    found = shown(Enrolment.objects.filter(session=session))
    if channel:
        found = found.filter(channel=channel)
    if status:
        found = found.filter(status=status)
    if province:
        found = found.filter(Q(region=province) | Q(region="", country=province))
    for word in plain_text.folded(text).split():
        found = found.filter(Q(folded__contains=word) | Q(person__email__contains=word))
    undecided = Case(When(status=EnrolmentStatus.REQUESTED, then=0), default=1)
    return found.order_by(undecided, "enrolled_at", "pk")


def shown(rows: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """With what a row of the list needs. One more query for the licences of all."""
    return rows.select_related("person", "session").prefetch_related("person__licences")


def licences_of(enrolment: Enrolment) -> list[tuple[str, bool]]:
    """What was declared with the registration and what is verified of the person, each with whether it is verified.

    Only reads what `shown` fetched.
    """
    names = ("country", "kind", "number", "jurisdiction")
    kept = {
        tuple(getattr(licence, name) for name in names): licence.status == LicenceStatus.VERIFIED
        for licence in enrolment.person.licences.all()
    }
    told = [tuple(licence.get(name, "") for name in names) for licence in enrolment.licences]
    verified = [key for key, is_verified in kept.items() if is_verified and key not in told]
    return [(_licence(key), kept.get(key, False)) for key in [*told, *verified]]


def changed_by(enrolment: Enrolment, at: datetime) -> list[Enrolment]:
    """The registration as it stands, and those who got a place in the same moment. Two queries."""
    moved = Enrolment.objects.filter(session=enrolment.session_id, confirmed_at=at)
    rows = list(shown(moved | Enrolment.objects.filter(pk=enrolment.pk)))
    return sorted(rows, key=lambda row: row.pk != enrolment.pk)


def place_name(code: str, language: str) -> str:
    """`PE-LOR` is "Loreto, Peru"; a country's code alone is the country."""
    country, dash, _ = code.partition("-")
    name = regions.country_name(country, language)
    return f"{regions.region_name(code, language)}, {name}" if dash else name


def _licence(key: tuple[str, ...]) -> str:
    country, kind, number, jurisdiction = key
    return f"{kind} {number} ({jurisdiction or country})"


_HERE = (EnrolmentStatus.CONFIRMED, EnrolmentStatus.WAITING)


def _tiers(places: tuple[Places, ...], remote: Counter[str], language: str) -> list[Tier]:
    """The confirmed as seats: the rooms, then the remote ones by province, the fullest first."""
    rooms = [place for place in places if place.channel is not Participation.REMOTE and place.confirmed]
    return [
        *(Tier(p.channel.value, RINGS[p.channel], str(p.channel.label), registered=p.confirmed) for p in rooms),
        *(
            Tier(f"remote-{code}", "remote", place_name(code, language), registered=n)
            for code, n in remote.most_common()
        ),
    ]


def _rows(counted: Counter[tuple[str, str]], names: dict[str, Any]) -> list[Row]:
    rows = [Row(code, names.get(code, code), *(counted[code, status] for status in _HERE)) for code in names]
    return sorted(
        (row for row in rows if row.confirmed or row.waiting),
        key=lambda row: (-row.confirmed, plain_text.by_name(row.name)),
    )
