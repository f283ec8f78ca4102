"""The cookie that ties a browser to its session."""

from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers


class BrowserSessionMiddleware(SessionMiddleware):
    """As Django's, but a request that came with an old key takes no cookie away: the new one may have reached the
    browser meanwhile. Signing in and opening a link give a new key; another tab's question may be on its way just then.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if not request.session.is_empty() or request.session.modified:  # modified and empty: signed out by this request
            return super().process_response(request, response)
        if request.session.accessed:
            patch_vary_headers(response, ("Cookie",))
        return response
