"""The sentences people read when the domain refuses something: one per error code, told by each app."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from shared.errors import DomainError
from shared.texts import Text

if TYPE_CHECKING:
    from django.forms import BaseForm

_FALLBACK = _("That could not be done, and nothing was changed. Please try again.")
_sentences: dict[str, Text] = {}


def register(sentences: Mapping[str, Text]) -> None:
    """Make an app's sentences known; called in `AppConfig.ready`. Saying the same code twice is a mistake."""
    for code, text in sentences.items():
        if _sentences.get(code, text) is not text:
            raise ValueError(f"Two sentences for the error code {code}")
        _sentences[code] = text


def codes() -> set[str]:
    """Every code that has a sentence."""
    return set(_sentences)


def sentence(error: DomainError) -> str:
    """What `error` means, in the language of the moment; an unknown code gets a calm general sentence."""
    text = str(_sentences.get(error.code, _FALLBACK))
    return text % error.params if error.params else text


def blame(form: "BaseForm", error: DomainError) -> None:
    """Put the sentence at the field `error` names, or above the form when the form has no such field."""
    field = error.field if error.field in form.fields else None
    form.add_error(field, sentence(error))


def as_json(error: DomainError) -> dict[str, Any]:
    """The shape in which pages with scripts read a refusal: `code`, `message` and, where known, `field`."""
    answer: dict[str, Any] = {"code": error.code, "message": sentence(error)}
    return answer | ({"field": error.field} if error.field else {})
