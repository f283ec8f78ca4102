"""What a proxy or a supervisor asks."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from web import readiness


@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """200 while the process answers at all."""
    return JsonResponse({"live": True})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 when requests may be sent here, else 503 and why. Within two seconds, whatever hangs."""
    told = readiness.answer()
    return JsonResponse(told, status=200 if told["ready"] else 503)
