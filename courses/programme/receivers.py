"""What the programme does when somebody signs in."""

from typing import Any

from django.http import HttpRequest

from courses.programme.actions import passes


def take_passes(sender: object, request: HttpRequest, **kwargs: Any) -> None:
    """A shared computer: the links that others opened here are not the new person's."""
    passes.take_all(browser=request.session)
