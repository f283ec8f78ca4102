"""Every text a person reads goes through gettext, and the catalogues hold."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.test import RequestFactory

from courses.cases.views.texts import consent_texts, draft_texts, review_texts
from courses.media.views.texts import upload_texts, viewer_texts
from livesessions.room.views.texts import texts as room_texts
from web.context_processors import site
from web.refusals import codes
from web.script_texts import Texts

ROOT: Path = settings.BASE_DIR
# The style guide is for those who make pages, and only there while developing.
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*.html") if path.name != "styleguide.html")
CATALOGUES = sorted((ROOT / "platform" / "web" / "locale").glob("*/LC_MESSAGES/*.po"))
HIDDEN = re.compile(
    r"\{#.*?#\}"
    r"|\{% comment %\}.*?\{% endcomment %\}"
    r"|\{% block body_class %\}.*?\{% endblock %\}"
    r"|\{% blocktranslate.*?%\}.*?\{% endblocktranslate %\}"
    r"|<(?:script|style|svg|kbd)\b.*?</(?:script|style|svg|kbd)>"
    r"|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->|<[^>]*>",
    flags=re.S,
)
NAMES = {"Anfiteatro"}  # what is the same in every language


def spoken(template: str) -> list[str]:
    """Words left in a template once tags, variables and translated texts are taken out."""
    text = re.sub(r"&[a-z]+;|&#\d+;", " ", HIDDEN.sub("\n", template))
    return [word for word in re.findall(r"[A-Za-zÀ-ÿ]{3,}", text) if word not in NAMES]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_no_text_stands_bare_in_a_template(path: Path) -> None:
    assert spoken(path.read_text()) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_no_attribute_a_person_hears_is_bare(path: Path) -> None:
    attributes = re.findall(r'\b(?:alt|title|aria-label|placeholder)="([^"{]*[A-Za-z]{3,}[^"{]*)"', path.read_text())
    assert [text for text in attributes if text not in NAMES] == []


def test_no_text_stands_bare_in_a_template_is_able_to_fail() -> None:
    assert spoken('<p class="x">{% translate "Hello" %} dear {{ name }}</p>') == ["dear"]


def test_every_catalogue_is_whole() -> None:
    open_entries = {
        f"{path.parent.parent.name}: {entry.msgid}"
        for path in CATALOGUES
        for catalogue in [polib.pofile(str(path))]
        for entry in [*catalogue.untranslated_entries(), *catalogue.fuzzy_entries()]
    }
    assert open_entries == set()


def test_placeholders_survive_translation() -> None:
    lost = [
        f"{path.parent.parent.name}: {entry.msgid}"
        for path in CATALOGUES
        for entry in polib.pofile(str(path))
        if entry.msgstr and _placeholders(entry.msgid) != _placeholders(entry.msgstr)
    ]
    assert lost == []


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\([a-z_]+\)[sd]|\{[a-z_]*\}", text))


def test_texts_are_marked_as_xgettext_looks_for_them() -> None:
    """A function of gettext under another name than `_` marks nothing: its texts never reach a catalogue."""
    renamed = [
        f"{path.relative_to(ROOT)}: {found}"
        for folder in ("courses", "livesessions", "platform")
        for path in (ROOT / folder).rglob("*.py")
        for found in re.findall(r"gettext(?:_lazy|_noop)? as (?!_\b)\w+", path.read_text())
    ]
    assert renamed == []


def brought() -> dict[str, Texts]:
    """What the pages bring for their scripts, by the folder that asks for it."""
    site_texts: Texts = site(RequestFactory().get("/"))["site_texts"]
    return {
        "lib": site_texts,
        "room": room_texts(),
        "cases": {**draft_texts(), **review_texts(), **consent_texts()},
        "media": {**viewer_texts(), **upload_texts()},
    }


def test_scripts_and_pages_agree_on_the_names_of_texts() -> None:
    """A text nobody asks for is a translator's time; one that no page brings is shown as its name."""
    for folder, texts in brought().items():
        folders = (folder, "live") if folder == "room" else (folder,)
        source = "".join(path.read_text() for each in folders for path in (ROOT / "static/js" / each).rglob("*.js"))
        asked = set(re.findall(r'\btext\("([\w.]+)"', source))
        assert asked - texts.keys() == set(), folder
        named = set(re.findall(r'"([a-z]\w*(?:\.\w+)?)"', source))
        beginnings = tuple(re.findall(r"`([a-z]+\.\w*)\$\{", source))
        spared = {name for name in texts if name.startswith(beginnings) or name.removesuffix("_now") in named}
        assert texts.keys() - named - spared - codes() == set(), folder


def test_a_text_of_a_script_has_the_forms_and_places_scripts_read() -> None:
    for name, text in (pair for texts in brought().values() for pair in texts.items()):
        forms = text if isinstance(text, dict) else {"other": text}
        assert {"other"} <= forms.keys() <= {"one", "other"}, name
        for form in forms.values():
            assert not re.search(r"%(?!%|\(\w+\)s)|\{\w*\}", form.replace("%%", "")), name
            assert isinstance(text, str) or "%(count)s" in form, name
