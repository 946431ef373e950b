"""Scoring a job's interviews anew by its present rubric: where it stands, what would change, and whether it counts.

Nothing that counts is touched while it runs: each interview gets a proposed report beside its own. A person looks at
what would change and takes all of it, or none. Where it stands is read from rows and the audit log alone, so a restart
loses nothing. The work itself is done by workflows/rescore.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, delete, func, select

from interview_platform.errors import BadInput
from interview_platform.models import Application, AuditEvent, Candidate, Interview, Job, Report, Score
from interview_platform.services import access, audit, ratings, rubrics
from interview_platform.services.access import READERS, WRITERS, Actor, need
from interview_platform.services.report_write import PROPOSED

STARTED, PAUSED, RESUMED = "rescoring.started", "rescoring.paused", "rescoring.resumed"
TAKING, TAKEN, DROPPED, FAILED = "rescoring.taking", "rescoring.taken", "rescoring.dropped", "rescoring.failed"
NONE, RUNNING, WAITS, READY, ADOPTING, OVER = "none", "running", "paused", "ready", "taking", "over"
_STATES = {STARTED: RUNNING, RESUMED: RUNNING, PAUSED: WAITS, TAKING: ADOPTING, TAKEN: OVER, DROPPED: OVER}


@dataclass(frozen=True)
class Run:
    """Where a job's rescoring stands. `state`: none | running | paused | ready | taking | over."""

    state: str = NONE
    total: int = 0
    done: int = 0
    failed: int = 0
    by: str = ""  # user id
    at: datetime | None = None  # when it was started
    stale: bool = False  # the rubric was changed after that


@dataclass(frozen=True)
class Outcome:
    """One interview before and after; levels by the competency's name, None = not assessed. `hidden`: rate first."""

    interview_id: str
    name: str
    before: float | None
    after: float | None
    said: str  # recommendation before
    says: str  # and after
    levels: tuple[tuple[str, int | None, int | None], ...] = ()
    hidden: bool = False
    by_other_rules: bool = False  # the judge or its rules are other ones, too: not all that differs is the rubric's

    @property
    def turns(self) -> bool:
        """Whether the recommendation would be another one."""
        return self.said != self.says


def affected(db: Session, actor: Actor, job_id: str) -> int:
    """How many interviews have a report. Raises NotFound, NotAllowed."""
    need(actor, READERS)
    return len(_counting(db, access.job(db, actor, job_id).id))


def start(db: Session, actor: Actor, job_id: str) -> Run:
    """Begin; proposals of an earlier run go. Raises BadInput (one runs, nothing to score), NotFound, NotAllowed."""
    need(actor, WRITERS)
    job = access.job(db, actor, job_id)
    rubrics.current(db, actor, job_id)  # what it is begun with is a version
    if state(db, job.id).state in (RUNNING, WAITS, ADOPTING):
        raise BadInput("This job's interviews are being scored anew already.")
    total = len(_counting(db, job.id))
    if not total:
        raise BadInput("No interview of this job has a report yet, so there is nothing to score anew.")
    _drop(db, job.id)
    audit.record(db, actor, STARTED, f"job:{job.id}", interviews=total)
    db.flush()
    return state(db, job.id)


def pause(db: Session, actor: Actor, job_id: str) -> Run:
    """Stop after the interview at hand; what is done is kept."""
    return _say(db, actor, job_id, PAUSED, (RUNNING,))


def resume(db: Session, actor: Actor, job_id: str) -> Run:
    """Go on."""
    return _say(db, actor, job_id, RESUMED, (WAITS,))


def take(db: Session, actor: Actor, job_id: str) -> Run:
    """Let the new scores count; old reports stay beside them. The work is done in the background.

    Raises BadInput also where the rubric was changed after they were begun.
    """
    rubrics.current(db, actor, job_id)  # a change by the job's form is a version from now on
    if read(db, actor, job_id).stale:
        raise BadInput("The rubric was changed after these scores were begun. Score the interviews anew first.")
    return _say(db, actor, job_id, TAKING, (READY,))


