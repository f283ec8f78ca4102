"""Pages that several rooms write: a room registers what it shows of a thing, and the thing's own room asks for it."""

from collections.abc import Callable, Collection
from typing import Any

Context = Callable[..., dict[str, Any]]
_sections: dict[str, dict[str, Context]] = {}


def register(page: str, name: str, context: Context) -> None:
    """Have `context` called with whatever the page is about, and its names handed to the page's template; called in
    `AppConfig.ready`. Saying it twice is saying it once; another section under the same name is a mistake.
    """
    if _sections.setdefault(page, {}).setdefault(name, context) is not context:
        raise ValueError(f"Two sections of the page {page} are called {name}")


def context(page: str, *given: Any, only: Collection[str] | None = None) -> dict[str, Any]:
    """What the sections of `page` show of what is `given`; of `only` these, where named. Two sections that hand the
    template the same name are a mistake.
    """
    shown: dict[str, Any] = {}
    for name, section in _sections.get(page, {}).items():
        if only is None or name in only:
            told = section(*given)
            if twice := told.keys() & shown.keys():
                raise ValueError(f"Two sections of the page {page} tell {', '.join(sorted(twice))}")
            shown |= told
    return shown
