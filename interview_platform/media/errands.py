"""What a dialogue has to do: one thing after the other, work beside it, and calls on the conversation's thread."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor
from functools import partial
from typing import Any, TypeVar

Result = TypeVar("Result")
Job = Callable[[], Awaitable[None]]


class Errands:
    """One dialogue's, on its loop. `failed` is told what work beside it raised."""

    def __init__(self, mind: Executor, failed: Callable[[BaseException], None]) -> None:
        self._mind, self._failed = mind, failed
        self._loop = asyncio.get_running_loop()
        self._jobs: asyncio.Queue[Job | None] = asyncio.Queue()
        self._beside: set[asyncio.Future[Any]] = set()

    def put(self, job: Job) -> None:
        """To be done after what waits already."""
        self._jobs.put_nowait(job)

    def close(self) -> None:
        """After what waits already, nothing more is to be done."""
        self._jobs.put_nowait(None)

    async def next(self) -> Job | None:
        """The next one; None once closed."""
        return await self._jobs.get()

    def mind(self, call: Callable[..., Result], *values: Any) -> asyncio.Future[Result]:
        """Call it on the conversation's thread."""
        return self._loop.run_in_executor(self._mind, partial(call, *values))

    def beside(self, work: asyncio.Future[Any]) -> None:
        """Let it run without waiting for it."""
        self._beside.add(work)
        work.add_done_callback(self._done)

    def _done(self, work: asyncio.Future[Any]) -> None:
        self._beside.discard(work)
        if not work.cancelled() and (error := work.exception()) is not None:
            self._failed(error)
