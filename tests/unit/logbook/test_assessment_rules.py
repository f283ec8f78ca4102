"""Scores, sums, and what may be read already; the instruments the project brings along."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.cases.models import Specialty
from courses.logbook.actions import catalogues
from courses.logbook.rules import assessments as rules
from courses.logbook.rules import instruments
from courses.logbook.rules.assessments import Given
from shared.errors import DomainError

INSTRUMENTS = {told["code"]: told for told in catalogues.instruments()}
DIGESTS = catalogues.DATA / "digests.json"
OSCORE = INSTRUMENTS["oscore"]["items"]
FULL = {item["code"]: rules.span(item)[1] for item in rules.scored(OSCORE)}


@pytest.mark.parametrize(
    ("code", "scales", "span"),
    [("osats", 7, (1, 5)), ("goals", 5, (1, 5)), ("zwisch", 1, (1, 4)), ("oscore", 8, (1, 5))],
)
def test_instruments_have_the_items_they_were_published_with(code: str, scales: int, span: tuple[int, int]) -> None:
    found = [item for item in INSTRUMENTS[code]["items"] if item["kind"] == "scale"]
    assert len(found) == scales
    assert {rules.span(item) for item in found} == {span}


def test_simpl_asks_three_things_and_oscore_eleven() -> None:
    assert [rules.span(item) for item in INSTRUMENTS["simpl"]["items"]] == [(1, 5), (1, 3), (1, 4)]
    assert [item["kind"] for item in OSCORE] == ["scale"] * 8 + ["yes_no", "text", "text"]


@pytest.mark.parametrize("code", INSTRUMENTS)
def test_instruments_are_well_formed_in_three_languages(code: str) -> None:
    assert instruments.faults(INSTRUMENTS[code]) == []


@pytest.mark.parametrize(
    "spoil",
    [
        {"source": ""},
        {"titles": {"en": "OSATS"}},
        {"items": [*OSCORE, OSCORE[0]]},
        {"items": [OSCORE[0] | {"layout": "tiles"}]},
        {"items": [OSCORE[0] | {"anchors": {"1": OSCORE[0]["anchors"]["1"]}}]},
        {"items": [OSCORE[0] | {"anchors": OSCORE[0]["anchors"] | {"6": {}}}]},
        {"items": [OSCORE[0] | {"kind": "text"}]},
    ],
)
def test_what_is_malformed_is_found(spoil: dict[str, Any]) -> None:
    assert instruments.faults(INSTRUMENTS["oscore"] | spoil) != []


def test_a_version_that_was_published_never_changes() -> None:
    """Ratings were made with it. Change the words, and the version goes up and `data/digests.json` grows."""
    known = json.loads(DIGESTS.read_text())
    now = {f"{told['code']} {told['version']}": instruments.fingerprint(told) for told in INSTRUMENTS.values()}
    assert {name: known.get(name) for name in now} == now


def test_the_digest_notices_one_letter_and_no_order() -> None:
    told = INSTRUMENTS["zwisch"]
    assert instruments.fingerprint(dict(reversed(told.items()))) == instruments.fingerprint(told)
    assert instruments.fingerprint(told | {"titles": told["titles"] | {"en": "Zwisch"}}) != instruments.fingerprint(
        told
    )
    assert instruments.fingerprint(told | {"source": "elsewhere"}) == instruments.fingerprint(told)


def test_procedures_are_well_formed() -> None:
    told = catalogues.procedures()
    assert len({row["code"] for row in told}) == len(told) >= 40
    for row in told:
        assert all(row["titles"].get(language) for language in instruments.LANGUAGES)
        assert row["specialty"] in Specialty.values
        assert 0 < row["acceptable"] < row["unacceptable"] < 1


def test_scores_are_kept_as_given() -> None:
    assert rules.check_scores(OSCORE, FULL) == FULL
    assert rules.total(OSCORE, FULL) == (40, 40)
    assert rules.total(OSCORE, FULL | {"plan": 1, "alone": 0}) == (36, 40)


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"plan": None}, "rating.score.missing", "item-plan"),
        ({"alone": ""}, "rating.score.missing", "item-alone"),
        ({"plan": 0}, "rating.score.range", "item-plan"),
        ({"plan": 6}, "rating.score.range", "item-plan"),
        ({"plan": "4"}, "rating.score.range", "item-plan"),
        ({"plan": 4.0}, "rating.score.range", "item-plan"),
        ({"alone": True}, "rating.score.range", "item-alone"),
        ({"alone": 2}, "rating.score.range", "item-alone"),
        ({"went_well": 3}, "rating.score.unknown", None),
        ({"charm": 3}, "rating.score.unknown", None),
    ],
)
def test_a_bad_score_is_refused_at_its_item(wrong: dict[str, Any], code: str, field: str | None) -> None:
    with pytest.raises(DomainError) as refused:
        rules.check_scores(OSCORE, FULL | wrong)
    assert (refused.value.code, refused.value.field) == (code, field)


TRAINEE = 1
PEOPLE = (TRAINEE, 2, 3)
CODES = ("osats", "goals")


@given(
    st.sets(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(CODES))),
    st.sets(st.sampled_from(CODES)),
    st.sampled_from((*PEOPLE, 4)),
)
def test_nobody_reads_too_early(rated: set[tuple[int, str]], waived: set[str], reader: int) -> None:
    ratings = [Given(code, rater, rater == TRAINEE) for rater, code in sorted(rated)]
    may = rules.readable(ratings, by=reader, trainee=TRAINEE, waived=waived)
    for rating, is_readable in zip(ratings, may, strict=True):
        both_in = {(TRAINEE, rating.instrument), (reader, rating.instrument)} <= rated
        if rating.rater == reader:
            expected = True
        elif reader == TRAINEE:
            expected = both_in or rating.instrument in waived
        else:
            expected = rating.rater == TRAINEE and both_in
        assert is_readable is expected
