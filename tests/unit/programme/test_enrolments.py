"""Places are given once, and a stranger changes nothing about a person we know."""

from datetime import timedelta

import pytest
from django.core import mail
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Licence, Person
from courses.programme.actions import enrolments
from courses.programme.models import Enrolment
from courses.programme.queries import links
from courses.programme.rules import enrolments as rules
from shared.clock import now
from shared.errors import DomainError
from tests import factories
from tests.registering import AT, CMP, CONFIRMED, answers, calendar_of, register, sent

# The rules, against a slow obvious model: a line of people before a row of chairs.


@given(st.lists(st.sampled_from(["come", "go", "chair"]), max_size=40), st.integers(0, 4))
def test_the_waiting_list_is_a_line_before_chairs(steps: list[str], capacity: int) -> None:
    seated: list[int] = []
    line: list[int] = []
    confirmed, waiting = 0, 0
    for number, step in enumerate(steps):
        if step == "come":
            status = rules.status_for(capacity=capacity, confirmed=confirmed, waiting=waiting)
            confirmed, waiting = (confirmed + 1, waiting) if status == CONFIRMED else (confirmed, waiting + 1)
            (seated if len(seated) < capacity and not line else line).append(number)
        elif step == "go" and seated:
            seated.pop()
            confirmed -= 1
        elif step == "chair":
            capacity += 1
        up = rules.promotions(capacity=capacity, confirmed=confirmed, waiting=waiting)
        confirmed, waiting = confirmed + up, waiting - up
        while line and len(seated) < capacity:
            seated.append(line.pop(0))
        assert (confirmed, waiting) == (len(seated), len(line))


@settings(max_examples=50)
@given(st.integers(-40, 40))
def test_a_link_lives_seven_days_beyond_the_end(days: int) -> None:
    refusal = rules.entry_refusal(status="confirmed", is_cancelled=False, end_at=AT, at=AT + timedelta(days=days))
    assert refusal == ("link.expired" if days > 7 else None)


@pytest.mark.parametrize(("seconds", "may"), [(0, False), (59, False), (60, True), (3600, True)])
def test_links_are_mailed_again_after_a_minute(seconds: int, may: bool) -> None:
    assert rules.may_mail_again(sent_at=AT, at=AT + timedelta(seconds=seconds)) is may
    assert rules.may_mail_again(sent_at=None, at=AT)


# Registering


@pytest.mark.django_db
def test_somebody_new_gets_a_place_a_person_and_a_mail() -> None:
    session = factories.session(title="Cleft lip")
    enrolment = register(session, "Rosa@Example.org", licences=(CMP,))

    assert enrolment.status == CONFIRMED
    assert enrolment.licences == [CMP]
    assert enrolment.privacy_version == "2026-12"
    person = enrolment.person
    assert (person.email, person.full_name, person.region) == ("rosa@example.org", "Rosa Huamán", "PE-LOR")
    assert not person.has_usable_password()
    assert person.licences.get().number == "12345"
    message = sent()
    assert message.to == ["rosa@example.org"]
    assert message.subject == "Keep your place: Cleft lip"
    assert links.join_url(enrolment) in message.body
    assert links.withdraw_url(enrolment) in message.body
    event = calendar_of(message).walk("VEVENT")[0]
    assert str(event["URL"]) == links.join_url(enrolment)
    assert len(message.message().as_bytes()) < 30_000


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("country", "line"),
    [("AR", "12:00 to 14:00 (time of Buenos Aires)"), ("BR", "15:00 to 17:00 (time of UTC)")],
)
def test_the_mail_tells_the_time_there_and_here(country: str, line: str) -> None:
    session = factories.session(starts_at=AT.replace(year=2027), time_zone="America/Lima")
    register(session, country=country, region="")
    assert "10:00 to 12:00 (time of Lima)" in sent().body
    assert line in sent().body


@pytest.mark.django_db
def test_the_mail_tells_the_time_once_where_the_clocks_agree() -> None:
    register(factories.session(time_zone="America/Argentina/Cordoba"), country="AR", region="AR-X")
    assert sent().body.partition("The place is held")[0].count("(time of ") == 1


@pytest.mark.django_db
def test_the_mail_speaks_the_language_chosen() -> None:
    register(factories.session(), language="es")
    assert sent().extra_headers["Content-Language"] == "es"


@pytest.mark.django_db
def test_a_known_persons_profile_is_left_alone_by_strangers() -> None:
    known = factories.person(email="rosa@example.org", full_name="Dr Rosa", specialty="")
    enrolment = register(factories.session(), full_name="Somebody else", licences=(CMP,))

    known.refresh_from_db()
    assert enrolment.person == known
    assert enrolment.full_name == "Somebody else"
    assert (known.full_name, known.specialty) == ("Dr Rosa", "")
    assert not Licence.objects.exists()


@pytest.mark.django_db
def test_a_signed_in_persons_empty_fields_are_completed() -> None:
    known = factories.person(full_name="Dr Rosa", specialty="")
    enrolments.register(
        session=factories.session(), email=known.email, answers=answers(licences=(CMP,)), by=known, at=now()
    )
    known.refresh_from_db()
    assert (known.full_name, known.specialty) == ("Dr Rosa", "Paediatric surgery")
    assert known.licences.count() == 1


@pytest.mark.django_db
def test_registering_twice_changes_nothing_and_mails_the_links_at_most_once_a_minute() -> None:
    session = factories.session()
    first = register(session)
    again = register(session, channel="auditorium", full_name="Mallory")
    assert (again.pk, again.channel, again.full_name) == (first.pk, "remote", "Rosa Huamán")
    assert len(mail.outbox) == 1

    Enrolment.objects.update(link_sent_at=now() - timedelta(minutes=2))
    register(session)
    assert len(mail.outbox) == 2
    assert sent().subject.startswith("Your link again")
    assert "already registered" in sent().body
    assert links.join_url(first) in sent().body


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [
        {"is_registration_open": False},
        {"cancelled_at": AT},
        {"ended_at": AT},
        {"starts_at": AT - timedelta(days=99)},
    ],
)
def test_a_closed_session_takes_nobody(fields: dict[str, object]) -> None:
    with pytest.raises(DomainError, match=r"enrolment\.closed"):
        register(factories.session(**fields))
    assert not Person.objects.exists()
    assert mail.outbox == []


@pytest.mark.django_db
def test_an_unpublished_session_takes_nobody() -> None:
    with pytest.raises(DomainError, match=r"enrolment\.closed"):
        register(factories.session(course=factories.course(is_published=False)))


@pytest.mark.django_db
def test_a_channel_without_any_place_is_refused() -> None:
    with pytest.raises(DomainError) as caught:
        register(factories.session(auditorium_capacity=0), channel="auditorium")
    assert (caught.value.code, caught.value.field) == ("enrolment.channel.none", "channel")
