"""Redis's behaviour inside this process, for running without a server: what it holds ends with the process."""

from __future__ import annotations

from fakeredis import FakeRedis, FakeServer

from interview_platform.adapters.redis_sessions import RedisSessions


class EmbeddedSessions(RedisSessions):
    """`Sessions` in memory, safe between threads, invisible to other processes."""

    name = "embedded"

    def __init__(self) -> None:
        self._redis = FakeRedis(server=FakeServer())
