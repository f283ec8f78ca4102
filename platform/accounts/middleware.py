"""The person behind a request: whose page it comes from, and the language it is answered in."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation


class PersonLanguageMiddleware:
    """A language picked in this browser wins, then the one on the person's profile, then the browser's wish."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.LANGUAGE_COOKIE_NAME in request.COOKIES or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return self.get_response(request)
        if request.path.startswith("/health/"):  # speaks no language, and must not wait for the database
            return self.get_response(request)
        language = getattr(request.user, "language", "")
        if not language:
            return self.get_response(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class OwnPageMiddleware:
    """A script says whom its page was made for (`X-Person`). When somebody else is signed in by now, nothing is done in
    their name: 401 `sign_in.other`, and what waits on the page goes on waiting.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        maker = request.headers.get("X-Person")
        if maker and request.user.is_authenticated and getattr(request.user, "public_id", "") != maker:
            return JsonResponse({"code": "sign_in.other"}, status=401)
        return self.get_response(request)
