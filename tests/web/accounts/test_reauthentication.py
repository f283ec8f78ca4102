"""Before a change of the address or the password: is it you? And who hears of it afterwards."""

from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client

from accounts.models import Person
from tests import factories
from tests.web.accounts.test_sign_in import CODE, ask_again, signed_in

pytestmark = pytest.mark.django_db
ASK, EMAIL, SET, CHANGE = (
    f"/accounts/{page}/" for page in ("reauthenticate", "email", "password/set", "password/change")
)
NEW = {"email": "ana.quispe@example.org", "action_add": ""}
PASSWORD, OTHER = "tiers-and-light", "lamp-over-table"


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def ana() -> Person:
    return factories.person(email="ana@example.org")


@pytest.fixture
def berta() -> Person:
    """Has a password."""
    return factories.person(email="berta@example.org", password=PASSWORD)


def browser_of(person: Person) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


def mailed_code() -> str:
    found = CODE.search(str(mail.outbox[-1].body))
    assert found
    return found.group()


@pytest.mark.parametrize("page", [EMAIL, SET])
def test_an_open_browser_is_asked_first(ana: Person, page: str) -> None:
    browser = browser_of(ana)
    for answer in (browser.get(page), browser.post(page, NEW | {"password1": OTHER, "password2": OTHER})):
        assert (answer.status_code, answer.url.split("?")[0]) == (302, ASK)
    ana.refresh_from_db()
    assert not ana.has_usable_password()
    assert mail.outbox == []


def test_what_was_typed_is_kept_while_the_code_comes(ana: Person) -> None:
    browser = browser_of(ana)
    address = browser.post(EMAIL, NEW).url
    browser.post(address, {"send": ""})
    assert mail.outbox[-1].to == [ana.email]
    answer = browser.post(address, {"code": mailed_code().lower()})
    assert answer.status_code == 302
    assert mail.outbox[-1].to == [NEW["email"]]
    browser.post("/accounts/confirm-email/", {"code": mailed_code()})
    ana.refresh_from_db()
    assert ana.email == NEW["email"]


def test_a_password_does_as_well(berta: Person) -> None:
    browser = browser_of(berta)
    wrong = browser.post(ASK, {"password": OTHER})
    assert "That is not your password." in wrong.content.decode()
    assert browser.get(EMAIL).status_code == 302
    assert browser.post(ASK + f"?next={EMAIL}", {"password": PASSWORD}).url == EMAIL
    assert browser.get(EMAIL).status_code == 200


def test_who_forgot_the_password_gets_a_code(berta: Person) -> None:
    browser = browser_of(berta)
    assert "Send me a code instead" in browser.get(ASK).content.decode()
    ask_again(browser)
    assert browser.get(EMAIL).status_code == 200


def test_a_password_cannot_be_guessed_for_those_who_have_none(ana: Person) -> None:
    browser = browser_of(ana)
    assert browser.post(ASK, {"password": ""}).status_code == 200
    assert browser.get(EMAIL).status_code == 302


def test_what_was_suspended_goes_on_with_the_token_of_the_page_alone(ana: Person) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ana)
    assert browser.post(EMAIL, NEW).status_code == 403
    browser.get(ASK)
    token = {"csrfmiddlewaretoken": browser.cookies[settings.CSRF_COOKIE_NAME].value}
    address = browser.post(EMAIL, NEW | token).url
    assert browser.post(address, {"send": ""}).status_code == 403
    browser.post(address, {"send": ""} | token)
    browser.post(address, {"code": mailed_code()} | token)
    assert mail.outbox[-1].to == [NEW["email"]]


def test_three_wrong_codes_end_it(ana: Person) -> None:
    browser = browser_of(ana)
    browser.post(ASK, {"send": ""})
    code = mailed_code()
    told = [browser.post(ASK, {"code": "WRONG"}).content.decode() for _ in range(3)]
    assert ["That is not the code in the mail." in page for page in told] == [True, True, False]
    assert "This code works no more." in told[2]
    assert "This code works no more." in browser.post(ASK, {"code": code}).content.decode()
    assert browser.get(EMAIL).status_code == 302


