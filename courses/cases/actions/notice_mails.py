"""The mails about cases: the code, the news in words and a link. Nothing of the patient ever travels by mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import Person
from courses.cases.models import Notice, NoticeKind
from courses.cases.queries.notices import address
from jobs import mail
from shared.texts import Text

LINES = 50  # of a digest: a mail stays below 30 kB


@dataclass(frozen=True, slots=True)
class Words:
    """Subject and one or two sentences."""

    subject: Text
    lead: Text


WORDS: Final[dict[str, Words]] = {
    NoticeKind.TO_RELEASE: Words(
        _("Case %(code)s waits for its release"),
        _("A case was submitted. Look through its texts and pictures, then release it or send it back."),
    ),
    NoticeKind.WAITING: Words(
        _("Case %(code)s waits for a mentor"),
        _("A case was released to your course. Take it if you can answer it."),
    ),
    NoticeKind.ASSIGNED: Words(
        _("Case %(code)s was given to you"),
        _("You were asked to review this case. If you cannot, give it back, so that somebody else can take it."),
    ),
    NoticeKind.QUESTION: Words(
        _("A mentor asks about case %(code)s"),
        _("The mentor needs a word from you before going on."),
    ),
    NoticeKind.ANSWER: Words(
        _("Your question about case %(code)s was answered"),
        _("The author answered. You can go on with your review."),
    ),
    NoticeKind.REMARK: Words(
        _("Somebody wrote about case %(code)s"),
        _("There is something new in the discussion."),
    ),
    NoticeKind.SENT_BACK: Words(
        _("Case %(code)s needs something from you"),
        _("It was sent back because something is missing. Open it to see what, then submit it again."),
    ),
    NoticeKind.APPROVED: Words(
        _("A mentor answered case %(code)s"),
        _("The recommendations are there to read. Later, please say what was done."),
    ),
    NoticeKind.OVERDUE: Words(
        _("Case %(code)s is late"),
        _("Nobody has answered it in the time its urgency allows. Please take it, or see that somebody does."),
    ),
    NoticeKind.FOLLOW_UP: Words(
        _("An outcome of case %(code)s is due"),
        _("Please write down how the patient is. “Not seen again” is an answer too."),
    ),
    NoticeKind.REVOKED: Words(
        _("A consent was withdrawn: case %(code)s"),
        _("Its photos, scans and videos are closed to everybody from now on. Please keep no copies."),
    ),
    NoticeKind.WITHDRAWN: Words(
        _("Case %(code)s was taken back"),
        _("Its author withdrew it, so nobody sees it any more. You need not do anything."),
    ),
}


def send(notice: Notice) -> None:
    """Queue the mail, in the person's language, inside the caller's transaction."""
    person = notice.person
    with translation.override(person.reading_language):
        context = {
            "subject": str(WORDS[notice.kind].subject) % {"code": notice.case.code},
            "lead": WORDS[notice.kind].lead,
            "code": notice.case.code,
            "address": address(notice),
        }
        _send(person, "case_notice", context)


def send_digest(person: Person, notices: Sequence[Notice]) -> None:
    """One mail with all of these, by case, in the order they came. Inside the caller's transaction."""
    with translation.override(person.reading_language):
        count = len({notice.case_id for notice in notices})
        subject = ngettext("News of %(count)s case", "News of %(count)s cases", count) % {"count": count}
        lines = [
            {"text": str(WORDS[notice.kind].subject) % {"code": notice.case.code}, "address": address(notice)}
            for notice in sorted(notices, key=lambda n: n.at)[:LINES]
        ]
        more = max(0, len(notices) - LINES)
        _send(person, "case_digest", {"subject": subject, "lines": lines, "more": more})


def _send(person: Person, template: str, context: dict[str, Any]) -> None:
    preferences_url = settings.SITE_URL + reverse("courses:notice-preferences")
    mail.render_and_send(
        template,
        to=person.email,
        language=person.reading_language,
        context={"person": person, "preferences_url": preferences_url, **context},
    )
