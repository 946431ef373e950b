"""What belongs together: one id for everything that is done in one go.

A handler, a request or a workflow begins it; audit events and log lines made meanwhile carry it, so that the one finds
the other. It is kept in structlog's context variables: a thread or task of its own begins its own, unless it is handed
the one it works for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

from structlog import contextvars

from interview_platform.models import new_id

P = ParamSpec("P")
R = TypeVar("R")
_NAME = "correlation"
LENGTH = 16


def current() -> str:
    """The id of what is being done now; "" outside of anything that began one."""
    return str(contextvars.get_contextvars().get(_NAME, ""))


def begin(given: str = "") -> str:
    """Begin something of its own for the rest of this task or thread; its id (`given`, or a new one)."""
    made = given or new_id()[:LENGTH]
    contextvars.bind_contextvars(**{_NAME: made})
    return made


def together(work: Callable[P, R]) -> Callable[P, R]:
    """What one call of this does belongs together: for workflows, which run on threads of their own."""

    @wraps(work)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with begun():
            return work(*args, **kwargs)

    return run


@contextmanager
def begun(given: str = "") -> Iterator[str]:
    """The same for the length of a block; inside something that was begun already, that one goes on."""
    held = given or current() or new_id()[:LENGTH]
    with contextvars.bound_contextvars(**{_NAME: held}):
        yield held
