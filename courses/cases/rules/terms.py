"""The closed lists that rules of cases speak of; the models give them their words."""

from enum import StrEnum


class CaseStatus(StrEnum):
    """From the author's draft to the closed loop; the middle ones are those of Project ECHO's clinics."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    SENT_BACK = "sent_back"
    WAITING = "waiting"
    ASSIGNED = "assigned"
    UNDER_REVIEW = "under_review"
    APPROVED = "approved"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class ReviewStatus(StrEnum):
    """The states of Project ECHO's clinics."""

    ASSIGNED = "assigned"
    UNDER_REVIEW = "under_review"
    APPROVED = "approved"
    SENT_BACK = "sent_back"
    HANDED_OVER = "handed_over"


class Urgency(StrEnum):
    """The most urgent first."""

    NOW = "now"
    DAY = "day"
    WEEK = "week"
    ELECTIVE = "elective"


PRESSING = frozenset({Urgency.NOW, Urgency.DAY})  # the patient cannot wait for a daily mail, or for a word on a summary


class AgeBand(StrEnum):
    """Bands, not ages: with a rare malformation and a small community, an exact age names a child. Youngest first."""

    NEWBORN = "0-28d"
    INFANT = "1-11m"
    TODDLER = "1-4y"
    CHILD = "5-9y"
    PRETEEN = "10-14y"
    TEEN = "15-17y"
    YOUNG = "18-39y"
    MIDDLE = "40-59y"
    OLDER = "60-79y"
    OLD = "80y"


class ConsentRelation(StrEnum):
    """Who agreed."""

    PATIENT = "patient"
    MOTHER = "mother"
    FATHER = "father"
    GUARDIAN = "guardian"
