"""Sentences for refusals."""

from collections.abc import Iterator

import pytest
from django import forms

from shared.errors import DomainError
from web import refusals


@pytest.fixture(autouse=True)
def own_sentences(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(refusals, "_sentences", {})
    refusals.register({"seat.taken": "Seat %(seat)s is taken.", "seat.percent": "100 % full."})
    yield


class SeatForm(forms.Form):
    seat = forms.CharField()


def test_a_sentence_is_filled_from_the_error() -> None:
    assert refusals.sentence(DomainError("seat.taken", seat="B4")) == "Seat B4 is taken."


def test_a_sentence_without_places_keeps_its_percent_sign() -> None:
    assert refusals.sentence(DomainError("seat.percent")) == "100 % full."


def test_an_unknown_code_gets_a_calm_sentence_and_leaks_nothing() -> None:
    told = refusals.sentence(DomainError("engine.exploded", secret="x"))
    assert told.startswith("That could not be done")
    assert "engine" not in told


def test_a_code_has_one_sentence() -> None:
    with pytest.raises(ValueError, match=r"seat\.taken"):
        refusals.register({"seat.taken": "Another."})


@pytest.mark.parametrize(("field", "at"), [("seat", "seat"), ("row", "__all__"), (None, "__all__")])
def test_blame_goes_to_the_field_or_above_the_form(field: str | None, at: str) -> None:
    form = SeatForm({"seat": "B4"})
    assert form.is_valid()
    refusals.blame(form, DomainError("seat.taken", field=field, seat="B4"))
    assert form.errors == {at: ["Seat B4 is taken."]}


def test_scripts_read_code_message_and_field() -> None:
    told = refusals.as_json(DomainError("seat.taken", field="seat", seat="B4"))
    assert told == {"code": "seat.taken", "message": "Seat B4 is taken.", "field": "seat"}
    assert "field" not in refusals.as_json(DomainError("seat.taken", seat="B4"))
