"""Small values with a life time in Redis: shared by every process, gone by themselves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from redis import Redis, RedisError

from interview_platform.errors import ServiceUnavailable

PREFIX = "interview-platform:"
TIMEOUT_SECONDS = 5


class RedisSessions:
    """`Sessions` on the server at `url` (redis://, rediss:// or unix://). Connects at the first use."""

    name = "redis"

    def __init__(self, url: str) -> None:
        with _translated():
            self._redis: Any = Redis.from_url(
                url, socket_timeout=TIMEOUT_SECONDS, socket_connect_timeout=TIMEOUT_SECONDS, health_check_interval=30
            )

    def put(self, key: str, value: dict[str, object], ttl_seconds: int) -> None:
        """Set or replace, for `ttl_seconds` from now; not more than 0 is the same as `delete`."""
        if ttl_seconds <= 0:
            return self.delete(key)
        with _translated():
            self._redis.set(PREFIX + key, json.dumps(value), ex=ttl_seconds)

    def get(self, key: str) -> dict[str, object] | None:
        """The value, or None when absent or over."""
        with _translated():
            held = self._redis.get(PREFIX + key)
        value = json.loads(held) if held else None
        return value if isinstance(value, dict) else None

    def delete(self, key: str) -> None:
        """Remove; silent if it was not there."""
        with _translated():
            self._redis.delete(PREFIX + key)

    def count(self, key: str, ttl_seconds: int) -> int:
        """Add one to a counter that starts at 0 and lives `ttl_seconds` from its first use; the new value."""
        with _translated(), self._redis.pipeline(transaction=True) as together:
            together.set(PREFIX + key, 0, ex=max(1, ttl_seconds), nx=True)
            together.incr(PREFIX + key)
            return int(together.execute()[1])


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (RedisError, ValueError) as error:
        raise ServiceUnavailable(
            "The session store does not answer, so nobody can be signed in just now. What is saved is kept; "
            "check REDIS_URL and the Redis server."
        ) from error
