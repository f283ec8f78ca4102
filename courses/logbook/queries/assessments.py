"""Ratings as far as somebody may read them already, and who may be asked for one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Person
from courses.logbook.models import Instrument, LogbookEntry, Rating, RatingRequest, SelfRatingWaiver
from courses.logbook.queries.logbooks import told
from courses.logbook.rules import assessments as rules
from courses.programme.models import MENTOR_ROLES, Enrolment, EnrolmentStatus, Participation, TeamMember
from shared import plain_text


@dataclass(frozen=True, slots=True)
class Answer:
    """One item of a rating: its title, the score of how many, and the anchor at that score where there is one."""

    title: str
    score: int
    highest: int
    anchor: str
    is_yes_no: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A rating the reader may read. `total` and `highest` where the sum of the instrument means something."""

    rating: Rating
    title: str
    answers: tuple[Answer, ...]
    total: int | None
    highest: int | None


@dataclass(slots=True)
class Board:
    """What the trainee sees of one instrument at one entry: nothing in it tells whether a hidden rating is in."""

    code: str
    title: str
    requests: list[RatingRequest] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    is_self_rated: bool = False
    is_waived: bool = False

    @property
    def is_open(self) -> bool:
        """The trainee still may rate themselves, or choose not to."""
        return not (self.is_self_rated or self.is_waived)


def instruments() -> list[Instrument]:
    """The current versions, by title. One query."""
    return sorted(Instrument.objects.filter(is_current=True), key=lambda row: plain_text.by_name(told(row.titles)))


def find_instrument(code: str) -> Instrument | None:
    """The current version. One query."""
    return Instrument.objects.filter(code=code, is_current=True).first()


def instrument_for_self(entry: LogbookEntry, code: str) -> Instrument | None:
    """The version that somebody was asked with, so that both rate by the same words; else the current one."""
    asked = Instrument.objects.filter(rating_requests__entry=entry, code=code).order_by("version").first()
    return asked or find_instrument(code)


def raters_for(trainee: Person) -> list[Person]:
    """Whom the trainee may ask: mentors and surgeons of the courses they belong to, by name. One query."""
    places = Enrolment.objects.filter(person=trainee, channel=Participation.OR, status=EnrolmentStatus.CONFIRMED)
    courses = places.values("session__course")
    team = TeamMember.objects.filter(role__in=MENTOR_ROLES, session__course__in=courses)
    found = Person.objects.filter(pk__in=team.values("person"), is_active=True)
    return list(found.exclude(pk=trainee.pk).order_by("sort_key", "pk"))


def find_request(request: str) -> RatingRequest | None:
    """With its entry, the entry's trainee and procedure, its rater and instrument. One query."""
    return _requests().filter(public_id=request).first()


def asked_of(rater: Person) -> QuerySet[RatingRequest]:
    """What this person was asked to rate, `is_rated` or not, the latest first. One query."""
    asked = _requests().filter(rater=rater).annotate(is_rated=_answers())
    return asked.order_by("is_rated", "-asked_at", "-pk")


def open_for(rater: Person) -> int:
    """How many ratings this person was asked for and has not given. One query."""
    return RatingRequest.objects.filter(~_answers(), rater=rater).count()


def read_at(entry: LogbookEntry, reader: Person) -> list[Shown]:
    """The ratings of this entry that `reader` may read, the oldest first. Two queries."""
    return [shown for _, shown in _readable([entry], reader)]


def read_all(trainee: Person, entries: Iterable[LogbookEntry]) -> dict[int, list[Shown]]:
    """By the key of the entry, what its trainee may read. Two queries, however many entries."""
    found: dict[int, list[Shown]] = defaultdict(list)
    for entry, shown in _readable(list(entries), trainee):
        found[entry].append(shown)
    return found


def boards(entry: LogbookEntry) -> list[Board]:
    """One per instrument that the trainee asked for, rated themselves by, or waived. Four queries."""
    found: dict[str, Board] = {}

    def board(instrument: Instrument) -> Board:
        return found.setdefault(instrument.code, Board(instrument.code, told(instrument.titles)))

    for request in _requests().filter(entry=entry):
        board(request.instrument).requests.append(request)
    for waiver in SelfRatingWaiver.objects.filter(entry=entry).select_related("instrument"):
        board(waiver.instrument).is_waived = True
    for shown in read_at(entry, entry.trainee):
        here = board(shown.rating.instrument)
        here.shown.append(shown)
        here.is_self_rated |= shown.rating.rater_id == entry.trainee_id
    return list(found.values())


def _readable(entries: list[LogbookEntry], reader: Person) -> list[tuple[int, Shown]]:
    trainees = {entry.pk: entry.trainee_id for entry in entries}
    by_entry: dict[int, list[Rating]] = defaultdict(list)
    for rating in Rating.objects.filter(entry__in=trainees).select_related("instrument", "rater"):
        by_entry[rating.entry_id].append(rating)
    waived: dict[int, set[str]] = defaultdict(set)
    for entry, code in SelfRatingWaiver.objects.filter(entry__in=trainees).values_list("entry", "instrument__code"):
        waived[entry].add(code)
    found = []
    for entry, ratings in by_entry.items():
        given = [
            rules.Given(rating.instrument.code, rating.rater_id, rating.rater_id == trainees[entry])
            for rating in ratings
        ]
        may = rules.readable(given, by=reader.pk, trainee=trainees[entry], waived=waived[entry])
        found += [(entry, shown(rating)) for rating, is_readable in zip(ratings, may, strict=True) if is_readable]
    return found


def shown(rating: Rating) -> Shown:
    """In the reader's language and in the words of the version it was made with."""
    items = rating.instrument.items
    answers = tuple(
        Answer(
            title=told(item["titles"]),
            score=rating.scores[item["code"]],
            highest=rules.span(item)[1],
            anchor=told(item.get("anchors", {}).get(str(rating.scores[item["code"]]), {})),
            is_yes_no=item["kind"] == "yes_no",
        )
        for item in rules.scored(items)
    )
    total, highest = rules.total(items, rating.scores) if rating.instrument.is_summed else (None, None)
    return Shown(rating, told(rating.instrument.titles), answers, total, highest)


def _requests() -> QuerySet[RatingRequest]:
    return RatingRequest.objects.select_related(
        "entry__trainee", "entry__procedure", "entry__session", "rater", "instrument"
    )


def is_asked(entry: LogbookEntry) -> bool:
    """Somebody was asked to rate it. One query."""
    return RatingRequest.objects.filter(entry=entry).exists()


def _answers() -> Exists:
    """Whether a request has its rating, for every row of an outer query."""
    same = {"entry": OuterRef("entry"), "rater": OuterRef("rater"), "instrument__code": OuterRef("instrument__code")}
    return Exists(Rating.objects.filter(**same))
