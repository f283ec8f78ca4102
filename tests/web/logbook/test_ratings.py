"""Rating on a phone: one tap an item, kept as typed, and nothing shown too early."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from courses.logbook.models import LogbookEntry, Rating, RatingRequest
from tests import case_cast, logbook_factories
from tests.case_cast import Cast

pytestmark = pytest.mark.django_db

SECRET = "Calm hands, a marker nobody else writes."
OWN = "I kept the plan, another marker."


@pytest.fixture
def cast() -> Cast:
    return case_cast.cast()


@pytest.fixture
def asked(cast: Cast) -> RatingRequest:
    entry = logbook_factories.entry(trainee=cast.people["trainee"], note="A private thought.", complexity=3)
    used = logbook_factories.instrument("oscore")
    return logbook_factories.request(entry=entry, rater=cast.people["mentor"], instrument=used)


def form(asked: RatingRequest) -> str:
    return reverse("courses:rating-give", kwargs={"rating": asked.public_id})


def of_entry(name: str, entry: LogbookEntry, **more: str) -> str:
    return reverse(f"courses:{name}", kwargs={"entry": entry.public_id} | more)


def steady(answer: Any) -> bytes:
    """A page without what differs from one request to the next: tokens, nonces, keys of forms."""
    html = re.sub(rb'(csrfmiddlewaretoken" value|nonce|name="key" value)="[^"]+"', b"", answer.content)
    return re.sub(rb'"made_at": "[^"]+"', b"", html)


def test_every_item_is_one_tap_and_works_without_scripts(cast: Cast, asked: RatingRequest) -> None:
    html = cast.browser("mentor").get(form(asked)).content.decode()
    assert html.count('<label class="rate-tap">') == 8 * 5 + 2
    assert html.count("I talked them through it") == 9  # once to see, and for screen readers at each item
    assert '<script type="module"' not in html.split("<main")[1]


def test_a_rating_is_sent_once_and_shown(cast: Cast, asked: RatingRequest) -> None:
    mentor = cast.browser("mentor")
    sent = logbook_factories.posted(asked.instrument, asked.rater, went_well=SECRET)
    for _ in range(2):
        html = mentor.post(form(asked), sent, follow=True).content.decode()
        assert "Thank you: the rating is in." in html
    rating = Rating.objects.get()
    assert (rating.role, rating.mode, rating.went_well) == ("mission", "in_room", SECRET)
    assert rating.scores == logbook_factories.scores(asked.instrument, 4)
    html = mentor.get(form(asked)).content.decode()
    assert SECRET in html
    assert '<form class="form rate-form"' not in html


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"item-plan": ""}, "item-plan"),
        ({"item-plan": "6"}, "item-plan"),
        ({"item-plan": "4.5"}, "item-plan"),
        ({"item-alone": "2"}, "item-alone"),
        ({"role": "self"}, "role"),
        ({"mode": ""}, "mode"),
    ],
)
def test_a_bad_answer_is_named_and_the_rest_stays(
    cast: Cast, asked: RatingRequest, wrong: dict[str, str], field: str
) -> None:
    sent = logbook_factories.posted(asked.instrument, asked.rater, went_well=SECRET)
    answer = cast.browser("mentor").post(form(asked), sent | wrong)
    assert answer.context["form"].errors == {field: ["Choose one."]}
    html = answer.content.decode()
    assert SECRET in html
    assert html.count("checked") == len([value for name, value in sent.items() if name.startswith("item-")]) + 2 - 1
    assert not Rating.objects.exists()


def test_what_may_identify_somebody_wants_a_second_look(cast: Cast, asked: RatingRequest) -> None:
    mentor = cast.browser("mentor")
    sent = logbook_factories.posted(asked.instrument, asked.rater, to_improve="Vea la HC de DNI 45678912.")
    html = mentor.post(form(asked), sent).content.decode()
    assert 'name="is_checked"' in html
    assert not Rating.objects.exists()
    assert mentor.post(form(asked), sent | {"is_checked": "on"}).status_code == 302


def test_the_rater_sees_nothing_of_the_trainees_own_view_before_theirs(cast: Cast, asked: RatingRequest) -> None:
    entry, mentor = asked.entry, cast.browser("mentor")
    before = steady(mentor.get(form(asked)))
    logbook_factories.answer_self(entry, "oscore", went_well=OWN)
    LogbookEntry.objects.filter(pk=entry.pk).update(autonomy=4, note=OWN, complexity=1, result="failure")
    assert steady(mentor.get(form(asked))) == before
    assert OWN not in mentor.get("/ratings/").content.decode()
    mentor.post(form(asked), logbook_factories.posted(asked.instrument, asked.rater, went_well=SECRET))
    html = mentor.get(form(asked)).content.decode()
    assert html.count(OWN) == 1  # of the rating; the note is the trainee's alone
    assert SECRET in html


PAGES = ["logbook-show", "logbook-csv", "logbook-json"]


def test_the_trainee_sees_nothing_of_a_rating_before_theirs(cast: Cast, asked: RatingRequest) -> None:
    entry, trainee = asked.entry, cast.browser("trainee")
    addresses = [
        *(reverse(f"courses:{name}") for name in PAGES),
        of_entry("logbook-entry", entry),
        of_entry("logbook-change", entry),
        of_entry("rating-self", entry, instrument="oscore"),
        reverse("courses:logbook-curve", kwargs={"procedure": "cleft-lip"}),
        reverse("courses:rating-list"),
    ]
    before = [steady(trainee.get(address)) for address in addresses]
    logbook_factories.answer(asked, went_well=SECRET)
    assert [steady(trainee.get(address)) for address in addresses] == before
    own = logbook_factories.posted(asked.instrument, score=2, went_well=OWN)
    trainee.post(of_entry("rating-self", entry, instrument="oscore"), own)
    for address in (of_entry("logbook-entry", entry), reverse("courses:logbook-json")):
        html = trainee.get(address).content.decode()
        assert SECRET in html
        assert OWN in html


def test_seeing_without_ones_own_closes_it(cast: Cast, asked: RatingRequest) -> None:
    entry, trainee = asked.entry, cast.browser("trainee")
    logbook_factories.answer(asked, went_well=SECRET)
    trainee.post(of_entry("rating-waive", entry, instrument="oscore"))
    html = trainee.get(of_entry("logbook-entry", entry)).content.decode()
    assert SECRET in html
    assert "You chose to see it without your own." in html
    own = logbook_factories.posted(asked.instrument)
    html = trainee.post(of_entry("rating-self", entry, instrument="oscore"), own).content.decode()
    assert "so your own is closed." in html
    assert Rating.objects.count() == 1


def test_asking_and_taking_back(cast: Cast, asked: RatingRequest) -> None:
    entry, trainee = asked.entry, cast.browser("trainee")
    offered = trainee.get(of_entry("logbook-entry", entry)).content.decode()
    assert cast.people["mentor"].public_id in offered
    assert cast.people["other_mentor"].public_id not in offered
    sent = {"rater": cast.people["reviewer"].public_id, "instrument": "zwisch"}
    assert "Reviewer is asked." in trainee.post(of_entry("rating-ask", entry), sent, follow=True).content.decode()
    wrong = trainee.post(of_entry("rating-ask", entry), sent | {"rater": cast.people["other_mentor"].public_id})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["rater"])
    request = RatingRequest.objects.get(rater=cast.people["reviewer"])
    address = reverse("courses:rating-withdraw", kwargs={"rating": request.public_id})
    assert "The request is taken back." in trainee.post(address, follow=True).content.decode()
    assert cast.browser("reviewer").get(form(request)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_what_is_asked_takes_four_queries(
    client: Client, count: int, django_assert_num_queries: Any
) -> None:
    asked = [logbook_factories.request() for _ in range(count)]
    RatingRequest.objects.update(rater=asked[0].rater)
    client.force_login(asked[0].rater)
    with django_assert_num_queries(4):  # browser session, person, count, page
        assert client.get("/ratings/").content.decode().count("Waits for you") == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_an_entry_takes_nine_queries(cast: Cast, count: int, django_assert_num_queries: Any) -> None:
    entry = logbook_factories.entry(trainee=cast.people["trainee"])
    for code in ("osats", "goals", "simpl")[:count]:
        used = logbook_factories.instrument(code)
        logbook_factories.answer(logbook_factories.request(entry=entry, rater=cast.people["mentor"], instrument=used))
        logbook_factories.answer_self(entry, code)
    browser = cast.browser("trainee")
    # browser session, person, entry, raters, instruments; requests, waivers, ratings with their waivers
    with django_assert_num_queries(9):
        assert browser.get(of_entry("logbook-entry", entry)).content.decode().count('class="rated flow"') == 2 * count
