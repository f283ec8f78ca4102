"""The quick controls say what Django's own would."""

from django import forms
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from web.widgets import LongSelect, Radios

WORDS = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=8)


def squeezed(html: SafeString) -> str:
    return "".join(line.strip() for line in str(html).splitlines())


@given(st.dictionaries(WORDS, WORDS, max_size=5), WORDS)
def test_a_long_select_is_djangos_select(choices: dict[str, str], value: str) -> None:
    pairs = [(key, label.strip()) for key, label in choices.items()]
    attrs = {"id": "id_country", "required": True, "hidden": False, "data-x": 'a"<b'}
    own = LongSelect(choices=pairs).render("country", value, attrs)
    assert squeezed(own) == squeezed(forms.Select(choices=pairs).render("country", value, attrs))


def test_one_radio_takes_the_focus() -> None:
    html = Radios(choices=[("a", "A"), ("b", "B")]).render("channel", None, {"autofocus": True})
    assert html.count("autofocus") == 1
    assert html.index("autofocus") < html.index('value="b"')
