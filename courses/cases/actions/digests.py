"""The daily mail: what was noted before the last hour of digests and was not sent at once."""

from datetime import datetime

from django.db import transaction

from accounts.models import Person
from courses.cases.actions import notice_mails
from courses.cases.models import CaseStatus, Notice, NoticeKind, NoticePreference
from courses.cases.rules.notices import last_digest

# What these ask for is done once the case has moved on: no need to tell.
_WHILE = {NoticeKind.TO_RELEASE: CaseStatus.SUBMITTED, NoticeKind.WAITING: CaseStatus.WAITING}


def send_due(at: datetime) -> None:
    """Write to everybody whose digest is due at `at`, each in a transaction of their own. Idempotent: what was sent is
    not sent again, by this worker or another.
    """
    due = Notice.objects.filter(sent_at=None, at__lt=last_digest(at), person__is_active=True)
    for person in Person.objects.filter(pk__in=due.values("person")).order_by("pk"):
        _send(person, at)


@transaction.atomic
def _send(person: Person, at: datetime) -> None:
    unsent = Notice.objects.select_for_update(of=("self",)).filter(person=person, sent_at=None, at__lt=last_digest(at))
    notices = list(unsent.select_related("case"))
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(sent_at=at)
    told = [notice for notice in notices if _still_matters(notice)]
    if told:
        notice_mails.send_digest(person, told)
        NoticePreference.objects.filter(person=person).update(digest_sent_at=at)


def _still_matters(notice: Notice) -> bool:
    status = notice.case.status
    if status == CaseStatus.WITHDRAWN:
        return notice.kind in (NoticeKind.REVOKED, NoticeKind.WITHDRAWN)
    return _WHILE.get(NoticeKind(notice.kind), status) == status
