"""Texts that people read: already in a language, or to be put into the reader's when they are shown."""

from typing import TYPE_CHECKING, TypeAlias

from django.utils.functional import Promise

if TYPE_CHECKING:  # the stubs know what a lazy text can do; the name is private, so it stands here alone
    from django.utils.functional import _StrOrPromise

    Text: TypeAlias = _StrOrPromise
else:
    Text = str | Promise
