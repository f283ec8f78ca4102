"""What a page shows of a case's discussion."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from courses.cases.forms.discussions import RemarkForm
from courses.cases.models import Case, RemarkKind
from courses.cases.policies.cases import Relations, may_ask_clarifying, may_discuss
from courses.cases.policies.reviews import may_see_discussion
from courses.cases.queries import discussions


def context(
    person: Person, case: Case, relations: Relations, *, typed: RemarkForm | None = None, back: str = ""
) -> dict[str, Any]:
    """For `cases/_discussion.html`. `typed` is a form that was refused: it takes the place of the one like it.
    `back`: the name of the page that shows it, where not the case's own. One query.
    """
    if not may_see_discussion(case, relations):
        return {"discussion": None}
    may_write = may_discuss(person, case, relations)
    asks = may_ask_clarifying(person, case, relations)
    parent = typed["parent"].value() if typed else None
    return {
        "discussion": {
            "threads": [
                (thread, _reply(person, case, thread, typed, parent) if may_write else None)
                for thread in discussions.threads(case)
            ],
            "comment": _new(RemarkKind.COMMENT, _("Write to everybody about this case"), typed) if may_write else None,
            "question": _new(RemarkKind.CLARIFYING, _("Ask the author"), typed) if may_write and asks else None,
            "back": back,
        }
    }


def _reply(person: Person, case: Case, thread: discussions.Thread, typed: RemarkForm | None, parent: Any) -> RemarkForm:
    first = thread.first
    if typed is not None and parent == first.public_id:
        return typed
    answers = thread.first.kind == RemarkKind.CLARIFYING and person.pk == case.author_id
    label = _("Your answer") if answers else _("Your reply")
    return RemarkForm(initial={"parent": first.public_id}, label=label, auto_id=f"id_{first.public_id}_%s")


def _new(kind: RemarkKind, label: Any, typed: RemarkForm | None) -> RemarkForm:
    if typed is not None and not typed["parent"].value() and typed["kind"].value() == kind:
        return typed
    return RemarkForm(initial={"kind": kind}, label=label, auto_id=f"id_{kind}_%s")