def drop(db: Session, actor: Actor, job_id: str) -> Run:
    """Let go of the new scores; nothing changes."""
    made = _say(db, actor, job_id, DROPPED, (WAITS, READY))
    _drop(db, job_id)
    return made


def read(db: Session, actor: Actor, job_id: str) -> Run:
    """`state` for a person. Raises NotFound, NotAllowed."""
    need(actor, READERS)
    return state(db, access.job(db, actor, job_id).id)


def state(db: Session, job_id: str) -> Run:
    """Where it stands."""
    events = _events(db, job_id)
    if not events:
        return Run()
    last, first = events[-1], next(row for row in reversed(events) if row.action == STARTED)
    failed = _failed(db, job_id, first.at)
    done = db.exec(select(func.count()).select_from(Report).where(*_proposed(job_id))).one()
    total = int(first.detail.get("interviews", 0))
    now = _STATES[last.action]
    if now in (RUNNING, WAITS) and not todo(db, job_id):
        now = READY
    by = first.actor.partition(":")[2] if first.actor.startswith("user:") else ""
    return Run(now, total, total if now == OVER else done, len(failed), by, first.at, _is_stale(db, job_id, first.at))


def _is_stale(db: Session, job_id: str, since: datetime) -> bool:
    later = select(AuditEvent.id).where(
        AuditEvent.subject == f"job:{job_id}", AuditEvent.action == rubrics.SAVED, col(AuditEvent.at) > since
    )
    return db.exec(later).first() is not None


def last(db: Session, job_id: str) -> str:
    """What people said last: running | paused | taking | over | none. Cheaper than `state`."""
    query = select(AuditEvent.action).where(
        AuditEvent.subject == f"job:{job_id}", col(AuditEvent.action).in_(list(_STATES))
    )
    found = db.exec(query.order_by(col(AuditEvent.at).desc())).first()
    return _STATES[found] if found else NONE


def todo(db: Session, job_id: str) -> list[str]:
    """Interviews of the run that have no proposal yet, in a fixed order; those that failed are not tried again."""
    first = [row for row in _events(db, job_id) if row.action == STARTED]
    if not first:
        return []
    since = first[-1].at
    made = set(db.exec(select(Report.interview_id).where(*_proposed(job_id))))
    out = made | _failed(db, job_id, since)
    return sorted(key for key, at in _counting(db, job_id).items() if at < since and key not in out)


def proposals(db: Session, job_id: str) -> list[str]:
    """Ids of the proposed reports."""
    return sorted(db.exec(select(Report.id).where(*_proposed(job_id))))


def unfinished(db: Session) -> list[str]:
    """Jobs whose rescoring a restart has to take up."""
    query = select(AuditEvent.subject).where(col(AuditEvent.action) == STARTED).distinct()
    jobs = [subject.partition(":")[2] for subject in db.exec(query)]
    return [job_id for job_id in jobs if state(db, job_id).state in (RUNNING, ADOPTING)]


def failed(db: Session, job: Job, interview_id: str, why: str) -> None:
    """Note that an interview could not be scored; its report stays as it is."""
    actor = access.system(job.organisation_id)
    audit.record(db, actor, FAILED, f"job:{job.id}", interview=interview_id, why=why[:200])


def outcomes(db: Session, actor: Actor, job_id: str) -> list[Outcome]:
    """Every proposal beside what counts: other recommendations first, then the largest differences.

    Levels that a person must not see yet (she rates first) are left out.
    """
    need(actor, READERS)
    job = access.job(db, actor, job_id)
    held = {r.interview_id: r for r in db.exec(select(Report).where(*_proposed(job.id)))}
    before = {r.interview_id: r for r in db.exec(_reports(job.id, list(held)))}
    hidden = ratings.hidden_among(db, actor, ((key, job.blind_first) for key in held))
    levels = _levels(db, [*held.values(), *before.values()])
    names = _names(db, list(held))
    made = [
        Outcome(key, names.get(key, ""), None, None, "", "", hidden=True)
        if key in hidden
        else _outcome(names.get(key, ""), before[key], after, levels)
        for key, after in held.items()
        if key in before
    ]
    return sorted(made, key=lambda one: (one.hidden, not one.turns, -_far(one), one.name))


