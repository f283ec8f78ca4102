"""The closed lists of a case's form."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseKind(models.TextChoices):
    REVIEW = "review", _("A question to mentors")
    TEACHING = "teaching", _("A teaching case")


class CaseStatus(models.TextChoices):
    """From the author's draft to the closed loop; the middle ones are those of Project ECHO's clinics."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("waiting for release")
    SENT_BACK = "sent_back", _("sent back")
    WAITING = "waiting", _("waiting for a mentor")
    ASSIGNED = "assigned", _("assigned")
    UNDER_REVIEW = "under_review", _("under review")
    APPROVED = "approved", _("answered")
    CLOSED = "closed", _("closed")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Urgency(models.TextChoices):
    NOW = "now", _("Now")
    DAY = "day", _("Within 24 hours")
    WEEK = "week", _("Within 7 days")
    ELECTIVE = "elective", _("Elective")


class Specialty(models.TextChoices):
    PAEDIATRIC = "paediatric", _("Paediatric surgery")
    GENERAL = "general", _("General surgery")
    PLASTIC = "plastic", _("Plastic surgery and clefts")
    TRAUMA = "trauma", _("Trauma and orthopaedics")
    UROLOGY = "urology", _("Urology")
    GYNAECOLOGY = "gynaecology", _("Gynaecology and obstetrics")
    NEURO = "neuro", _("Neurosurgery")
    CARDIO = "cardio", _("Heart and chest")
    ENT = "ent", _("Ear, nose and throat")
    MAXILLOFACIAL = "maxillofacial", _("Mouth, jaw and teeth")
    OTHER = "other", _("Another specialty")


class AgeBand(models.TextChoices):
    """Bands, not ages: with a rare malformation and a small community, an exact age names a child."""

    NEWBORN = "0-28d", _("0 to 28 days")
    INFANT = "1-11m", _("1 to 11 months")
    TODDLER = "1-4y", _("1 to 4 years")
    CHILD = "5-9y", _("5 to 9 years")
    PRETEEN = "10-14y", _("10 to 14 years")
    TEEN = "15-17y", _("15 to 17 years")
    YOUNG = "18-39y", _("18 to 39 years")
    MIDDLE = "40-59y", _("40 to 59 years")
    OLDER = "60-79y", _("60 to 79 years")
    OLD = "80y", _("80 years and older")

    @property
    def is_child(self) -> bool:
        """Below eighteen."""
        return self in (
            AgeBand.NEWBORN,
            AgeBand.INFANT,
            AgeBand.TODDLER,
            AgeBand.CHILD,
            AgeBand.PRETEEN,
            AgeBand.TEEN,
        )


class Sex(models.TextChoices):
    FEMALE = "f", _("Female")
    MALE = "m", _("Male")
    OTHER = "oth", _("Other or not determined")


class Asa(models.TextChoices):
    """The physical status classes of the American Society of Anesthesiologists; E is an emergency."""

    I = "1", "I"  # noqa: E741 - the class is called so
    II = "2", "II"
    III = "3", "III"
    IV = "4", "IV"
    V = "5", "V"
    I_E = "1E", "I E"
    II_E = "2E", "II E"
    III_E = "3E", "III E"
    IV_E = "4E", "IV E"
    V_E = "5E", "V E"


class Supply(models.TextChoices):
    YES = "yes", _("There is enough")
    LIMITED = "limited", _("There is a little")
    NO = "no", _("There is none")
    UNKNOWN = "unknown", _("Not known")


class Referral(models.TextChoices):
    NONE = "none", _("Never needed")
    MADE = "made", _("The patient was referred")
    AVOIDED = "avoided", _("A referral was avoided")
