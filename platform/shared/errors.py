"""The one exception the domain raises for what a person did wrong or may not do."""

from typing import Any


class DomainError(Exception):
    """A refused change, named by a stable public code such as `question.empty`.

    `field` names the form field to blame, `retry` says that the same request may succeed later and `after_ms`
    (milliseconds) when. `params` fill the translated sentence that `web.refusals.sentence(error)` finds for the code.
    """

    def __init__(self, code: str, *, field: str | None = None, retry: bool = False, after_ms: int = 0, **params: Any):
        super().__init__(code)
        self.code = code
        self.field = field
        self.retry = retry
        self.after_ms = after_ms
        self.params = params
