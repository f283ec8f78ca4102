"""Mail over a real SMTP server: queued with the transaction, kept while the server is away, sent once."""

import email
import email.policy
import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from jobs import mail, retries, signs
from jobs.worker import Worker


class Mailbox:
    """Keeps what arrives; answers with `refusal` when it is set."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.refusal = ""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.refusal:
            return self.refusal
        self.messages.append(email.message_from_bytes(envelope.content, policy=email.policy.default))  # type: ignore[arg-type]
        return "250 OK"


@pytest.fixture
def port(settings: Any) -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free: int = probe.getsockname()[1]
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free
    return free


@pytest.fixture
def mailbox(port: int) -> Iterator[Mailbox]:
    handler = Mailbox()
    server = Controller(handler, hostname="127.0.0.1", port=port)
    server.start()
    yield handler
    server.stop()


@pytest.fixture
def worker() -> Worker:
    return Worker(threading.Event())


def send(**changes: Any) -> None:
    mail.send(**{"to": "rosa@example.org", "subject": "Tu lugar", "text": "Hola, Rosa.", "language": "es"} | changes)


@pytest.mark.django_db(transaction=True)
def test_a_message_arrives_whole(mailbox: Mailbox, worker: Worker) -> None:
    send(html="<p>Hola, Rosa.</p>", attachments=[("sesión.ics", b"BEGIN:VCALENDAR\r\n", "text/calendar")])
    assert worker.work_one()
    [message] = mailbox.messages
    assert (message["To"], message["Subject"], message["Content-Language"]) == ("rosa@example.org", "Tu lugar", "es")
    assert message.get_body(("plain",)).get_content().strip() == "Hola, Rosa."  # type: ignore[union-attr]
    assert message.get_body(("html",)).get_content().strip() == "<p>Hola, Rosa.</p>"  # type: ignore[union-attr]
    [attached] = message.iter_attachments()
    assert (attached.get_filename(), attached.get_content_type()) == ("sesión.ics", "text/calendar")


@pytest.mark.django_db(transaction=True)
def test_nothing_leaves_when_the_transaction_fails(mailbox: Mailbox, worker: Worker) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        send()
        raise RuntimeError
    assert not worker.work_one()
    assert mailbox.messages == []


@pytest.mark.django_db(transaction=True)
def test_it_waits_for_a_server_that_is_down(port: int, worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    tried_at = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(retries, "now", lambda: tried_at)
    send()
    assert worker.work_one()
    [waiting] = DBTaskResult.objects.filter(status="READY")
    assert waiting.run_after == tried_at + timedelta(seconds=retries.DELAYS[0])
    assert not worker.work_one()

    handler = Mailbox()
    server = Controller(handler, hostname="127.0.0.1", port=port)
    server.start()
    try:
        DBTaskResult.objects.filter(pk=waiting.pk).update(run_after=timezone.now())
        assert worker.work_one()
    finally:
        server.stop()
    assert len(handler.messages) == 1
    assert not DBTaskResult.objects.filter(status="READY").exists()


@pytest.mark.django_db(transaction=True)
def test_every_try_bears_the_same_message_id(mailbox: Mailbox, worker: Worker) -> None:
    mailbox.refusal = "451 later, please"
    send()
    assert worker.work_one()
    DBTaskResult.objects.update(run_after=timezone.now())
    mailbox.refusal = ""
    assert worker.work_one()
    [stored] = {task.args_kwargs["args"][0]["headers"]["Message-ID"] for task in DBTaskResult.objects.all()}
    assert mailbox.messages[0]["Message-ID"] == stored


@pytest.mark.django_db(transaction=True)
def test_a_final_no_is_not_asked_again(mailbox: Mailbox, worker: Worker) -> None:
    mailbox.refusal = "550 no such person"
    send()
    assert worker.work_one()
    assert not DBTaskResult.objects.filter(status="READY").exists()
    assert DBTaskResult.objects.failed().count() == 1


@pytest.mark.django_db(transaction=True)
def test_it_gives_up_after_the_last_delay(port: int, worker: Worker) -> None:
    send()
    for _ in retries.DELAYS:
        DBTaskResult.objects.update(run_after=timezone.now())
        assert worker.work_one()
    DBTaskResult.objects.update(run_after=timezone.now())
    assert worker.work_one()
    assert not DBTaskResult.objects.filter(status="READY").exists()
    assert DBTaskResult.objects.failed().count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_line_break_cannot_add_a_header(mailbox: Mailbox, worker: Worker) -> None:
    send(subject="Tu lugar\r\nBcc: other@example.org")
    assert worker.work_one()
    assert mailbox.messages[0]["Subject"] == "Tu lugar Bcc: other@example.org"
    assert mailbox.messages[0]["Bcc"] is None


@pytest.mark.django_db(transaction=True)
def test_what_was_sent_is_forgotten(mailbox: Mailbox, worker: Worker) -> None:
    send(text="Your code: ABCD-EFGH")
    assert worker.work_one()
    [task] = DBTaskResult.objects.all()
    assert task.args_kwargs["args"][0].keys() == {"to", "headers"}
    DBTaskResult.objects.update(status="READY")  # a worker killed between handing it over and noting so
    assert worker.work_one()
    assert len(mailbox.messages) == 1


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_waits_is_kept_in_one_place(mailbox: Mailbox, worker: Worker) -> None:
    mailbox.refusal = "451 later, please"
    send(text="Your code: ABCD-EFGH", until=timezone.now() + timedelta(minutes=15))
    assert worker.work_one()
    texts = {task.status: task.args_kwargs["args"][0].get("text") for task in DBTaskResult.objects.all()}
    assert texts == {"SUCCESSFUL": None, "READY": "Your code: ABCD-EFGH"}
    assert DBTaskResult.objects.get(status="READY").priority == mail.URGENT


@pytest.mark.django_db(transaction=True)
def test_a_code_that_opens_nothing_any_more_is_not_sent(mailbox: Mailbox, worker: Worker) -> None:
    send(until=timezone.now() - timedelta(seconds=1))
    assert worker.work_one()
    assert mailbox.messages == []
    assert "text" not in DBTaskResult.objects.get().args_kwargs["args"][0]


@pytest.mark.django_db(transaction=True)
def test_who_waits_before_a_page_is_served_first(mailbox: Mailbox, worker: Worker) -> None:
    send(subject="News")
    send(subject="Code", until=timezone.now() + timedelta(minutes=15))
    assert worker.work_one()
    assert [message["Subject"] for message in mailbox.messages] == ["Code"]


@pytest.mark.django_db(transaction=True)
def test_the_mail_server_leaves_signs_of_life(mailbox: Mailbox, worker: Worker) -> None:
    assert not signs.of(mail.PART).is_ill
    mailbox.refusal = "451 later, please"
    send()
    assert worker.work_one()
    assert signs.of(mail.PART).is_ill
    mailbox.refusal = ""
    send()
    assert worker.work_one()
    assert not signs.of(mail.PART).is_ill
    mailbox.refusal = "550 no such person"
    send()
    assert worker.work_one()
    assert not signs.of(mail.PART).is_ill, "a server that says no is a server that answers"
