"""Cases and their lists."""

from courses.models import Case


def find(case: str) -> Case | None:
    """With author, course, consent and session at hand. One query."""
    return Case.objects.select_related("author", "course", "consent", "session").filter(public_id=case).first()
