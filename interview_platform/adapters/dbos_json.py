"""What DBOS keeps, as JSON that a person can read, instead of pickled objects that run when they are read."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import structlog
from dbos import Serializer

from interview_platform.errors import PlatformError

FAULT = "Something went wrong on our side. What was done is kept; try again, and if it stays so, see the server's log."
"""The cause that people read of an error that nobody foresaw: its own words may hold anything."""
_ERROR = "error:"
_log = structlog.get_logger()


class JsonWords(Serializer):
    """Plain values as JSON; an error as its words, back as a PlatformError."""

    def serialize(self, data: Any) -> str:
        """Text; raises TypeError for what is no plain value."""
        if isinstance(data, BaseException):
            return json.dumps({_ERROR: str(data) if isinstance(data, PlatformError) else FAULT})
        return json.dumps(data)

    def deserialize(cls, serialized_data: str) -> Any:
        """What was kept."""
        data = json.loads(serialized_data)
        if isinstance(data, dict) and set(data) == {_ERROR}:
            return PlatformError(data[_ERROR])
        return data

    def name(self) -> str:
        """Kept with each value."""
        return "json_words"


def kept_as(work: Callable[[], Any]) -> Any:
    """What the work gives, or raises: an unforeseen error's words are logged by us, not kept."""
    try:
        return work()
    except PlatformError:
        raise
    except Exception as error:
        _log.exception("step_failed")
        raise PlatformError(FAULT) from error
