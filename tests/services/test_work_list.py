"""Background work as people see it: their own organisation's, by name, steered by owners and recruiters."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from interview_platform.errors import NotAllowed, NotFound
from interview_platform.models import AuditEvent, session
from interview_platform.ports import Work
from interview_platform.services import work_list
from tests.services.scoring.material import Held, ended

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


class SetWork:
    """Work that a test sets; notes what it is told."""

    name = "set"

    def __init__(self, *works: Work) -> None:
        self.works, self.told = works, []  # type: ignore[var-annotated]

    def listing(self, organisation_id: str, states: object, limit: int) -> list[Work]:
        """All of the organisation."""
        return [one for one in self.works if one.organisation_id == organisation_id]

    def find(self, work_id: str) -> Work | None:
        """By its id."""
        return next((one for one in self.works if one.id == work_id), None)

    def retry(self, work_id: str) -> None:
        """Noted."""
        self.told.append(("retry", work_id))

    def cancel(self, work_id: str) -> None:
        """Noted."""
        self.told.append(("cancel", work_id))


def of(held: Held, subject: str, kind: str = "after-interview", **values: object) -> Work:
    """Work of the interview's organisation."""
    made = Work(f"{kind}-{subject}", kind, held.actor.organisation_id, subject, "running", AT, AT)
    return replace(made, **values)  # type: ignore[arg-type]


def test_work_is_named_by_person_and_job_and_what_failed_comes_first(engine: Engine) -> None:
    held = ended(engine)
    scoring = of(held, held.job.id, "rescoring", steps=("plan", "score", "score"))
    failed = of(held, held.interview.id, state="failed", cause="No judge.", steps=("transcripts", "record"))
    gone = of(held, "somebody deleted", state="waiting")

    with session(engine) as db:
        made = work_list.listing(db, held.actor, SetWork(scoring, gone, failed))  # type: ignore[arg-type]

    assert [one.state for one in made] == ["failed", "running", "waiting"]
    assert (made[0].kind, made[0].cause, made[0].done) == (
        "Report and recording", "No judge.", "Transcript of record closed",
    )  # fmt: skip
    assert held.job.title in made[0].about
    assert made[0].href.endswith(held.interview.id)
    assert (made[1].about, made[1].done) == (held.job.title, "2 interviews scored")
    assert (made[2].about, made[2].href, made[2].done) == ("Deleted meanwhile", "", "Nothing yet")


def test_taking_up_and_cancelling_are_in_the_audit_log(engine: Engine) -> None:
    held = ended(engine)
    one = of(held, held.interview.id, state="failed")
    work = SetWork(one)

    with session(engine) as db:
        work_list.retry(db, held.actor, work, one.id)  # type: ignore[arg-type]
        work_list.cancel(db, held.actor, work, one.id)  # type: ignore[arg-type]

    assert work.told == [("retry", one.id), ("cancel", one.id)]
    with session(engine) as db:
        query = select(AuditEvent.action).where(AuditEvent.subject == f"interview:{held.interview.id}")
        assert {"work.retried", "work.cancelled"} <= set(db.exec(query))


def test_only_owners_and_recruiters_of_the_same_organisation_reach_it(engine: Engine) -> None:
    held = ended(engine)
    own = of(held, held.interview.id, state="failed")
    other = replace(own, id="other", organisation_id="another organisation")
    work = SetWork(own, other)

    with session(engine) as db:
        for act in (work_list.retry, work_list.cancel):
            with pytest.raises(NotFound):
                act(db, held.actor, work, other.id)  # type: ignore[arg-type]
        for role in ("hiring_manager", "reviewer", "auditor"):
            with pytest.raises(NotAllowed):
                work_list.listing(db, replace(held.actor, role=role), work)  # type: ignore[arg-type]
            with pytest.raises(NotAllowed):
                work_list.retry(db, replace(held.actor, role=role), work, own.id)  # type: ignore[arg-type]
    assert work.told == []
