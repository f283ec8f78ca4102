"""A channel layer on Redis that loses one message in ten, and lets another one in ten overtake by the next two."""

import asyncio
from typing import Any, Final

from channels_redis.pubsub import RedisPubSubChannelLayer

_EVERY: Final = 10
_HELD_BACK: Final = 2  # messages that go first


class LossyLayer(RedisPubSubChannelLayer):  # type: ignore[misc]
    """By number, not by chance, so that every run loses some."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._number = 0
        self._late: list[tuple[int, str, dict[str, Any]]] = []  # until which number, what

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        self._number += 1
        if self._number % _EVERY == 0:
            return
        if self._number % _EVERY == _EVERY // 2:
            self._late.append((self._number + _HELD_BACK, group, message))
            return
        late = [(g, m) for until, g, m in self._late if until <= self._number]
        self._late = [waiting for waiting in self._late if waiting[0] > self._number]
        await asyncio.gather(*(self._publish(g, m) for g, m in [(group, message), *late]))

    async def _publish(self, group: str, message: dict[str, Any]) -> None:
        await self._get_layer().group_send(group, message)
