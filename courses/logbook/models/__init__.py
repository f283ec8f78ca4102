"""Logbook entries, instruments and ratings."""

from courses.logbook.models.assessments import (
    Instrument,
    RaterRole,
    Rating,
    RatingMode,
    RatingRequest,
    SelfRatingWaiver,
)
from courses.logbook.models.logbooks import Autonomy, LogbookEntry, Procedure, Result, SurgeonRole

__all__ = [
    "Autonomy",
    "Instrument",
    "LogbookEntry",
    "Procedure",
    "RaterRole",
    "Rating",
    "RatingMode",
    "RatingRequest",
    "Result",
    "SelfRatingWaiver",
    "SurgeonRole",
]
