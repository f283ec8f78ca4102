"""Withdrawing by the link of the mail, and the way back."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from courses.programme.models import Enrolment, EnrolmentStatus, Session
from courses.programme.queries import links
from courses.programme.queries.links import Purpose
from shared.ids import public_id
from tests import factories

pytestmark = pytest.mark.django_db


def page(enrolment: Enrolment, name: str = "enrolment-withdraw", purpose: Purpose = Purpose.WITHDRAW) -> str:
    return reverse(f"courses:{name}", args=[links.token(enrolment, purpose)])


def status(enrolment: Enrolment) -> str:
    enrolment.refresh_from_db()
    return enrolment.status


def test_asks_first(client: Client) -> None:
    enrolment = factories.enrolment()
    assert "Withdraw from this session?" in client.get(page(enrolment)).content.decode()
    assert status(enrolment) == EnrolmentStatus.CONFIRMED
    assert mail.outbox == []


def test_withdraws_once_and_offers_the_way_back(client: Client) -> None:
    enrolment = factories.enrolment()
    for _ in range(2):
        answer = client.post(page(enrolment), follow=True)
        assert "You withdrew" in answer.content.decode()
        assert "Register me again" in answer.content.decode()
    assert status(enrolment) == EnrolmentStatus.WITHDRAWN
    assert len(mail.outbox) == 1

    answer = client.post(page(enrolment, "enrolment-return"), follow=True)
    assert "Look into your mailbox" in answer.content.decode()
    assert status(enrolment) == EnrolmentStatus.CONFIRMED
    assert mail.outbox[1].subject.startswith("You are registered")


def test_there_is_no_way_back_into_a_closed_session(client: Client) -> None:
    enrolment = factories.enrolment(status=EnrolmentStatus.WITHDRAWN)
    Session.objects.update(is_registration_open=False)
    assert "Register me again" not in client.get(page(enrolment)).content.decode()
    answer = client.post(page(enrolment, "enrolment-return"), follow=True)
    assert "You withdrew" in answer.content.decode()
    assert status(enrolment) == EnrolmentStatus.WITHDRAWN


def test_only_the_right_link_withdraws(client: Client) -> None:
    enrolment = factories.enrolment()
    join = page(enrolment, purpose=Purpose.JOIN)
    void = page(enrolment)
    Enrolment.objects.update(link_key=public_id())
    for address in (join, void, void.replace("/withdraw/", "/withdraw/x"), "/withdraw/nothing/"):
        assert client.post(address).status_code == 404
        assert client.get(address).status_code == 404
        assert client.post(f"{address}back/").status_code == 404
    assert status(enrolment) == EnrolmentStatus.CONFIRMED


def test_after_the_end_history_stays(client: Client) -> None:
    enrolment = factories.enrolment()
    Session.objects.update(ended_at=enrolment.session.starts_at)
    page_after = client.get(page(enrolment)).content.decode()
    assert "nothing left to withdraw from" in page_after and "Keep my place" not in page_after
    answer = client.post(page(enrolment))
    assert (answer.status_code, "nothing left to withdraw from" in answer.content.decode()) == (409, True)
    assert (status(enrolment), mail.outbox) == (EnrolmentStatus.CONFIRMED, [])
