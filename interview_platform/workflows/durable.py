"""The kinds of durable work, and how they are asked for.

Where durable work is not there (its database, or a process that does not run it), work is done all the same, in the
background of this process and without being kept: rows say what is unfinished, and the next start finds it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import structlog

from interview_platform.errors import ServiceUnavailable
from interview_platform.ports import DurableWork

AFTER_INTERVIEW, RESCORING = "after-interview", "rescoring"
_log = structlog.get_logger()


class AtOnce:
    """Steps that nothing keeps: each is done when it is come to."""

    def do(self, name: str, work: Callable[[], Any]) -> Any:
        """As the port says, but for keeping."""
        return work()


def ask(work: DurableWork, kind: str, organisation_id: str, subject_id: str, otherwise: Callable[[], object]) -> None:
    """Have it done durably, else by `otherwise`. Never raises for durable work that is not there."""
    try:
        work.submit(kind, organisation_id, subject_id)
    except ServiceUnavailable as error:
        _log.warning("work_not_durable", kind=kind, subject=subject_id, why=str(error))
        otherwise()
