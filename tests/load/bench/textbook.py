"""The room as tutorials of Channels build it: each message to a group, each consumer encodes it for itself.

No sign-in, no database. `python -m daphne tests.load.bench.textbook:application`.
"""

from typing import Any, Final

from django.conf import settings

_CAPACITY: Final = 1_000_000  # messages a consumer may be behind; with Channels' 100 it would drop most of them

settings.configure(
    CHANNEL_LAYERS={"default": {"BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": {"capacity": _CAPACITY}}},
    ALLOWED_HOSTS=["*"],
)

from channels.generic.websocket import AsyncJsonWebsocketConsumer  # noqa: E402 - needs settings
from channels.routing import ProtocolTypeRouter  # noqa: E402


class Consumer(AsyncJsonWebsocketConsumer):  # type: ignore[misc]
    async def connect(self) -> None:
        await self.channel_layer.group_add("room", self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard("room", self.channel_name)

    async def receive_json(self, content: dict[str, Any], **kwargs: Any) -> None:
        await self.channel_layer.group_send("room", {"type": "room.message", "message": content})

    async def room_message(self, event: dict[str, Any]) -> None:
        await self.send_json(event["message"])


application = ProtocolTypeRouter({"websocket": Consumer.as_asgi()})
