"""Sending mail: queued in the transaction that causes it, tried again while the mail server is away."""

import logging
from base64 import b64decode, b64encode
from collections.abc import Sequence
from datetime import datetime
from email.utils import make_msgid, parseaddr
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django_tasks import TaskContext, task
from django_tasks_db import DatabaseBackend
from django_tasks_db.models import DBTaskResult

from jobs import retries, signs
from shared.clock import now

logger = logging.getLogger(__name__)

Attachment = tuple[str, bytes, str]
PART: Final = "mail"  # under which its signs of life are kept
URGENT: Final = 50  # the priority of what somebody is waiting for in front of a page


def send(
    *,
    to: str,
    subject: str,
    text: str,
    html: str | None = None,
    attachments: Sequence[Attachment] = (),
    language: str,
    until: datetime | None = None,
    due: datetime | None = None,
) -> None:
    """Queue one message to one address; it leaves only if the caller's transaction commits, and not before `due`.

    With `until` somebody waits for it: it goes before others, and is worth nothing after that instant.

    `text` and `html` are already in `language`, which the message names. `attachments` are (file name, bytes, media
    type). Not idempotent: two calls are two messages; one call may arrive twice, under one Message-ID, if the server
    dies between handing it over and noting so.
    """
    later = due if due and due > now() and deliver.get_backend().supports_defer else None
    deliver.using(priority=URGENT if until else 0, run_after=later).enqueue(
        {
            "to": to,
            "subject": " ".join(subject.split()),  # a header is one line
            "text": text,
            "html": html,
            "attachments": [[name, b64encode(content).decode(), kind] for name, content, kind in attachments],
            "headers": {"Message-ID": make_msgid(domain=_sender_domain()), "Content-Language": language},
            "until": until.isoformat() if until else None,
        }
    )


def render_and_send(
    template: str,
    *,
    to: str,
    language: str,
    context: dict[str, Any],
    attachments: Sequence[Attachment] = (),
    due: datetime | None = None,
) -> None:
    """Render `mail/<template>.txt` and `.html` in `language` and queue them as one message; the `subject` is the
    context's. As `send` otherwise. Lazy texts in the context speak that language too.
    """
    with translation.override(language):
        context = {"site_url": settings.SITE_URL, **context}
        send(
            to=to,
            subject=str(context["subject"]),
            text=render_to_string(f"mail/{template}.txt", context),
            html=render_to_string(f"mail/{template}.html", context),
            attachments=attachments,
            language=language,
            due=due,
        )


@task(takes_context=True)
def deliver(context: TaskContext, message: dict[str, Any], attempt: int = 1) -> None:
    """Hand a queued message to the mail server; queue it again, later, when that fails for a passing reason.

    What was said is forgotten with it: links and codes are of no use to whoever reads old tasks.
    """
    until = message.get("until")
    name = message["headers"]["Message-ID"]
    if "text" not in message:  # handed over already, by a worker that was killed before it could note so
        return
    if until and datetime.fromisoformat(until) < now():
        logger.warning("Mail %s was not sent in time", name)
        _forget(context, message)
        return
    try:
        _build(message).send()
    except (SMTPException, OSError) as error:
        is_final = _is_final(error)
        if not is_final:
            signs.ill(PART, now())
        if is_final or attempt > len(retries.DELAYS):
            logger.error("Mail %s given up at try %s: %s", name, attempt, error)
            raise
        delay = retries.DELAYS[attempt - 1]
        logger.warning("Mail %s waits %s s: %s", name, delay, error)
        retries.again(deliver, message, attempt, priority=URGENT if until else 0)
    else:
        signs.well(PART, now())
    _forget(context, message)


def _forget(context: TaskContext, message: dict[str, Any]) -> None:
    if not isinstance(context.task_result.task.get_backend(), DatabaseBackend):
        return  # it kept nothing
    kept = {"args": [{"to": message["to"], "headers": message["headers"]}], "kwargs": {}}
    DBTaskResult.objects.filter(pk=context.task_result.id).update(args_kwargs=kept)


def _build(message: dict[str, Any]) -> EmailMultiAlternatives:
    mail = EmailMultiAlternatives(
        subject=message["subject"], body=message["text"], to=[message["to"]], headers=message["headers"]
    )
    if message["html"]:
        mail.attach_alternative(message["html"], "text/html")
    for name, content, kind in message["attachments"]:
        mail.attach(name, b64decode(content), kind)
    return mail


def _is_final(error: Exception) -> bool:
    """The mail server said no for good (5xx), to the message or to its recipient.

    A refused sender or password is not: somebody will mend the settings.
    """
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, SMTPDataError) and error.smtp_code >= 500


def _sender_domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
