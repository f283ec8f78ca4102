"""What registration does when planning changes a session: queued with the change, done by the task queue.

Each person's letter is a transaction of its own, so that a full house never keeps the live room from writing.
"""

from django.db import transaction
from django_tasks import task

from courses.programme.actions import enrolment_mails, seats
from courses.programme.actions.enrolment_mails import Letter
from courses.programme.models import Enrolment, Session
from courses.programme.rules.enrolments import ACTIVE
from courses.programme.rules.sessions import Phase
from shared.clock import now


@task()
def tell_everybody(session: str) -> None:
    """Write to everybody who has a place, or asked or waits for one, how the session with this public id stands now.

    Idempotent: a registration keeps the SEQUENCE it was told last, so run again it writes to those still untold alone.
    """
    found = Session.objects.get(public_id=session)
    if found.phase(now()) is Phase.OVER:  # nobody needs the plan of what is over
        return
    untold = Enrolment.objects.filter(session=found, told_sequence__lt=found.sequence)
    for pk in list(untold.filter(status__in=ACTIVE).order_by("pk").values_list("pk", flat=True)):
        _tell(pk, found)


@task()
def fill_places(session: str) -> None:
    """Give the places added to the session with this public id to those who wait. Idempotent."""
    seats.promote(session=Session.objects.get(public_id=session), at=now())


@transaction.atomic
def _tell(pk: int, session: Session) -> None:
    """Unless they withdrew meanwhile, or another worker told them first."""
    untold = Enrolment.objects.filter(pk=pk, told_sequence__lt=session.sequence)
    if untold.filter(status__in=ACTIVE).update(told_sequence=session.sequence):
        letter = Letter.CANCELLED if session.cancelled_at else Letter.CHANGED
        enrolment_mails.send(Enrolment.objects.select_related("person").get(pk=pk), session, letter, now())
