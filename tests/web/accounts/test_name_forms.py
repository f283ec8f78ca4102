"""Wherever a name is typed, it is refused when it advertises, at its field and in the reader's language."""

from collections.abc import Iterator

import pytest
from django import forms
from django.test import Client
from django.urls import get_resolver, reverse

from tests import factories
from web.form_fields import PersonNameField

ADVERT = "Rosa casino.bet"


def every_form(base: type[forms.BaseForm] = forms.BaseForm) -> Iterator[type[forms.BaseForm]]:
    for form in base.__subclasses__():
        yield form
        yield from every_form(form)


def test_every_form_with_a_name_asks_whether_it_advertises() -> None:
    assert get_resolver().url_patterns  # every room's forms are known once its addresses are
    named = {
        form.__name__: form.base_fields["full_name"]  # type: ignore[attr-defined]
        for form in every_form()
        if ".forms" in form.__module__ and "full_name" in getattr(form, "base_fields", {})
    }
    assert named.keys() >= {"EnrolmentForm", "ProfileForm", "TeamForm", "InviteForm"}
    assert {name for name, field in named.items() if not isinstance(field, PersonNameField)} == set()


@pytest.mark.django_db
def test_a_profile_keeps_what_was_typed_and_says_what_is_wrong(client: Client) -> None:
    person = factories.person()
    client.force_login(person)
    typed = {"full_name": ADVERT, "language": "en", "licences-TOTAL_FORMS": "0", "licences-INITIAL_FORMS": "0"}
    answer = client.post(reverse("accounts:profile-edit"), typed)
    assert answer.context["form"].errors.as_data()["full_name"][0].code == "name.advertises"
    assert ADVERT in answer.content.decode()
    person.refresh_from_db()
    assert person.full_name == "Ana Quispe"


@pytest.mark.django_db
def test_a_stranger_carries_no_advertisement_into_a_mail(client: Client) -> None:
    session = factories.session()
    page = reverse("courses:enrolment-register", kwargs={"session": session.public_id})
    form = client.post(page, {"full_name": ADVERT, "email": "rosa@example.org"}).context["form"]
    assert form.errors.as_data()["full_name"][0].code == "name.advertises"
