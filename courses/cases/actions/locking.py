"""Holding a case still while it is changed."""

from courses.cases.models import Case


def locked(case: Case) -> Case:
    """The case as it stands, with its author, course, consent and session, its row held until commit. One query."""
    held = Case.objects.select_for_update(of=("self",)).select_related("author", "course", "consent", "session")
    return held.get(pk=case.pk)
