"""A trainee's logbook: its entries, its facts for figures, and what an entry may name."""

from collections.abc import Mapping

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from accounts.models import Person
from courses.cases.models import Case, CaseStatus
from courses.logbook.models import LogbookEntry, Procedure, Result
from courses.logbook.rules.logbooks import DID, Fact
from courses.programme.models import EnrolmentStatus, Participation, Session
from shared import plain_text

_SUCCESS = {Result.SUCCESS: True, Result.FAILURE: False}


def told(titles: Mapping[str, str]) -> str:
    """The title in the reader's language, else in English."""
    return titles.get(get_language() or "en") or titles.get("en", "")


def entries(trainee: Person) -> QuerySet[LogbookEntry]:
    """The newest first, each with its procedure, session, case and mission. One query."""
    return LogbookEntry.objects.filter(trainee=trainee).select_related("procedure", "session", "case", "mission")


def find(entry: str) -> LogbookEntry | None:
    """With its procedure, trainee, session, case and mission. One query."""
    found = LogbookEntry.objects.select_related("procedure", "trainee", "session", "case", "mission")
    return found.filter(public_id=entry).first()


def facts(trainee: Person) -> list[Fact]:
    """Every entry, the oldest first, as figures need it. One query, however many."""
    rows = LogbookEntry.objects.filter(trainee=trainee).order_by("performed_on", "id")
    values = rows.values_list("procedure__code", "role", "autonomy", "performed_on", "result")
    return [
        Fact(code, role, autonomy, day, _SUCCESS.get(Result(result))) for code, role, autonomy, day, result in values
    ]


def procedure(code: str) -> Procedure | None:
    """One query."""
    return Procedure.objects.filter(code=code).first()


def procedure_titles() -> dict[str, str]:
    """By code, in the reader's language. One query."""
    return {code: told(titles) for code, titles in Procedure.objects.values_list("code", "titles")}


def procedures() -> list[Procedure]:
    """By their title in the reader's language. One query."""
    return sorted(Procedure.objects.all(), key=lambda row: plain_text.by_name(told(row.titles)))


def operations(trainee: Person, procedure: Procedure) -> list[LogbookEntry]:
    """One's own operations with a known result, by day: what a learning curve is made of. One query."""
    rows = LogbookEntry.objects.filter(trainee=trainee, procedure=procedure, role__in=DID)
    return list(rows.exclude(result=Result.UNKNOWN).order_by("performed_on", "id"))


def sessions_of(person: Person) -> QuerySet[Session]:
    """Those where the person has a place in the operating room or works, the latest first."""
    places = Q(
        enrolments__person=person, enrolments__channel=Participation.OR, enrolments__status=EnrolmentStatus.CONFIRMED
    )
    return Session.objects.filter(places | Q(team__person=person)).distinct().order_by("-starts_at")


def cases_of(person: Person) -> QuerySet[Case]:
    """Those the person wrote, the latest first, withdrawn ones left out."""
    return Case.objects.filter(author=person).exclude(status=CaseStatus.WITHDRAWN).order_by("-created_at")
