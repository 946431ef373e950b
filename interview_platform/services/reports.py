"""The report on an interview: built from the judge's points, read by people.

`build` judges and writes a new version (the newest ready one counts); `view` and `listing` only read. Overrides made
on an earlier version are carried over, for they are people's decisions. What is judged is the corrected transcript.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from interview_platform.errors import BadInput, NotFound, ServiceUnavailable
from interview_platform.models import (
    Application,
    Competency,
    Interview,
    PlanVersion,
    Question,
    Report,
    Turn,
    new_id,
    session,
)
from interview_platform.ports import AnswerJudge
from interview_platform.services import (
    access,
    ratings,
    report_page,
    report_versions,
    report_wording,
    report_write,
    seals,
    transcript,
)
from interview_platform.services.access import Actor
from interview_platform.services.agent import plan_versions
from interview_platform.services.agent.plan_rules import TAKEN_OFF
from interview_platform.services.report_view import ReportView
from interview_platform.services.report_write import Made
from interview_platform.services.scoring import fairness, renewal, rubric, versions
from interview_platform.services.scoring.assess import findings

_JUDGED = frozenset(
    {
        *("overall", "overall_low", "overall_high", "coverage", "recommendation", "recommendation_text"),
        *("adjusted_overall", "adjusted_low", "adjusted_high", "adjusted_coverage", "adjusted_recommendation"),
        *("overridden", "groups", "scores", "strengths", "concerns", "fairness"),
        *("ratings", "disagreements", "agreement", "hidden", "earlier"),
    }
)
"""Fields of a ReportView that tell, or hint at, what the judge or other people made of the answers."""
_KEPT_BLIND = tuple(field.name for field in fields(ReportView) if field.name not in _JUDGED)
PLANNED, KEPT, PRESENT = "planned", "kept", "present"
"""Which rubric judges: the one the interview was planned with, its report's own, the job's present one."""
PROPOSED = report_write.PROPOSED
_TAMPERED = "Report or transcript were changed outside the product: read the report first. It was not scored anew."
_BROKEN = "The judge did not do its part, so nothing was scored. The interview is kept whole: build the report again."


def build(
    engine: Engine,
    interview_id: str,
    judge: AnswerJudge,
    *,
    key: bytes = b"",
    provisional: bool = False,
    keep_rubric: bool = False,
    present: bool = False,
) -> Report:
    """Judge the interview and write a new report version, sealed with `key` (the installation's secret).

    By the rubric the interview was planned with; `keep_rubric`: by that of the report that counts now, as after a
    correction; `present`: by the job's present one. `provisional`: the transcript of record is still to come. Raises
    NotFound, and ServiceUnavailable when the judge fails: then a report with status "failed" and the error is kept,
    and no number of it is made up.
    """
    by = KEPT if keep_rubric else PRESENT if present else PLANNED
    with session(engine) as db:
        material = _material(db, interview_id, by)
        _clear_unfinished(db, interview_id)
        working = Report(interview_id=interview_id, status="working", judge=judge.label, provisional=provisional)
        db.add(working)
    try:
        judged = findings(material.criteria, judge)
        fair = fairness.check(material.criteria, judged, judge) if not provisional else {}
    except Exception as error:
        message = str(error) if isinstance(error, ServiceUnavailable) else _BROKEN
        fail(engine, interview_id, message, judge.label, working.id)
        raise ServiceUnavailable(message) from error
    made = Made(judged, material.turns, material.rubric, versions.of(judge, material.rubric, material.turns), fair)
    with session(engine) as db:
        if db.get(Interview, interview_id) is None:
            raise NotFound("This interview was deleted while its report was being made.")
        report = db.merge(working)
        report_write.write(db, report, replace(made, provisional=provisional), key)
    return report


def propose(engine: Engine, interview_id: str, judge: AnswerJudge, key: bytes = b"") -> Report:
    """Judge by the job's present rubric beside the report that counts, which stays: status "proposed".

    `adopt` makes it count. Raises NotFound, ServiceUnavailable, and BadInput where what is stored no longer fits its
    seal, which a new report would hide; nothing is written then.
    """
    with session(engine) as db:
        before = newest(db, interview_id)
        if before is not None and seals.check(db, before, key).state == seals.CHANGED:
            raise BadInput(_TAMPERED)
        material = _material(db, interview_id, PRESENT)
    judged = findings(material.criteria, judge)
    fair = fairness.check(material.criteria, judged, judge)
    made = Made(judged, material.turns, material.rubric, versions.of(judge, material.rubric, material.turns), fair)
    report = Report(interview_id=interview_id, status=PROPOSED, judge=judge.label)
    with session(engine) as db:
        if db.get(Interview, interview_id) is None:
            raise NotFound("This interview was deleted while it was being scored.")
        report_write.write(db, report, made, key)
    return report


def adopt(db: Session, report: Report, key: bytes = b"") -> bool:
    """Make a proposed report count, with people's levels carried over; False where it is stale, and it goes.

    Stale: what was said, or the report that counts, has changed since, or the proposal itself was changed.
    """
    before = newest(db, report.interview_id)
    fits = before is not None and before.created_at < report.created_at
    if not fits or seals.check(db, report, key).state != seals.INTACT:
        db.delete(report)
        return False
    report_write.adopt(db, report, key)
    return True


def fail(engine: Engine, interview_id: str, message: str, judge: str = "", report_id: str = "") -> None:
    """Leave a report with status "failed" that tells people what happened and what to do. No number is made up."""
    with session(engine) as db:
        if db.get(Interview, interview_id) is None:
            return
        _clear_unfinished(db, interview_id, report_id)
        row = Report(id=report_id or new_id(), interview_id=interview_id, status="failed", error=message, judge=judge)
        db.merge(row)


def view(db: Session, actor: Actor, interview_id: str, key: bytes = b"") -> ReportView:
    """All that the report page shows, its seal checked. Raises NotFound only when the interview is not the actor's."""
    interview = access.interview(db, actor, interview_id)
    found = seen(db, interview, key)
    if ratings.hidden_from(db, actor, interview, newest(db, interview_id)):
        return _without_levels(found)
    return found


def seen(db: Session, interview: Interview, key: bytes = b"") -> ReportView:
    """`view` for an interview somebody may read for another reason (a share link)."""
    report = newest(db, interview.id)
    found = report_page.view(db, interview, report)
    if report is None or report.status != "ready":
        return found
    checked = seals.check(db, report, key)
    now = _material(db, interview.id, PRESENT).rubric["version"]
    kept = str(report.rubric.get("version", ""))
    people = ratings.people(db, interview.id)
    judged = {score.name: score.level for score in found.scores}
    found = replace(found, ratings=people)
    return replace(
        found,
        wording=report_wording.check(found),
        seal=checked,
        rubric_changed=bool(kept) and kept != now,
        disagreements=ratings.disagreements(people),
        agreement=ratings.with_judge(people, judged) if people else None,
        earlier=report_versions.earlier(db, report),
    )


def _without_levels(found: ReportView) -> ReportView:
    """What somebody sees who rates first: the interview and what to rate, nothing of what the judge or others said."""
    bare = ReportView(
        **{name: getattr(found, name) for name in _KEPT_BLIND},
        scores=tuple(
            replace(s, level=None, low=None, high=None, not_assessed="", anchor="", evidence=(), override=None)
            for s in found.scores
        ),
    )
    turns = tuple(replace(turn, because="", flags=()) for turn in bare.turns)  # why it was asked tells what was heard
    return replace(bare, hidden=True, turns=turns, tone=(), wording=(), flags=(), comments=(), decisions=())


def newest(db: Session, interview_id: str) -> Report | None:
    """The report that counts: the newest ready one, else the newest."""
    return _counting(db.exec(select(Report).where(Report.interview_id == interview_id))).get(interview_id)


def newest_of(db: Session, interview_ids: Sequence[str]) -> dict[str, Report]:
    """Interview id → the report that counts."""
    return _counting(db.exec(select(Report).where(col(Report.interview_id).in_(list(interview_ids)))))


def counting(db: Session, interview_ids: Sequence[str]) -> list[Report]:
    """Of each of these interviews, the report that counts, where it is a ready one."""
    return [report for report in newest_of(db, interview_ids).values() if report.status == "ready"]


def _counting(reports: Iterable[Report]) -> dict[str, Report]:
    """Per interview, the report that counts."""
    written = [report for report in reports if report.status != PROPOSED]
    oldest_first = sorted(written, key=lambda r: (r.status == "ready", r.created_at))
    return {report.interview_id: report for report in oldest_first}


@dataclass(frozen=True)
class _Material:
    """What is judged."""

    criteria: list[rubric.Criterion]
    turns: tuple[Turn, ...]
    rubric: dict[str, Any]


def _material(db: Session, interview_id: str, by: str = PLANNED) -> _Material:
    interview = db.get(Interview, interview_id)
    application = db.get(Application, interview.application_id) if interview else None
    if interview is None or application is None:
        raise NotFound("This interview does not exist.")
    held = {q.id: q for q in db.exec(select(Question).where(col(Question.id).in_(interview.plan)))}
    plan = [held[question_id] for question_id in interview.plan if question_id in held]
    turns = transcript.of(db, interview_id).turns
    version = plan_versions.newest(db, application.job_id) if by == PRESENT else None
    if version is not None:
        plan, live = _renewed(db, version, plan)
    else:
        live = plan_versions.competencies_of(db, application.job_id, plan)
    asked = rubric.asked_questions(plan, turns, interview.ended_by)
    before = newest(db, interview_id) if by == KEPT else None
    if before is not None and before.rubric:
        return _Material(rubric.restore(before.rubric, asked), turns, before.rubric)
    criteria = rubric.criteria(live, plan, asked)
    number = version.version if version else interview.plan_version
    return _Material(criteria, turns, rubric.snapshot(criteria, number))


def _renewed(db: Session, version: PlanVersion, plan: Sequence[Question]) -> tuple[list[Question], list[Competency]]:
    """The questions, and the competencies they are judged for, as the job has them now."""
    held = list(db.exec(select(Competency).where(Competency.job_id == version.job_id)))
    live = [row for row in held if row.position > TAKEN_OFF]
    present = list(plan_versions.rows(db, version.items).values())
    return renewal.renewed(plan, present, live, {row.id: row.name for row in held}), live


def _clear_unfinished(db: Session, interview_id: str, but: str = "") -> None:
    unfinished = select(Report).where(Report.interview_id == interview_id, Report.status != "ready")
    for report in db.exec(unfinished):
        if report.id != but:
            db.delete(report)
