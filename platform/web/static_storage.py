"""Static files as they are served: smaller, compressed, named by their hash.

Comments and indentation are for who reads the source; on a link of 64 kbit/s they are a second of waiting. They are
left out when the files are collected, by rjsmin and rcssmin; names and line structure of the code stay as they are.
"""

import re
from typing import Any

import rcssmin
import rjsmin
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

_OURS = ("css/", "js/")
# Inside @layer rcssmin takes `.a :checked` for a declaration and joins it to `.a:checked`; `.a *:checked` is the same.
_DESCENDANT = re.compile(r"""("[^"]*"|'[^']*')|\s+(?=::?[a-z-]+)""")


def small(name: str, text: str) -> str:
    """A style sheet or module of ours without comments and spare space; anything else as it is."""
    if not name.startswith(_OURS):
        return text
    if name.endswith(".js"):
        return str(rjsmin.jsmin(text))
    return str(rcssmin.cssmin(_DESCENDANT.sub(_said, text))) if name.endswith(".css") else text


def _said(found: re.Match[str]) -> str:
    """A string as it is, a descendant's space with a `*` after it."""
    return found[1] or " *"


class SmallStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Makes each file small as it is collected, before it is hashed and compressed."""

    def _save(self, name: str, content: Any) -> str:
        if name.startswith(_OURS) and name.endswith((".css", ".js")):
            content.seek(0)  # whoever hashed it has read it to the end
            content = ContentFile(small(name, content.read().decode()).encode())
        return str(super()._save(name, content))
