"""The template tags: fields that screen readers understand, times in two zones, the import map."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from places import zones

STARTS = datetime(2026, 5, 5, 1, 30, tzinfo=UTC)  # 20:30 of the day before in Lima


class SeatForm(forms.Form):
    seat = forms.CharField(label="Seat", help_text="A letter and a number", max_length=3)
    agreed = forms.BooleanField(label="Agreed")
    channel = forms.ChoiceField(label="Channel", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    note = forms.CharField(label="Note", required=False)


def render(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def test_a_field_ties_hint_and_error_to_the_control_and_keeps_what_was_typed() -> None:
    form = SeatForm({"seat": "<B44>"})
    text = render('{% field form.seat autocomplete="off" %}', form=form)
    assert 'aria-describedby="id_seat_error id_seat_hint"' in text
    assert 'id="id_seat_error"' in text
    assert 'id="id_seat_hint"' in text
    assert 'value="&lt;B44&gt;"' in text
    assert 'autocomplete="off"' in text
    assert 'aria-invalid="true"' in text


def test_a_field_without_hint_or_error_describes_nothing() -> None:
    text = render("{% field form.note %}", form=SeatForm())
    assert "aria-describedby" not in text
    assert "optional" in text


def test_radios_are_a_fieldset_and_a_tick_comes_before_its_label() -> None:
    form = SeatForm({})
    radios = render("{% field form.channel %}", form=form)
    assert radios.startswith("<fieldset")
    assert '<legend class="field-label">' in radios
    tick = render("{% field form.agreed %}", form=form)
    assert tick.index("<input") < tick.index("<label")


def test_a_time_is_told_in_the_events_zone_alone_when_the_viewers_is_unknown() -> None:
    text = render('{% event_time at "America/Lima" %}', at=STARTS)
    assert 'datetime="2026-05-05T01:30:00Z"' in text
    assert "Monday 4 May 2026" in text
    assert "20:30" in text
    assert "Lima" in text
    assert "event-here" not in text


@pytest.mark.parametrize(
    ("cookie", "told"),
    [
        ("America/Argentina/Cordoba", "22:30–23:30 for you (Córdoba)"),
        ("Europe/Madrid", "03:30–04:30 on Tuesday 5 May 2026 for you (Madrid)"),
        ("America/Lima", None),
        ("Nowhere/<script>", None),
        ("../../etc/passwd", None),
    ],
)
def test_the_viewers_zone_comes_from_the_cookie(cookie: str, told: str | None) -> None:
    request = RequestFactory().get("/")
    request.COOKIES["tz"] = cookie
    text = render(
        '{% event_time at "America/Lima" ends_at=ends_at %}',
        at=STARTS,
        ends_at=STARTS + timedelta(hours=1),
        request=request,
    )
    assert (told or "event-here") in text if told else "event-here" not in text


def test_days_speak_the_readers_language() -> None:
    with translation.override("es"):
        assert "lunes" in zones.day(STARTS - timedelta(days=1))


def test_the_import_map_names_every_shared_module() -> None:
    named = json.loads(render("{% import_map %}"))["imports"]
    library = Path(__file__).resolve().parents[3] / "static" / "js" / "lib"
    assert {f"#lib/{path.name}" for path in library.glob("*.js")} <= set(named)
