"""The discussion of a case, thread by thread."""

from dataclasses import dataclass, field

from courses.cases.models import Case, Remark


@dataclass(frozen=True, slots=True)
class Thread:
    """A remark and its replies, the oldest first. `is_open`: a clarifying question without an answer."""

    first: Remark
    replies: list[Remark] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return self.first.kind == "clarifying" and self.first.answered_at is None


def threads(case: Case) -> list[Thread]:
    """Open questions first, then by age. One query."""
    found: dict[int, Thread] = {}
    for remark in Remark.objects.filter(case=case).select_related("author").order_by("at", "id"):
        if remark.parent_id is None:
            found[remark.pk] = Thread(remark)
        else:
            found[remark.parent_id].replies.append(remark)
    return sorted(found.values(), key=lambda thread: not thread.is_open)


def find(case: Case, remark: str) -> Remark | None:
    """A remark of this case by its public id, with the first one of its thread. One query."""
    return Remark.objects.select_related("parent").filter(case=case, public_id=remark).first()