def test_a_code_of_another_browser_or_person_opens_nothing(ana: Person, berta: Person) -> None:
    browser_of(ana).post(ASK, {"send": ""})
    code = mailed_code()
    for browser in (browser_of(ana), browser_of(berta)):
        browser.post(ASK, {"code": code})
        assert browser.get(EMAIL).status_code == 302


def test_an_old_code_and_an_old_answer_count_no_more(ana: Person, settings: Any) -> None:
    browser = browser_of(ana)
    settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = -1
    browser.post(ASK, {"send": ""})
    session = browser.session
    assert session["reauthentication_code"]
    assert "This code works no more." in browser.post(ASK, {"code": "ANY"}).content.decode()
    settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
    ask_again(browser)
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = -1
    assert browser.get(EMAIL).status_code == 302


def test_tries_are_limited_for_this_person_alone(ana: Person, berta: Person) -> None:
    browser = browser_of(ana)
    statuses = [browser.post(ASK, {"code": "WRONG"}).status_code for _ in range(12)]
    assert statuses[-1] == 429
    assert browser_of(berta).post(ASK, {"send": ""}).status_code == 302


def test_strangers_are_sent_to_sign_in() -> None:
    assert Client().get(ASK).url.startswith("/accounts/login/")
    assert Client().post(ASK, {"send": ""}).url.startswith("/accounts/login/")


@pytest.mark.parametrize("language", ["en", "es", "pt"])
def test_the_old_mailbox_is_told_in_its_owners_language(ana: Person, language: str) -> None:
    Person.objects.update(language=language)
    browser = browser_of(ana)
    ask_again(browser)
    browser.post(EMAIL, NEW)
    browser.post("/accounts/confirm-email/", {"code": mailed_code()})
    notice = mail.outbox[-1]
    assert notice.to == ["ana@example.org"]
    assert notice.extra_headers["Content-Language"] == language
    assert NEW["email"] not in notice.body
    old = Client()
    old.post("/accounts/login/", {"login": "ana@example.org"})
    assert CODE.search(str(mail.outbox[-1].body)) is None, "the old mailbox opens nothing"


def test_an_address_changed_in_the_back_office_is_told_to_the_old_mailbox(ana: Person) -> None:
    ana.emailaddress_set.create(email=ana.email, verified=True, primary=True)
    person = Person.objects.get(pk=ana.pk)
    person.email = "right@example.org"
    person.save()
    assert mail.outbox[-1].to == ["ana@example.org"]
    assert not ana.emailaddress_set.exists()
    person.full_name = "Another name"
    person.save()
    assert len(mail.outbox) == 1


def test_a_row_read_again_is_no_change_of_address(ana: Person) -> None:
    person = Person.objects.get(pk=ana.pk)
    Person.objects.filter(pk=ana.pk).update(email="right@example.org")
    person.refresh_from_db()
    person.save()
    assert mail.outbox == []


def test_another_case_is_the_same_address(ana: Person) -> None:
    person = Person.objects.get(pk=ana.pk)
    person.email = "Ana@Example.org"
    person.save()
    assert mail.outbox == []


def test_a_new_password_signs_out_other_browsers_and_is_told(berta: Person) -> None:
    here, elsewhere = browser_of(berta), browser_of(berta)
    wrong = here.post(CHANGE, {"oldpassword": "guess", "password1": OTHER, "password2": OTHER})
    assert "Please type your present password." in wrong.content.decode()
    assert here.post(CHANGE, {"oldpassword": PASSWORD, "password1": OTHER, "password2": OTHER}).status_code == 302
    assert here.get("/profile/").status_code == 200
    assert elsewhere.get("/profile/").status_code == 302
    assert [(one.to, one.subject) for one in mail.outbox] == [([berta.email], "Your password was changed")]


def test_the_first_password_signs_out_other_browsers_and_is_told(ana: Person) -> None:
    here, elsewhere = browser_of(ana), browser_of(ana)
    ask_again(here)
    here.post(SET, {"password1": OTHER, "password2": OTHER})
    ana.refresh_from_db()
    assert ana.check_password(OTHER)
    assert signed_in(here)
    assert here.get("/profile/").status_code == 200
    assert elsewhere.get("/profile/").status_code == 302
    assert mail.outbox[-1].subject == "Your password was changed"
