"""How scripts are told no: a status, the code with its sentence, and when another try may help."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec

from django.http import HttpRequest, HttpResponse, JsonResponse

from shared.errors import DomainError
from web.refusals import as_json

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

STATUSES: Final[Mapping[str, int]] = {
    "upload.forbidden": 403,
    "upload.incomplete": 409,
    "upload.part_differs": 409,
    "upload.key_taken": 409,
    "upload.over": 409,
    "upload.wrong_way": 409,
    "upload.storage_away": 503,
    "upload.disk_full": 507,
    "media.forbidden": 403,
    "media.not_ready": 409,
    "media.expired": 410,
    "media.consent_withdrawn": 410,
    "media.storage_away": 503,
    "marks.forbidden": 403,
    "marks.conflict": 409,
}
_MANY: Final = 1000  # missing parts named in one answer


def refusal(error: DomainError) -> HttpResponse:
    """The answer to a refused request: 422 unless its code says otherwise. Nothing of it is cached."""
    told: dict[str, Any] = as_json(error)
    if error.retry:
        told |= {"retry": True, "after_ms": error.after_ms}
    if "missing" in error.params:
        told["missing"] = list(error.params["missing"])[:_MANY]
    answer = JsonResponse(told, status=STATUSES.get(error.code, 422))
    answer["Cache-Control"] = "private, no-store"
    if error.after_ms:
        answer["Retry-After"] = str(-(-error.after_ms // 1000))
    return answer


def told_in_json(view: View[P]) -> View[P]:
    """Answers the view's DomainError as `refusal` does."""

    @wraps(view)
    def telling(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except DomainError as error:
            return refusal(error)

    return telling
