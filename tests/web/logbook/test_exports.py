"""The record as files: what they say, what they do not, and that no cell is a formula."""

import csv
import io
import json
from datetime import date, timedelta
from typing import Any

import pypdfium2
import pytest
from django.test import Client

from accounts.models import Person
from courses.logbook.exports import pages
from courses.logbook.models import LogbookEntry
from tests import factories, logbook_factories

pytestmark = pytest.mark.django_db

SECRET = "Calm hands, a marker nobody else writes."
FORMULA = '=HYPERLINK("http://example.org";"click")'


@pytest.fixture
def me(client: Client) -> Person:
    person = factories.person(full_name="Rosa Ñahui Güémez")
    client.force_login(person)
    return person


@pytest.fixture
def rated(me: Person) -> LogbookEntry:
    """One that both rated."""
    entry = logbook_factories.entry(trainee=me, note="A private thought.")
    rater = factories.person(full_name="Ingrid Sørensen")
    logbook_factories.answer(logbook_factories.request(entry=entry, rater=rater), went_well=SECRET)
    logbook_factories.answer_self(entry)
    return entry


def text_of(content: bytes) -> list[str]:
    """The text of each page."""
    paper = pypdfium2.PdfDocument(content)
    told = []
    for number in range(len(paper)):
        page = paper[number]
        words = page.get_textpage()
        told.append(words.get_text_bounded())
        words.close()
        page.close()
    paper.close()
    return told


def table(client: Client) -> list[list[str]]:
    return list(csv.reader(io.StringIO(client.get("/logbook/logbook.csv").content.decode("utf-8-sig"))))


def test_the_table_has_a_row_for_each_of_ones_own_cases(client: Client, rated: LogbookEntry) -> None:
    logbook_factories.entry()
    head, row = table(client)
    told = dict(zip(head, row, strict=True))
    assert (told["Id"], told["Date"], told["Procedure"]) == (rated.public_id, "2026-11-02", "Cleft lip repair")
    assert (told["Note"], told["Ratings"], told["Autonomy (1–4)"]) == ("A private thought.", "2", "3")


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", FORMULA])
def test_no_cell_is_a_formula(client: Client, me: Person, start: str) -> None:
    session = factories.session(title=start)
    logbook_factories.entry(trainee=me, note=start, session=session)
    (row,) = table(client)[1:]
    assert [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    assert len([cell for cell in row if cell.startswith("'")]) == 2


def test_the_whole_record_can_be_read_by_another_system(client: Client, rated: LogbookEntry) -> None:
    LogbookEntry.objects.filter(pk=rated.pk).update(note=FORMULA)
    answer = client.get("/logbook/logbook.json")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    told = json.loads(answer.content)
    (entry,) = told["entries"]
    assert (entry["procedure"], entry["note"], entry["autonomy"]) == ("cleft-lip", FORMULA, 3)
    assert [rating["role"] for rating in entry["ratings"]] == ["mission", "self"]
    (instrument,) = told["instruments"]
    assert set(entry["ratings"][0]["scores"]) == {item["code"] for item in instrument["items"]}
    assert instrument["source"]
    assert told["trainee"]["name"] == "Rosa Ñahui Güémez"


def test_hidden_ratings_are_in_no_file(client: Client, me: Person) -> None:
    entry = logbook_factories.entry(trainee=me)
    logbook_factories.answer(logbook_factories.request(entry=entry), went_well=SECRET)
    assert SECRET.encode() not in client.get("/logbook/logbook.json").content
    assert json.loads(client.get("/logbook/logbook.json").content)["instruments"] == []
    assert table(client)[1][-1] == "0"
    paper = "".join(text_of(client.get("/logbook/logbook.pdf").content))
    assert SECRET not in paper
    assert "Ratings" not in paper


def test_the_paper_says_whose_it_is_and_what_was_done(client: Client, rated: LogbookEntry) -> None:
    answer = client.get("/logbook/logbook.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].endswith('-logbook.pdf"')
    (text,) = text_of(answer.content)
    for told in ("Rosa Ñahui Güémez", "Cleft lip repair", "2026-11-02", "Ingrid Sørensen", "Page 1 of 1", SECRET):
        assert told in text, told
    assert "Sum: 28 of 35" in text


def test_the_paper_leaves_out_notes_and_what_may_identify_a_patient(client: Client, me: Person) -> None:
    entry = logbook_factories.entry(trainee=me, note="A private thought.")
    logbook_factories.answer_self(entry, went_well="Familia de DNI 45678912 tranquila.", is_checked=True)
    text = "".join(text_of(client.get("/logbook/logbook.pdf").content))
    assert "tranquila" in text
    assert "45678912" not in text
    assert "A private thought." not in text


@pytest.mark.parametrize(("language", "lip"), [("es", "Labio fisurado"), ("en", "Cleft lip"), ("pt", "Fissura labial")])
def test_the_paper_speaks_the_readers_language(client: Client, me: Person, language: str, lip: str) -> None:
    logbook_factories.entry(trainee=me)
    Person.objects.filter(pk=me.pk).update(language=language)
    text = "".join(text_of(client.get("/logbook/logbook.pdf").content))
    assert lip in text


def test_a_long_record_runs_over_numbered_pages_with_constant_queries(
    client: Client, me: Person, django_assert_num_queries: Any
) -> None:
    for number in range(120):
        day = date(2025, 1, 1) + timedelta(days=number)
        logbook_factories.entry(trainee=me, performed_on=day)
    # browser session, person; entries, ratings, waivers, facts; titles
    with django_assert_num_queries(7):
        content = client.get("/logbook/logbook.pdf").content
    told = text_of(content)
    assert len(told) > 2
    for number, page in enumerate(told, 1):
        assert f"Page {number} of {len(told)}" in page
        assert "Procedure" in page
    days = [day for page in told for day in page.split() if day.startswith("2025-")]
    assert days == [(date(2025, 1, 1) + timedelta(days=number)).isoformat() for number in range(120)]


@pytest.mark.parametrize(
    ("letters", "printed"),
    [
        ("Ñandú – «así» €", "Ñandú – «así» €"),
        ("g̃uaraní ỹ ũ", "guaraní y u"),
        ("a\x00b\u202ec", "a b c"),
        ("手术", "??"),
        ("nin\u0303o", "niño"),
    ],
)
def test_every_letter_is_printed_as_well_as_the_fonts_can(letters: str, printed: str) -> None:
    assert pages.plain(letters) == printed


def test_a_word_too_long_for_its_column_is_cut() -> None:
    lines = pages.wrapped("x" * 500, "Helvetica", 8, 60, most=3)
    assert len(lines) == 1
    assert lines[0].endswith("…")
    many = pages.wrapped("palabra " * 50, "Helvetica", 8, 60, most=3)
    assert len(many) == 3
    assert many[-1].endswith("…")
