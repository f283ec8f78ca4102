"""The cache that several servers share: Redis, and this process's own memory while Redis is away.

What is counted there are attempts. Without Redis each process counts its own: a limit is wider then, and nobody is
refused, let alone shown an error, because a part is missing that no page needs.
"""

import logging
import time
from collections.abc import Callable
from typing import Any, Final, TypeVar

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis import RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

logger = logging.getLogger(__name__)
T = TypeVar("T")

PATIENCE: Final = 0.5  # seconds Redis has to take a connection, and to answer
PAUSE: Final = 5.0  # seconds in which nobody asks a Redis again that did not answer


class SpareCache(RedisCache):
    """Redis as long as it answers. One that does not is asked again after a pause, so it delays one request in
    five seconds and not each of them.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        patience = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE, "retry": Retry(NoBackoff(), 0)}
        super().__init__(server, params | {"OPTIONS": patience | params.get("OPTIONS", {})})
        self._address = server
        self.spare = LocMemCache(f"spare for {server}", params)
        self._clock: Callable[[], float] = time.monotonic

    @property
    def is_away(self) -> bool:
        """Whether Redis did not answer a moment ago."""
        return self._clock() < _away_until.get(self._address, 0.0)

    def ask(self) -> None:
        """Raises what Redis raises when it does not answer, without a pause and without the spare."""
        self._cache.get_client().ping()

    def add(self, *args: Any, **kwargs: Any) -> bool:
        return self._or_spare(super().add, self.spare.add, args, kwargs)

    def get(self, *args: Any, **kwargs: Any) -> Any:
        return self._or_spare(super().get, self.spare.get, args, kwargs)

    def set(self, *args: Any, **kwargs: Any) -> None:
        self._or_spare(super().set, self.spare.set, args, kwargs)

    def touch(self, *args: Any, **kwargs: Any) -> bool:
        return self._or_spare(super().touch, self.spare.touch, args, kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        return self._or_spare(super().delete, self.spare.delete, args, kwargs)

    def get_many(self, *args: Any, **kwargs: Any) -> dict[Any, Any]:
        return self._or_spare(super().get_many, self.spare.get_many, args, kwargs)

    def has_key(self, *args: Any, **kwargs: Any) -> bool:
        return self._or_spare(super().has_key, self.spare.has_key, args, kwargs)

    def incr(self, *args: Any, **kwargs: Any) -> int:
        return self._or_spare(super().incr, self.spare.incr, args, kwargs)

    def set_many(self, *args: Any, **kwargs: Any) -> list[Any]:
        return self._or_spare(super().set_many, self.spare.set_many, args, kwargs)

    def delete_many(self, *args: Any, **kwargs: Any) -> None:
        self._or_spare(super().delete_many, self.spare.delete_many, args, kwargs)

    def clear(self) -> Any:
        self.spare.clear()
        return self._or_spare(super().clear, lambda: None, (), {})

    def _or_spare(
        self, shared: Callable[..., T], spare: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> T:
        if not self.is_away:
            try:
                return shared(*args, **kwargs)
            except (RedisError, OSError) as error:
                _away_until[self._address] = self._clock() + PAUSE
                logger.warning("Redis does not answer, this process goes by its own memory: %r", error)
        return spare(*args, **kwargs)


_away_until: dict[str, float] = {}  # by address: each thread has a cache of its own, and they share the pause
