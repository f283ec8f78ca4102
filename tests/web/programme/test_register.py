"""The registration page: everybody gets the same answer, and nothing typed is lost."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import Licence
from courses.programme.models import Enrolment, EnrolmentStatus, Session
from courses.programme.queries import links
from courses.programme.queries.links import Purpose
from tests import factories

pytestmark = pytest.mark.django_db

FORM = {
    "full_name": "Rosa Huamán",
    "email": "rosa@example.org",
    "profession": "surgeon",
    "specialty": "Paediatric surgery",
    "institution": "Hospital Regional",
    "country": "PE",
    "region": "PE-LOR",
    "channel": "remote",
    "language": "es",
    "privacy": "on",
    "licences-TOTAL_FORMS": "2",
    "licences-INITIAL_FORMS": "0",
    "licences-0-country": "PE",
    "licences-0-kind": "CMP",
    "licences-0-number": "12345",
    "licences-0-jurisdiction": "",
    "licences-1-country": "PE",
    "licences-1-kind": "",
    "licences-1-number": "",
    "licences-1-jurisdiction": "",
}


def page(session: Session) -> str:
    return reverse("courses:enrolment-register", kwargs={"session": session.public_id})


def test_a_stranger_registers(client: Client) -> None:
    session = factories.session()
    answer = client.post(page(session), FORM)

    assert answer.status_code == 302
    enrolment = Enrolment.objects.get()
    assert (enrolment.session, enrolment.status, enrolment.region) == (session, EnrolmentStatus.CONFIRMED, "PE-LOR")
    assert enrolment.licences == [{"country": "PE", "kind": "CMP", "number": "12345", "jurisdiction": ""}]
    assert mail.outbox[0].to == ["rosa@example.org"]
    assert "Look into your mailbox" in client.get(answer["Location"]).content.decode()
    assert "_auth_user_id" not in client.session
    assert "passes" not in client.session


def test_the_answer_does_not_tell_who_is_known_or_registered(client: Client) -> None:
    session = factories.session()
    factories.person(email="known@example.org")
    factories.enrolment(session=session, person=factories.person(email="here@example.org"), channel="auditorium")
    answers = [client.post(page(session), FORM | {"email": f"{who}@example.org"}) for who in ("new", "known", "here")]

    assert len({(answer.status_code, answer["Location"]) for answer in answers}) == 1
    assert [message.to[0].partition("@")[0] for message in mail.outbox] == ["new", "known", "here"]
    assert mail.outbox[2].subject.startswith(("Your link again", "Su enlace", "Tu enlace"))


@pytest.mark.parametrize("name", ["\u200b\u200b", "\u2800", "\u3164", "\u2060", "…", "\u0301"])
def test_what_cannot_be_seen_is_no_name(client: Client, name: str) -> None:
    answer = client.post(page(factories.session()), FORM | {"full_name": name})
    assert "full_name" in answer.context["form"].errors
    assert not Enrolment.objects.exists()


def test_names_are_kept_as_they_are_seen(client: Client) -> None:
    typed = {"full_name": " Jose\u0301\u202e\n Mun\u0303oz\u2800", "institution": "Hospital\u200b  Regional"}
    client.post(page(factories.session()), FORM | typed)
    enrolment = Enrolment.objects.get()
    assert (enrolment.full_name, enrolment.institution) == ("José Muñoz", "Hospital Regional")


def test_an_invisible_letter_makes_no_second_mailbox(client: Client) -> None:
    session = factories.session()
    for tail in ("", "\u200b", "\u2060", "\u00ad", "\u2800"):
        client.post(page(session), FORM | {"email": f"Rosa@example.org{tail}"})
    assert Enrolment.objects.get().person.email == "rosa@example.org"


def test_a_full_channel_answers_the_same(client: Client) -> None:
    session = factories.session(remote_capacity=1)
    first = client.post(page(session), FORM)
    second = client.post(page(session), FORM | {"email": "second@example.org"})
    assert second["Location"] == first["Location"]
    assert Enrolment.objects.get(person__email="second@example.org").status == EnrolmentStatus.WAITING
    Enrolment.objects.update(unanswered_since=None)  # the mails were answered
    assert "full: waiting list, 1 person before you" in client.get(page(session)).content.decode()


def test_two_hundred_people_of_one_hospital_are_not_held_up(client: Client) -> None:
    session = factories.session(remote_capacity=20)
    for number in range(20):
        assert client.post(page(session), FORM | {"email": f"p{number}@example.org"}).status_code == 302
    assert len(mail.outbox) == 20
    assert Enrolment.objects.filter(status=EnrolmentStatus.CONFIRMED).count() == 10  # no one network takes all seats
    for enrolment in Enrolment.objects.all():
        client.post(reverse("courses:pass-give", args=[links.token(enrolment, Purpose.JOIN)]))
    assert Enrolment.objects.filter(status=EnrolmentStatus.CONFIRMED).count() == 20
    assert not Enrolment.objects.exclude(client="").exists()  # what counted them is gone with the answer


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"email": "rosa"}, "email", "Enter a valid email address."),
        ({"full_name": ""}, "full_name", "This field is required."),
        ({"region": ""}, "region", "This field is required."),
        ({"region": "AR-X"}, "region", "Select a valid choice."),
        ({"country": "XX"}, "country", "Select a valid choice."),
        ({"channel": "moon"}, "channel", "Select a valid choice."),
        ({"privacy": ""}, "privacy", "Without your agreement we may not keep your registration."),
        ({"full_name": "Win at www.example.com"}, "full_name", "Please write your name only."),
        ({"full_name": "x" * 121}, "full_name", "at most 120 characters"),
    ],
)
def test_bad_input_keeps_what_was_typed(client: Client, change: dict[str, str], field: str, sentence: str) -> None:
    answer = client.post(page(factories.session()), FORM | change)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert sentence in html
    assert html.count("autofocus") == 1
    assert answer.context["form"][field].field.widget.attrs["autofocus"]
    assert 'value="Paediatric surgery"' in html
    assert 'value="12345"' in html
    assert not Enrolment.objects.exists()
    assert mail.outbox == []


def test_a_licence_without_its_kind_is_told_at_the_field(client: Client) -> None:
    answer = client.post(page(factories.session()), FORM | {"licences-0-kind": ""})
    assert answer.context["licences"].errors[0] == {"kind": ["A licence needs its country, kind and number."]}
    assert answer.content.decode().count("autofocus") == 1


def test_too_many_licences_are_refused(client: Client) -> None:
    answer = client.post(page(factories.session()), FORM | {"licences-TOTAL_FORMS": "500"})
    assert answer.status_code == 200
    assert not Enrolment.objects.exists()


def test_a_form_without_its_licence_rows_is_told_so(client: Client) -> None:
    answer = client.post(page(factories.session()), {k: v for k, v in FORM.items() if not k.startswith("licences")})
    assert answer.status_code == 200
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize("more", ["regions", "licence"])
def test_without_scripts_a_button_brings_provinces_and_rows(client: Client, more: str) -> None:
    sent = FORM | {"country": "AR", "region": "", "privacy": "", "more": more}
    answer = client.post(page(factories.session()), sent)
    html = answer.content.decode()
    assert '<option value="AR-X">Córdoba</option>' in html
    assert 'value="Rosa Huamán"' in html
    assert 'value="12345"' in html
    assert not answer.context["form"].errors
    assert len(answer.context["licences"].forms) == 2
    assert not Enrolment.objects.exists()


def test_the_country_of_the_mission_comes_first(client: Client) -> None:
    html = client.get(page(factories.session())).content.decode()
    assert '<option value="PE" selected>Peru</option>' in html
    assert '<option value="PE-LOR">Loreto</option>' in html


def test_a_country_without_provinces_asks_for_none(client: Client) -> None:
    client.post(page(factories.session()), FORM | {"country": "VA", "region": ""})
    assert Enrolment.objects.get().country == "VA"


def test_somebody_signed_in_finds_the_form_filled_in(client: Client) -> None:
    somebody = factories.person(full_name="Dr Rosa", country="AR", region="AR-X", profession="nurse")
    Licence.objects.create(person=somebody, country="AR", kind="MP", number="777", jurisdiction="Córdoba")
    client.force_login(somebody)
    html = client.get(page(factories.session())).content.decode()
    assert 'value="Dr Rosa"' in html
    assert f'value="{somebody.email}"' in html
    assert '<option value="AR-X" selected>Córdoba</option>' in html
    assert '<option value="nurse" selected>' in html
    assert 'value="777"' in html


def test_a_closed_session_says_so(client: Client) -> None:
    session = factories.session(is_registration_open=False)
    assert "Registration is closed" in client.get(page(session)).content.decode()
    assert "Registration is closed" in client.post(page(session), FORM).content.decode()
    assert not Enrolment.objects.exists()


def test_an_unpublished_session_is_not_there(client: Client) -> None:
    session = factories.session(course=factories.course(is_published=False))
    for name in ("enrolment-register", "enrolment-registered", "enrolment-resend", "enrolment-resent"):
        assert client.get(reverse(f"courses:{name}", kwargs={"session": session.public_id})).status_code == 404
    assert client.post(page(session), FORM).status_code == 404


def test_asking_for_the_link_answers_everybody_the_same(client: Client) -> None:
    enrolment = factories.enrolment()
    address = reverse("courses:enrolment-resend", kwargs={"session": enrolment.session.public_id})
    answers = [client.post(address, {"email": email}) for email in (enrolment.person.email, "nobody@example.org")]
    assert len({(answer.status_code, answer["Location"]) for answer in answers}) == 1
    assert [message.to for message in mail.outbox] == [[enrolment.person.email]]
    assert "If the address you gave is registered" in client.get(answers[0]["Location"]).content.decode()

    client.post(address, {"email": enrolment.person.email})
    assert len(mail.outbox) == 1  # once a minute
    assert "Enter a valid email address." in client.post(address, {"email": "x"}).content.decode()


def test_provinces_come_by_country_and_language(client: Client) -> None:
    answer = client.get("/regions/es/AR/")
    assert ["AR-X", "Córdoba"] in answer.json()["regions"]
    assert "public" in answer["Cache-Control"]
    assert client.get("/regions/es/XX/").json() == {"regions": []}
    assert client.get("/regions/xx/AR/").status_code == 404


def test_the_privacy_notice_names_its_version(client: Client) -> None:
    html = client.get(reverse("courses:privacy-show")).content.decode()
    assert "2026-12" in html
    assert "Ley 29733" in html


def test_the_privacy_notice_covers_what_is_kept_and_promises_no_erasure_by_itself(client: Client) -> None:
    html = " ".join(client.get(reverse("courses:privacy-show")).content.decode().split())
    kept = (
        "attendance",
        "live room",
        "Cases you write",
        "pictures, films",
        "log of views",
        "logbook",
        "trauma registry",
    )
    assert [words for words in kept if words not in html] == []
    assert "Nothing about you is erased by itself today" in html
    assert "After that the organisers erase them" not in html


def test_twelve_licences_are_kept_and_a_thirteenth_is_refused(client: Client) -> None:
    """As many as on one's profile."""
    session = factories.session()
    names = {"country": "AR", "kind": "MP", "jurisdiction": "Salta"}
    rows = {f"licences-{at}-{name}": value for at in range(13) for name, value in names.items()}
    rows |= {f"licences-{at}-number": str(at) for at in range(13)}
    answer = client.post(page(session), FORM | rows | {"licences-TOTAL_FORMS": "13"})
    assert "Please submit at most 12 forms." in answer.content.decode()
    assert not Enrolment.objects.exists()
    assert client.post(page(session), FORM | rows | {"licences-TOTAL_FORMS": "12"}).status_code == 302
    assert len(Enrolment.objects.get().licences) == 12
