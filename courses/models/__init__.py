"""Missions, courses, sessions with their teams, enrolments; cases with their media, reviews and outcomes; logbooks."""

from courses.models.assessments import Instrument, RaterRole, Rating, RatingMode, RatingRequest, SelfRatingWaiver
from courses.models.case_reviews import CaseReview, Done, Recommendation, ReferralAdvice, ReviewStatus, Strength
from courses.models.case_terms import (
    AgeBand,
    Asa,
    CaseKind,
    CaseStatus,
    Referral,
    Sex,
    Specialty,
    Supply,
    Urgency,
)
from courses.models.cases import Case
from courses.models.channels import Channel
from courses.models.consents import Consent, ConsentScope, Relation
from courses.models.courses import Course
from courses.models.discussions import Remark, RemarkKind
from courses.models.enrolments import Enrolment, EnrolmentStatus
from courses.models.logbooks import Autonomy, LogbookEntry, Procedure, Result, SurgeonRole
from courses.models.marks import MarkLayer
from courses.models.media import Medium, MediumKind, MediumState, MediumView, Rendition
from courses.models.missions import Level, Mission
from courses.models.notices import Notice, NoticeKind, NoticePreference, Rhythm
from courses.models.outcomes import (
    CaseEnding,
    Complication,
    Condition,
    FollowUp,
    Milestone,
    NextStep,
    OutcomeChange,
    Scheme,
)
from courses.models.search import SearchKind, SearchText
from courses.models.sessions import Session, SpokenLanguage
from courses.models.team import TeamMember, TeamRole
from courses.models.trauma import TraumaRecord
from courses.models.uploads import Upload, UploadPart, UploadState, UploadWay

__all__ = [
    "AgeBand",
    "Asa",
    "Autonomy",
    "Case",
    "CaseEnding",
    "CaseKind",
    "CaseReview",
    "CaseStatus",
    "Channel",
    "Complication",
    "Condition",
    "Consent",
    "ConsentScope",
    "Course",
    "Done",
    "Enrolment",
    "EnrolmentStatus",
    "FollowUp",
    "Instrument",
    "Level",
    "LogbookEntry",
    "MarkLayer",
    "Medium",
    "MediumKind",
    "MediumState",
    "MediumView",
    "Milestone",
    "Mission",
    "NextStep",
    "Notice",
    "NoticeKind",
    "NoticePreference",
    "OutcomeChange",
    "Procedure",
    "RaterRole",
    "Rating",
    "RatingMode",
    "RatingRequest",
    "Recommendation",
    "Referral",
    "ReferralAdvice",
    "Relation",
    "Remark",
    "RemarkKind",
    "Rendition",
    "Result",
    "ReviewStatus",
    "Rhythm",
    "Scheme",
    "SearchKind",
    "SearchText",
    "SelfRatingWaiver",
    "Session",
    "Sex",
    "Specialty",
    "SpokenLanguage",
    "Strength",
    "Supply",
    "SurgeonRole",
    "TeamMember",
    "TeamRole",
    "TraumaRecord",
    "Upload",
    "UploadPart",
    "UploadState",
    "UploadWay",
    "Urgency",
]
