"""Signs of life of what no page can ask: when a part last worked, and when it last failed."""

from dataclasses import dataclass
from datetime import datetime

from jobs.models import PartSign


@dataclass(frozen=True, slots=True)
class Signs:
    """The instants; None for never."""

    well_at: datetime | None = None
    ill_at: datetime | None = None

    @property
    def is_ill(self) -> bool:
        """Whether the last thing heard of it was a failure."""
        return self.ill_at is not None and (self.well_at is None or self.well_at < self.ill_at)


def well(part: str, at: datetime) -> None:
    """It worked."""
    _note(PartSign(name=part, well_at=at), "well_at")


def ill(part: str, at: datetime) -> None:
    """It failed."""
    _note(PartSign(name=part, ill_at=at), "ill_at")


def of(part: str) -> Signs:
    """What is known of the part."""
    found = PartSign.objects.filter(name=part).values_list("well_at", "ill_at").first()
    return Signs(*found) if found else Signs()


def _note(sign: PartSign, field: str) -> None:
    PartSign.objects.bulk_create([sign], update_conflicts=True, update_fields=[field], unique_fields=["name"])
