"""Plain functions that make cases and what belongs to them: sensible defaults, every field overridable by keyword."""

from datetime import date
from typing import Any
from uuid import uuid4

from accounts.models import Person
from courses.cases.models import (
    Case,
    CaseReview,
    CaseStatus,
    Consent,
    ConsentScope,
    MediaFile,
    MediaKind,
    MediaState,
    Remark,
    ReviewStatus,
)
from courses.programme.models import Course, Participation, TeamRole
from shared.clock import now
from tests import factories

_BEFORE_RELEASE = (CaseStatus.DRAFT, CaseStatus.SUBMITTED)


def trainee(course: Course, **fields: Any) -> Person:
    """Somebody with a confirmed place in the operating room of the course."""
    person = factories.person(**{"full_name": "Rosa Trainee"} | fields)
    factories.enrolment(session=factories.session(course=course), person=person, channel=Participation.OR)
    return person


def mentor(course: Course, **fields: Any) -> Person:
    """A mentor of one of the course's sessions."""
    person = factories.person(**{"full_name": "Ingrid Mentor"} | fields)
    factories.team_member(session=factories.session(course=course), person=person, role=TeamRole.MENTOR)
    return person


def consent(**fields: Any) -> Consent:
    """The mother's, to everything a case needs, teaching included."""
    if "taken_by" not in fields:
        fields["taken_by"] = factories.person()
    defaults = {
        "taken_on": date(2026, 11, 2),
        "language": "es",
        "relation": "mother",
        "scopes": [
            ConsentScope.CASE_REVIEW,
            ConsentScope.STILLS,
            ConsentScope.RECORDING,
            ConsentScope.TEACHING_REUSE,
        ],
    }
    return Consent.objects.create(**defaults | fields)


def case(**fields: Any) -> Case:
    """A complete case that waits for a mentor, written by a trainee of its course, released by a coordinator."""
    if "course" not in fields:
        fields["course"] = factories.course()
    if "author" not in fields:
        fields["author"] = trainee(fields["course"])
    if "consent" not in fields:
        fields["consent"] = consent(taken_by=fields["author"])
    fields.setdefault("status", CaseStatus.WAITING)
    if fields["status"] not in _BEFORE_RELEASE:
        fields.setdefault("released_at", now())
        fields.setdefault("released_by", factories.coordinator() if fields["released_at"] else None)
    if fields["status"] != CaseStatus.DRAFT:
        fields.setdefault("submitted_at", now())
    defaults = {
        "key": uuid4(),
        "main_question": "Primary repair or staged closure?",
        "urgency": "week",
        "specialty": "paediatric",
        "age_band": "0-28d",
        "sex": "f",
        "diagnosis": "Gastroschisis",
        "icd10": "Q79.3",
        "history": "Born at 36 weeks, bowel outside the abdomen, no other malformation seen.",
        "exam": "Bowel matted, pink, no atresia seen.",
        "treatment": "Silo since birth, fluids, antibiotics.",
        "blood": "limited",
        "icu": "no",
        "plan_without_answer": "Reduce daily and close on day five.",
    }
    return Case.objects.create(**defaults | fields)


def review(**fields: Any) -> CaseReview:
    """Given to a mentor of the case's course, not begun."""
    if "case" not in fields:
        fields["case"] = case(status=CaseStatus.ASSIGNED)
    if "mentor" not in fields:
        fields["mentor"] = mentor(fields["case"].course)
    fields.setdefault("assigned_by", fields["mentor"])
    fields.setdefault("status", ReviewStatus.ASSIGNED)
    return CaseReview.objects.create(**fields)


def medium(**fields: Any) -> MediaFile:
    """A photo that is ready and released, without stored files."""
    if "case" not in fields:
        fields["case"] = case()
    fields.setdefault("uploaded_by", fields["case"].author)
    fields.setdefault("released_at", fields["case"].released_at)
    defaults = {"kind": MediaKind.PHOTO, "state": MediaState.READY, "checked_at": now(), "width": 800, "height": 600}
    return MediaFile.objects.create(**defaults | fields)


def remark(**fields: Any) -> Remark:
    """A comment by the author of a new case."""
    if "case" not in fields:
        fields["case"] = case()
    fields.setdefault("author", fields["case"].author)
    fields.setdefault("text", "The mother asks when she can hold her.")
    return Remark.objects.create(**fields)
