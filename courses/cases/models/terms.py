"""The closed lists of a case's form, in words."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.cases.rules import terms


class CaseKind(models.TextChoices):
    REVIEW = "review", _("A question to mentors")
    TEACHING = "teaching", _("A teaching case")


class CaseStatus(models.TextChoices):
    """From the author's draft to the closed loop; the middle ones are those of Project ECHO's clinics."""

    DRAFT = terms.CaseStatus.DRAFT, _("draft")
    SUBMITTED = terms.CaseStatus.SUBMITTED, _("waiting for release")
    SENT_BACK = terms.CaseStatus.SENT_BACK, _("sent back")
    WAITING = terms.CaseStatus.WAITING, _("waiting for a mentor")
    ASSIGNED = terms.CaseStatus.ASSIGNED, _("assigned")
    UNDER_REVIEW = terms.CaseStatus.UNDER_REVIEW, _("under review")
    APPROVED = terms.CaseStatus.APPROVED, _("answered")
    CLOSED = terms.CaseStatus.CLOSED, _("closed")
    WITHDRAWN = terms.CaseStatus.WITHDRAWN, _("withdrawn")


class Urgency(models.TextChoices):
    NOW = terms.Urgency.NOW, _("Now")
    DAY = terms.Urgency.DAY, _("Within 24 hours")
    WEEK = terms.Urgency.WEEK, _("Within 7 days")
    ELECTIVE = terms.Urgency.ELECTIVE, _("Elective")


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

    NEWBORN = terms.AgeBand.NEWBORN, _("0 to 28 days")
    INFANT = terms.AgeBand.INFANT, _("1 to 11 months")
    TODDLER = terms.AgeBand.TODDLER, _("1 to 4 years")
    CHILD = terms.AgeBand.CHILD, _("5 to 9 years")
    PRETEEN = terms.AgeBand.PRETEEN, _("10 to 14 years")
    TEEN = terms.AgeBand.TEEN, _("15 to 17 years")
    YOUNG = terms.AgeBand.YOUNG, _("18 to 39 years")
    MIDDLE = terms.AgeBand.MIDDLE, _("40 to 59 years")
    OLDER = terms.AgeBand.OLDER, _("60 to 79 years")
    OLD = terms.AgeBand.OLD, _("80 years and older")

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
