"""The ASGI application: pages by Django, the room's sockets and long polls by Channels."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
pages = get_asgi_application()  # before anything that needs models

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from django.conf import settings  # noqa: E402
from django.urls import re_path  # noqa: E402

from config.server.body_limits import BoundedBodies  # noqa: E402
from config.server.headers import Guarded  # noqa: E402
from config.server.turns import Turns  # noqa: E402
from livesessions.realtime.longpoll import longpoll_urlpatterns  # noqa: E402
from livesessions.realtime.origins import OriginGuard  # noqa: E402
from livesessions.realtime.routing import websocket_urlpatterns  # noqa: E402

in_turn = Turns(
    pages,
    at_once=settings.PAGES_AT_ONCE,
    waiting=settings.PAGES_WAITING,
    patience=settings.PAGES_PATIENCE,
    free=("/health/", settings.STATIC_URL),
)
application = Guarded(
    ProtocolTypeRouter(
        {
            "http": URLRouter([*longpoll_urlpatterns, re_path(r"", BoundedBodies(in_turn))]),  # type: ignore[arg-type]
            "websocket": OriginGuard(URLRouter(websocket_urlpatterns), settings.ALLOWED_ORIGINS),
        }
    )
)
