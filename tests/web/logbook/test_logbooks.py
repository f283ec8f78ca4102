"""The pages of a logbook: list, form, entry, curve, and leaving."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from courses.logbook.models import LogbookEntry
from shared.clock import now
from tests import case_factories, factories, logbook_factories

pytestmark = pytest.mark.django_db

ADD = "/logbook/new/"


@pytest.fixture
def me(client: Client) -> Person:
    person = factories.person(full_name="Rosa Trainee")
    client.force_login(person)
    return person


def filled(**fields: Any) -> dict[str, Any]:
    defaults = {
        "key": str(uuid4()),
        "procedure": str(logbook_factories.procedure().pk),
        "performed_on": "2026-11-02",
        "role": "supervised",
        "autonomy": "3",
        "complexity": "2",
        "result": "success",
        "note": "Second layer was slow.",
    }
    return defaults | fields


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_logbook_offers_the_one_next_step(client: Client, me: Person) -> None:
    html = page(client, "/logbook/")
    assert "Add your first case" in html
    assert '<svg class="chart"' not in html


def test_a_form_sent_twice_makes_one_entry(client: Client, me: Person) -> None:
    sent = filled()
    leads = {client.post(ADD, sent).headers["Location"] for _ in range(2)}
    entry = LogbookEntry.objects.get()
    assert leads == {f"/logbook/entries/{entry.public_id}/"}
    assert (entry.trainee, entry.autonomy, entry.complexity, entry.result) == (me, 3, 2, "success")
    assert "Second layer was slow." in page(client, leads.pop())


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"procedure": ""}, "procedure", "This field is required."),
        ({"procedure": "999999"}, "procedure", "Select a valid choice. 999999 is not one of the available choices."),
        ({"performed_on": "2126-11-02"}, "performed_on", "This day is still to come."),
        ({"performed_on": "yesterday"}, "performed_on", "Enter a valid date."),
        ({"role": "observed"}, "autonomy", "Who watches has no autonomy to rate: leave it empty."),
        ({"role": "boss"}, "role", "Select a valid choice. boss is not one of the available choices."),
        ({"autonomy": "5"}, "autonomy", "Select a valid choice. 5 is not one of the available choices."),
        ({"complexity": "4"}, "complexity", "Select a valid choice. 4 is not one of the available choices."),
    ],
)
def test_bad_input_comes_back_as_typed(
    client: Client, me: Person, wrong: dict[str, str], field: str, message: str
) -> None:
    answer = client.post(ADD, filled(**wrong))
    assert answer.context["form"].errors == {field: [message]}
    assert "Second layer was slow." in answer.content.decode()
    assert not LogbookEntry.objects.exists()


def test_a_note_with_a_name_asks_for_a_second_look(client: Client, me: Person) -> None:
    sent = filled(note="DNI 45678912, buen control.")
    html = client.post(ADD, sent).content.decode()
    assert "45678912. Take it out" in html
    assert 'name="is_checked"' in html
    assert not LogbookEntry.objects.exists()
    assert client.post(ADD, sent | {"is_checked": "on"}).status_code == 302


def test_a_case_and_a_session_of_ones_own_come_filled_in(client: Client, me: Person) -> None:
    session = factories.enrolment(person=me, channel="or").session
    case = case_factories.case(author=me, course=session.course, operated_on=date(2026, 11, 3))
    foreign = case_factories.case()
    html = page(client, f"{ADD}?case={case.public_id}&session={session.public_id}")
    assert f'<option value="{case.pk}" selected>' in html
    assert f'<option value="{session.pk}" selected>' in html
    assert 'value="2026-11-03"' in html
    html = page(client, f"{ADD}?case={foreign.public_id}&session=nothing")
    assert foreign.code not in html
    assert f'<option value="{case.pk}">' in html


@pytest.mark.parametrize("field", ["case", "session"])
def test_what_is_not_ones_own_cannot_be_named(client: Client, me: Person, field: str) -> None:
    foreign: Any = case_factories.case() if field == "case" else factories.session()
    answer = client.post(ADD, filled(**{field: str(foreign.pk)}))
    assert list(answer.context["form"].errors) == [field]
    assert not LogbookEntry.objects.exists()


def test_once_asked_the_form_lets_the_result_change_and_no_more(client: Client, me: Person) -> None:
    entry = logbook_factories.entry(trainee=me, result="unknown")
    address = reverse("courses:logbook-change", kwargs={"entry": entry.public_id})
    client.post(address, filled(role="alone", result="failure"))
    entry.refresh_from_db()
    assert (entry.role, entry.result) == ("alone", "failure")
    logbook_factories.request(entry=entry)
    assert "the result and your note still change" in page(client, address)
    client.post(address, filled(role="assisted", result="success"))
    entry.refresh_from_db()
    assert (entry.role, entry.result) == ("alone", "success")


def test_an_entry_is_removed_and_a_rated_one_says_why_not(client: Client, me: Person) -> None:
    entry, asked = logbook_factories.entry(trainee=me), logbook_factories.entry(trainee=me)
    logbook_factories.request(entry=asked)
    for one in (entry, asked):
        address = reverse("courses:logbook-remove", kwargs={"entry": one.public_id})
        html = client.post(address, follow=True).content.decode()
        assert ("The entry is removed." in html) is (one == entry)
        assert ("Take the request back first." in html) is (one == asked)
    assert list(LogbookEntry.objects.all()) == [asked]


def test_leaving_asks_first_and_takes_everything(client: Client, me: Person) -> None:
    logbook_factories.answer(logbook_factories.request(entry=logbook_factories.entry(trainee=me)))
    others = logbook_factories.entry()
    assert "/logbook/logbook.json" in page(client, "/logbook/remove/")
    assert LogbookEntry.objects.count() == 2
    assert "Nothing of it is kept." in client.post("/logbook/remove/", follow=True).content.decode()
    assert list(LogbookEntry.objects.all()) == [others]


def test_figures_count_ones_own_cases_by_part_and_autonomy(client: Client, me: Person) -> None:
    for role, autonomy in (("alone", 4), ("alone", 3), ("observed", None)):
        logbook_factories.entry(trainee=me, role=role, autonomy=autonomy)
    logbook_factories.entry(role="alone")
    answer = client.get("/logbook/")
    ((title, line, counts),) = answer.context["figures"]
    assert (title, line.total, counts) == ("Cleft lip repair", 3, [1, 0, 0, 0, 2, 0])
    assert "0 · 0 · 1 · 1" in answer.content.decode()
    assert answer.content.decode().count('<svg class="chart"') == 2


def test_the_list_is_paged(client: Client, me: Person) -> None:
    for number in range(27):
        logbook_factories.entry(trainee=me, performed_on=date(2026, 1, 1) + timedelta(days=number))
    first, second = (page(client, f"/logbook/?page={number}") for number in (1, 2))
    assert first.count('class="log-what"') == 25
    assert second.count('class="log-what"') == 2
    assert "Page 2 of 2" in second


@pytest.mark.parametrize("count", [1, 3])
def test_the_logbook_asks_seven_queries(client: Client, me: Person, count: int, django_assert_num_queries: Any) -> None:
    for number in range(count):
        session = factories.enrolment(person=me, channel="or").session
        code = ("cleft-lip", "laparotomy", "fasciotomy")[number]
        entry = logbook_factories.entry(
            trainee=me, session=session, mission=session.course.mission, procedure=logbook_factories.procedure(code)
        )
        logbook_factories.request(entry=entry)
    # browser session, person, facts, titles, count, page, ratings asked of me
    with django_assert_num_queries(7):
        assert client.get("/logbook/").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_a_curve_asks_four_queries(client: Client, me: Person, count: int, django_assert_num_queries: Any) -> None:
    for _ in range(count):
        logbook_factories.entry(trainee=me)
    with django_assert_num_queries(4):  # browser session, person, procedure, operations
        assert client.get("/logbook/curves/cleft-lip/").status_code == 200


def test_a_curve_is_drawn_explained_and_told_as_a_table(client: Client, me: Person) -> None:
    for number, result in enumerate(["success", "failure", "unknown", "success"]):
        logbook_factories.entry(trainee=me, result=result, performed_on=date(2026, 1, 1 + number))
    logbook_factories.entry(trainee=me, result="failure", role="assisted")
    answer = client.get("/logbook/curves/cleft-lip/")
    html = answer.content.decode()
    assert "3 operations of yours with a known result, 1 not as intended." in " ".join(html.split())
    assert "The line rises by 0.85 with each case not as intended and falls by 0.15 with each as intended." in html
    assert html.count("chart-cross") == 2 * 1 + 1  # one case in two drawings, and the legend
    assert [point.is_success for _, point, _ in answer.context["rows"]] == [True, False, True]


def test_an_unknown_procedure_has_no_curve_and_a_new_one_says_what_counts(client: Client, me: Person) -> None:
    assert client.get("/logbook/curves/nothing/").status_code == 404
    assert "count here as soon as you say" in page(client, "/logbook/curves/cleft-lip/")


def test_my_sessions_lead_to_the_logbook(client: Client, me: Person) -> None:
    assert 'href="/logbook/"' in page(client, "/mine/")


def test_a_case_and_a_past_session_lead_to_a_new_entry(client: Client, me: Person) -> None:
    start = now() - timedelta(hours=3)
    session = factories.session(starts_at=start, live_at=start, ended_at=start + timedelta(hours=1))
    factories.enrolment(person=me, session=session, channel="or")
    factories.enrolment(person=me, session=factories.session(ended_at=start), channel="remote")
    assert page(client, "/mine/").count("/logbook/new/?session=") == 1
    case = case_factories.case(author=me, course=session.course)
    assert f"/logbook/new/?case={case.public_id}" in page(client, f"/cases/{case.public_id}/")
    client.force_login(case.released_by)
    assert "/logbook/new/" not in page(client, f"/cases/{case.public_id}/")
