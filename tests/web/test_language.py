"""The language: the switch keeps the page, the person keeps the language."""

import pytest
from django.test import Client

from accounts.models import Person

pytestmark = pytest.mark.django_db
PAGE = "/accounts/signup/"


def language_of(client: Client, page: str = PAGE) -> str:
    text = client.get(page).content.decode()
    return text.split('<html lang="', 1)[1][:2]


def test_the_browsers_wish_comes_first(client: Client) -> None:
    assert language_of(Client(headers={"accept-language": "pt-BR,pt;q=0.9"})) == "pt"
    assert language_of(Client(headers={"accept-language": "fr"})) == "en"


def test_the_switch_keeps_the_page(client: Client) -> None:
    answer = client.post("/language/", {"language": "es", "next": f"{PAGE}?next=/profile/"})
    assert (answer.status_code, answer.url) == (302, f"{PAGE}?next=/profile/")
    assert language_of(client) == "es"


def test_the_switch_leads_to_no_other_site(client: Client) -> None:
    assert client.post("/language/", {"language": "es", "next": "https://elsewhere.example/"}).url == "/"


def test_an_unknown_language_changes_nothing(client: Client) -> None:
    client.post("/language/", {"language": "tlh", "next": PAGE})
    assert language_of(client) == "en"


def test_only_a_post_switches(client: Client) -> None:
    assert client.get("/language/?language=es").status_code == 405


def test_the_language_is_the_persons_in_every_browser(client: Client) -> None:
    ana = Person.objects.create_user("ana@example.org")
    client.force_login(ana)
    client.post("/language/", {"language": "pt"})
    ana.refresh_from_db()
    assert ana.language == "pt"

    elsewhere = Client(headers={"accept-language": "es"})
    elsewhere.force_login(ana)
    assert language_of(elsewhere, "/profile/") == "pt"
    assert elsewhere.get("/profile/").headers["Content-Language"] == "pt"


def test_a_strangers_switch_touches_nobody(client: Client) -> None:
    ana = Person.objects.create_user("ana@example.org", language="es")
    client.post("/language/", {"language": "pt"})
    ana.refresh_from_db()
    assert ana.language == "es"