def _outcome(name: str, before: Report, after: Report, levels: dict[str, dict[str, int | None]]) -> Outcome:
    was, now = levels.get(before.id, {}), levels.get(after.id, {})
    both = tuple((line, was.get(line), now.get(line)) for line in dict.fromkeys([*was, *now]))
    differ = tuple(one for one in both if one[1] != one[2])
    key = before.interview_id
    rules = any(before.versions.get(one) != after.versions.get(one) for one in ("judge", "prompt", "rules"))
    said, says = before.recommendation, after.recommendation
    return Outcome(key, name, before.overall, after.overall, said, says, differ, by_other_rules=rules)


def _far(one: Outcome) -> float:
    return abs((one.after or 0.0) - (one.before or 0.0))


def _say(db: Session, actor: Actor, job_id: str, action: str, where: Sequence[str]) -> Run:
    need(actor, WRITERS)
    job = access.job(db, actor, job_id)
    if state(db, job.id).state not in where:
        raise BadInput("This cannot be done just now: somebody else may have gone on already. Reload the page.")
    audit.record(db, actor, action, f"job:{job.id}")
    db.flush()
    return state(db, job.id)


def _events(db: Session, job_id: str) -> list[AuditEvent]:
    query = select(AuditEvent).where(AuditEvent.subject == f"job:{job_id}", col(AuditEvent.action).in_(list(_STATES)))
    return list(db.exec(query.order_by(col(AuditEvent.at))))


def _failed(db: Session, job_id: str, since: datetime) -> set[str]:
    query = select(AuditEvent).where(
        AuditEvent.subject == f"job:{job_id}", AuditEvent.action == FAILED, col(AuditEvent.at) >= since
    )
    return {str(row.detail["interview"]) for row in db.exec(query)}


def _of_job(job_id: str) -> Any:
    held = select(Interview.id).join(Application, col(Interview.application_id) == Application.id)
    return held.where(Application.job_id == job_id, col(Interview.practice).is_(False))


def _proposed(job_id: str) -> tuple[Any, ...]:
    return (Report.status == PROPOSED, col(Report.interview_id).in_(_of_job(job_id)))


def _counting(db: Session, job_id: str) -> dict[str, datetime]:
    """Per interview with a ready, final report: when the newest one was made."""
    query = select(Report.interview_id, Report.created_at).where(
        Report.status == "ready", col(Report.provisional).is_(False), col(Report.interview_id).in_(_of_job(job_id))
    )
    return dict(db.exec(query.order_by(col(Report.created_at))).all())


def _reports(job_id: str, interview_ids: Sequence[str]) -> Any:
    query = select(Report).where(Report.status == "ready", col(Report.interview_id).in_(list(interview_ids)))
    return query.order_by(col(Report.created_at))


def _levels(db: Session, reports: Sequence[Report]) -> dict[str, dict[str, int | None]]:
    """The judge's levels by report and competency, in the rubric's order."""
    query = select(Score).where(col(Score.report_id).in_([report.id for report in reports]))
    made: dict[str, dict[str, int | None]] = {}
    for row in db.exec(query.order_by(col(Score.position))):
        made.setdefault(row.report_id, {})[row.name] = row.level
    return made


def _names(db: Session, interview_ids: Sequence[str]) -> dict[str, str]:
    query = (
        select(Interview.id, Candidate.name)
        .join(Application, col(Interview.application_id) == Application.id)
        .join(Candidate, col(Application.candidate_id) == Candidate.id)
        .where(col(Interview.id).in_(list(interview_ids)))
    )
    return dict(db.exec(query).all())


def _drop(db: Session, job_id: str) -> None:
    db.exec(delete(Report).where(*_proposed(job_id)).execution_options(synchronize_session=False))  # type: ignore[call-overload]
