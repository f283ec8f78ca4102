"""What the programme does when somebody signs in."""

from typing import Any

from django.http import HttpRequest

from accounts.models import Person
from courses.programme.actions import enrolments, passes
from shared.clock import now


def take_passes(sender: object, request: HttpRequest, **kwargs: Any) -> None:
    """A shared computer: the links that others opened here are not the new person's."""
    passes.take_all(browser=request.session)


def keep_answer(sender: object, user: Person, **kwargs: Any) -> None:
    """Whoever signed in has proved the mailbox: their registrations need no other answer."""
    enrolments.answer_all(person=user, at=now())
