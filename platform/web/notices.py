"""Where a page's notices wait for the next page: in a cookie, or the session when they are long."""

from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class HostCookie(CookieStorage):
    """Django's, under a name that over https only this host can set."""

    cookie_name = "__Host-messages" if settings.HTTPS else "messages"


class Notices(FallbackStorage):
    """The cookie first."""

    storage_classes: Any = (HostCookie, SessionStorage)
