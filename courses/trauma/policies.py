"""Who may write, read and count in the trauma registry. Nobody else decides."""

from accounts.models import Person
from accounts.policies import Visitor, may_plan_somewhere, organisations_as
from accounts.rules.roles import Role
from courses.cases.policies.cases import may_write_case
from courses.programme.queries import people
from courses.trauma.models import TraumaRecord


def may_write_trauma(person: Visitor) -> bool:
    """Add a record and see the counts: whoever may write cases. Two queries."""
    return may_write_case(person)


def may_see_record(person: Visitor, record: TraumaRecord) -> bool:
    """Read and correct one: its author, and the coordinators of its course's organisation; of one without a course
    those whose organisation its author belongs to. One query at most.
    """
    if not isinstance(person, Person) or not person.is_active:
        return False
    own = organisations_as(person, Role.COORDINATOR)
    if record.author_id == person.pk or not own:
        return record.author_id == person.pk
    if record.course:
        return record.course.organisation_id in own
    return people.of(own).filter(pk=record.author_id).exists()


def may_see_registry(person: Visitor) -> bool:
    """The registry of one's organisations, small cells too, and as a file: coordinators. Others see their own records,
    and of their courses' nothing but counts in which nobody stands out.
    """
    return may_plan_somewhere(person)
