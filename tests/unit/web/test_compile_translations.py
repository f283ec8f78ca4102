"""Catalogues are compiled without system packages, and a broken one is refused."""

import gettext
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

HEAD = r"""msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

"""


def catalogue(folder: Path, settings: Any, text: str) -> Path:
    path = folder / "es" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(HEAD + text)
    settings.LOCALE_PATHS = [folder]
    return path


def test_texts_are_compiled(tmp_path: Path, settings: Any) -> None:
    path = catalogue(tmp_path, settings, 'msgid "Course"\nmsgstr "Curso"\n')
    call_command("compile_translations", verbosity=0)
    with path.with_suffix(".mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("Course") == "Curso"


def test_a_fuzzy_text_is_left_out(tmp_path: Path, settings: Any) -> None:
    path = catalogue(tmp_path, settings, '#, fuzzy\nmsgid "Course"\nmsgstr "Mission"\n')
    call_command("compile_translations", verbosity=0)
    with path.with_suffix(".mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("Course") == "Course"


def test_a_plural_not_translated_yet_is_shown_as_it_is(tmp_path: Path, settings: Any) -> None:
    text = 'msgid "%s minute"\nmsgid_plural "%s minutes"\nmsgstr[0] ""\nmsgstr[1] ""\n'
    path = catalogue(tmp_path, settings, text)
    call_command("compile_translations", verbosity=0)
    with path.with_suffix(".mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).ngettext("%s minute", "%s minutes", 2) == "%s minutes"


def test_a_lost_placeholder_is_refused(tmp_path: Path, settings: Any) -> None:
    catalogue(tmp_path, settings, '#, python-format\nmsgid "%(name)s asks"\nmsgstr "%(nombre)s pregunta"\n')
    with pytest.raises(CommandError, match=r"django\.po:\d+"):
        call_command("compile_translations", verbosity=0)
