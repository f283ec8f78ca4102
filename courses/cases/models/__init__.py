"""Cases, their consents, media, reviews, discussions and notices."""

from courses.cases.models.cases import Case
from courses.cases.models.consents import Consent, ConsentRelation, ConsentScope
from courses.cases.models.discussions import Remark, RemarkKind
from courses.cases.models.media import MediaAccess, MediaFile, MediaKind, MediaState, Rendition
from courses.cases.models.notices import MailFrequency, Notice, NoticeKind, NoticePreference
from courses.cases.models.reviews import Adherence, CaseReview, Recommendation, ReferralAdvice, ReviewStatus, Strength
from courses.cases.models.terms import AgeBand, Asa, CaseKind, CaseStatus, Referral, Sex, Specialty, Supply, Urgency

__all__ = [
    "Adherence",
    "AgeBand",
    "Asa",
    "Case",
    "CaseKind",
    "CaseReview",
    "CaseStatus",
    "Consent",
    "ConsentRelation",
    "ConsentScope",
    "MailFrequency",
    "MediaAccess",
    "MediaFile",
    "MediaKind",
    "MediaState",
    "Notice",
    "NoticeKind",
    "NoticePreference",
    "Recommendation",
    "Referral",
    "ReferralAdvice",
    "Remark",
    "RemarkKind",
    "Rendition",
    "ReviewStatus",
    "Sex",
    "Specialty",
    "Strength",
    "Supply",
    "Urgency",
]
