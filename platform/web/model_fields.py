"""Columns for what people type: kept by the rule of `shared.plain_text` whoever writes them, a form or an action."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models

from shared import plain_text
from web.form_fields import AddressField, LineField, ParagraphsField

if TYPE_CHECKING:  # the stubs' fields are generic, Django's are not
    CharField = models.CharField[str, str]
    EmailField = models.EmailField[str, str]
    TextField = models.TextField[str, str]
else:
    CharField, EmailField, TextField = models.CharField, models.EmailField, models.TextField


class _Kept:
    """What is saved is the cleaned text, and the object says so afterwards."""

    attname: str
    form_field: ClassVar[type]

    @staticmethod
    def keep(text: str) -> str:
        raise NotImplementedError

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = getattr(model_instance, self.attname)
        if isinstance(value, str):
            value = self.keep(value)
            setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        kept = self.keep(value) if isinstance(value, str) else value
        return super().get_db_prep_save(kept, connection)  # type: ignore[misc]

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**({"form_class": self.form_field} | kwargs))  # type: ignore[misc]


class Line(_Kept, CharField):
    """A name, a title, a number."""

    keep = staticmethod(plain_text.line)
    form_field = LineField


class Address(_Kept, EmailField):
    """An e-mail address."""

    keep = staticmethod(plain_text.address)
    form_field = AddressField


class Paragraphs(_Kept, TextField):
    """A text of several lines."""

    keep = staticmethod(plain_text.paragraphs)
    form_field = ParagraphsField


class Derived(CharField):
    """Computed from other columns at each save: `of` names them, `key` makes one text of them all. Not for `update`;
    the model is a `Deriving` one.
    """

    def __init__(self, *, of: Sequence[str], key: Callable[[str], str] = plain_text.folded, **kwargs: Any) -> None:
        self.of, self.key = tuple(of), key
        kwargs |= {"editable": False, "default": "", "blank": True}
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"of": self.of, "key": self.key}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = self.key(" ".join(str(getattr(model_instance, name)) for name in self.of))[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value


class Deriving(models.Model):
    """Saving a column saves what is computed from it."""

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        if update_fields is not None:
            saved = set(update_fields)
            derived = (field for field in self._meta.concrete_fields if isinstance(field, Derived))
            update_fields = saved | {field.name for field in derived if saved & set(field.of)}
        super().save(*args, update_fields=update_fields, **kwargs)
