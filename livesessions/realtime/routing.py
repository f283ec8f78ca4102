"""The addresses of the transport."""

from typing import Any

from django.urls import path, re_path

from livesessions.realtime.consumers import room_consumer


async def nowhere(scope: Any, receive: Any, send: Any) -> None:
    """No room has this address: refuse the upgrade, without a word in the log."""
    await send({"type": "websocket.close", "code": 4404})


websocket_urlpatterns = [
    path("ws/rooms/<slug:room>/", room_consumer),  # type: ignore[arg-type]
    re_path(r"", nowhere),  # type: ignore[arg-type]
]
