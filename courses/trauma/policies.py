"""Who may write, read and count in the trauma registry. Nobody else decides."""

from accounts.models import Person
from accounts.policies import Visitor, may_plan
from courses.cases.policies.cases import may_write_case
from courses.trauma.models import TraumaRecord


def may_write_trauma(person: Visitor) -> bool:
    """Add a record and see the counts: whoever may write cases. Two queries."""
    return may_write_case(person)


def may_see_record(person: Visitor, record: TraumaRecord) -> bool:
    """Read and correct one: its author, and coordinators."""
    return isinstance(person, Person) and person.is_active and (record.author_id == person.pk or may_plan(person))


def may_see_all_records(person: Visitor) -> bool:
    """The whole registry, small cells too, and as a file: coordinators. Others see their own records, and of their
    courses' nothing but counts in which nobody stands out.
    """
    return may_plan(person)
