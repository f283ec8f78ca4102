"""Cases, their consents, media, reviews, discussions and notices."""

from courses.cases.models.cases import Case
from courses.cases.models.consents import Consent, ConsentScope, Relation
from courses.cases.models.discussions import Remark, RemarkKind
from courses.cases.models.media import Medium, MediumKind, MediumState, MediumView, Rendition
from courses.cases.models.notices import Notice, NoticeKind, NoticePreference, Rhythm
from courses.cases.models.reviews import CaseReview, Done, Recommendation, ReferralAdvice, ReviewStatus, Strength
from courses.cases.models.terms import AgeBand, Asa, CaseKind, CaseStatus, Referral, Sex, Specialty, Supply, Urgency

__all__ = [
    "AgeBand",
    "Asa",
    "Case",
    "CaseKind",
    "CaseReview",
    "CaseStatus",
    "Consent",
    "ConsentScope",
    "Done",
    "Medium",
    "MediumKind",
    "MediumState",
    "MediumView",
    "Notice",
    "NoticeKind",
    "NoticePreference",
    "Recommendation",
    "Referral",
    "ReferralAdvice",
    "Relation",
    "Remark",
    "RemarkKind",
    "Rendition",
    "ReviewStatus",
    "Rhythm",
    "Sex",
    "Specialty",
    "Strength",
    "Supply",
    "Urgency",
]
