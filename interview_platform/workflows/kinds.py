"""Every kind of durable work of a platform, with how many of each may run at once in one process."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from sqlalchemy import Engine

from interview_platform.errors import ServiceUnavailable
from interview_platform.models import Interview, session
from interview_platform.ports import DurableWork, Steps, WorkKind
from interview_platform.workflows import after_interview
from interview_platform.workflows.durable import AFTER_INTERVIEW, RESCORING, ask
from interview_platform.workflows.rescore import Rescoring

INTERVIEWS_AT_ONCE = 2
"""The judge and the joining of recordings take a core each."""


class Held(Protocol):
    """What of the platform is needed."""

    engine: Engine

    @property
    def work(self) -> DurableWork:
        """Where it is asked for."""

    @property
    def rescoring(self) -> Rescoring:
        """Scores interviews anew."""

    def follow_up(self, interview_id: str, steps: Steps | None = None) -> bool:
        """Everything after an interview, step by step; whether all of it worked."""


def of(held: Held) -> list[WorkKind]:
    """The kinds. Nothing of the platform is built before its work is begun."""
    return [
        WorkKind(
            AFTER_INTERVIEW,
            lambda steps, interview_id: after_interview.follow(
                steps, interview_id, partial(held.follow_up, interview_id)
            ),
            at_once=INTERVIEWS_AT_ONCE,
            again=True,
        ),
        WorkKind(RESCORING, lambda steps, job_id: held.rescoring.work(job_id, steps), again=True),
    ]


def interview_ended(held: Held, interview_id: str, at_start: bool = False) -> None:
    """Ask for what follows an interview; without durable work it is done here and now. Never raises. `at_start`: what
    a person cancelled stays so."""
    here: Callable[[], object] = partial(held.follow_up, interview_id)
    with session(held.engine) as db:
        row = db.get(Interview, interview_id)
    if row is None or (at_start and _cancelled(held, row)):
        return
    ask(held.work, AFTER_INTERVIEW, row.organisation_id, interview_id, here)


def _cancelled(held: Held, row: Interview) -> bool:
    try:
        stopped = held.work.listing(row.organisation_id, ["cancelled"])
    except ServiceUnavailable:
        return False
    return any(one.subject_id == row.id for one in stopped)
