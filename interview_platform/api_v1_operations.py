"""What other systems can do, one function each, and the list of them all: routes and OpenAPI are made from it.

Every function gets the token's actor and a session; it may read and write only by the services, which check both. A
decision about a person is not among them: it is a person's, made in the product.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from pydantic import BaseModel
from sqlmodel import Session, col, select

from interview_platform import api_v1_shapes as shapes
from interview_platform.errors import BadInput, NotFound, PlatformError
from interview_platform.models import Application, Candidate, Feedback, Interview, Job, Report
from interview_platform.services import (
    access,
    api_once,
    api_pages,
    api_people,
    api_reports,
    audit,
    jobs,
    launch,
    notifications,
)
from interview_platform.services.access import Actor
from interview_platform.services.agent import plan
from interview_platform.services.api_pages import Page, Wanted
from interview_platform.services.job_conditions import Condition
from interview_platform.services.jobs import CompetencyDraft, JobDraft
from interview_platform.services.pool_query import PRACTICE
from interview_platform.wiring import Platform

Answer = dict[str, Any]
NO_ADDRESS = "There is no e-mail address for this candidate, so nobody was invited."


@dataclass
class Call:
    """One request, with what is done after its commit."""

    held: Platform
    db: Session
    actor: Actor
    path: dict[str, str]
    query: Any = None
    body: Any = None
    key: str = ""  # Idempotency-Key
    then: list[Callable[[], object]] = field(default_factory=list)


@dataclass(frozen=True)
class Operation:
    """One method of one path. `keyed`: "" | "may" | "must" carry an Idempotency-Key."""

    method: str
    path: str
    run: Callable[[Call], Answer]
    summary: str
    answer: type[BaseModel]
    scope: str = "read"
    query: type[BaseModel] | None = None
    body: type[BaseModel] | None = None
    status: int = 200
    keyed: str = ""
    people: bool = False  # may make a new person: two requests about the same one wait for each other

    @property
    def name(self) -> str:
        """Its operationId."""
        return self.run.__name__


# --- jobs ------------------------------------------------------------------------------------------------------


def list_jobs(call: Call) -> Answer:
    """Jobs."""
    page = api_pages.jobs(call.db, call.actor, _wanted(call), call.query.status or "")
    return _listed(page, partial(_job, call))


def get_job(call: Call) -> Answer:
    """One job."""
    return _job(call, access.job(call.db, call.actor, call.path["job_id"]))


def create_job(call: Call) -> Answer:
    """A new open job."""
    begun = api_once.begin(call.db, call.actor, "create_job", call.key, call.body.model_dump())
    if begun is not None and begun.answer:
        return _job(call, access.job(call.db, call.actor, begun.answer["id"]))
    job = jobs.create(call.db, call.actor, _draft(call.body))
    api_once.end(call.db, begun, {"id": job.id})
    return _job(call, job)


def _draft(body: shapes.JobIn) -> JobDraft:
    given = body.model_dump(include={"title", "description", "location", "level", "role_family"})
    return JobDraft(
        **given,
        required_skills=tuple(body.required_skills),
        preferred_skills=tuple(body.preferred_skills),
        competencies=tuple(
            CompetencyDraft(
                one.name, one.group, one.weight, one.description, {str(k): v for k, v in one.anchors.items()}
            )
            for one in body.competencies
        ),
        custom_questions=tuple(body.custom_questions),
        conditions=tuple(Condition(one.kind, one.value, one.text) for one in body.conditions),
    )


def _job(call: Call, job: Job) -> Answer:
    draft = jobs.draft_of(call.db, call.actor, job.id)
    return {
        **{name: getattr(draft, name) for name in ("title", "description", "location", "level", "role_family")},
        "required_skills": list(draft.required_skills),
        "preferred_skills": list(draft.preferred_skills),
        "competencies": [vars(one) for one in draft.competencies],
        "custom_questions": list(draft.custom_questions),
        "conditions": [one.as_json() for one in draft.conditions],
        "id": job.id,
        "status": job.status,
        "created_at": job.created_at,
    }


# --- candidates ------------------------------------------------------------------------------------------------


def list_candidates(call: Call) -> Answer:
    """Everybody the organisation knows."""
    page = api_pages.candidates(call.db, call.actor, _wanted(call))
    held = api_pages.of_candidates(call.db, [row.id for row in page.rows])
    return _listed(page, lambda who: {**who.model_dump(), "applications": _dumped(held.get(who.id, ()))})


def get_candidate(call: Call) -> Answer:
    """One candidate, with what was read of the résumé."""
    who = api_people.person(call.db, call.actor, call.path["candidate_id"])
    held = api_pages.of_candidates(call.db, [who.id]).get(who.id, ())
    told = api_people.told(call.db, who)
    audit.opened(call.db, call.actor, "candidate", f"candidate:{who.id}")
    return {**told, "id": who.id, "created_at": who.created_at, "applications": _dumped(held)}


def list_job_candidates(call: Call) -> Answer:
    """A job's candidates."""
    job = access.job(call.db, call.actor, call.path["job_id"])
    page = api_pages.applications(call.db, call.actor, _wanted(call), job.id, call.query.stage or "")
    ids = [row.candidate_id for row in page.rows]
    who = {one.id: one for one in call.db.exec(select(Candidate).where(col(Candidate.id).in_(ids)))}
    return _listed(
        page,
        lambda row: {**row.model_dump(), "name": who[row.candidate_id].name, "email": who[row.candidate_id].email},
    )


def add_candidate(call: Call) -> Answer:
    """Put somebody into a job's pool; the résumé is read after the answer."""
    body, job_id = call.body, call.path["job_id"]
    begun = api_once.begin(call.db, call.actor, "add_candidate", call.key, [job_id, body.model_dump()])
    if begun is not None and begun.answer:
        return dict(begun.answer)
    file = (body.resume.filename, body.resume.content_base64) if body.resume else ("", "")
    record = body.model_dump(exclude={"resume"})
    added = api_people.add(call.db, call.held.blobs, call.actor, job_id, record, *file)
    work = call.held.intake.run if added.to_read else call.held.intake.rank_soon
    call.then.append(partial(work, access.system(call.actor.organisation_id), job_id))
    told = {name: getattr(added, name) for name in ("candidate_id", "application_id", "resume_id")}
    return api_once.end(call.db, begun, told)


# --- interviews ------------------------------------------------------------------------------------------------


def launch_interviews(call: Call) -> Answer:
    """Invite candidates to a job's interview: each gets the link by e-mail, once, however often this is repeated."""
    job = access.job(call.db, call.actor, call.path["job_id"])
    asked = [job.id, call.body.model_dump()]
    begun = api_once.begin(call.db, call.actor, "launch_interviews", call.key, asked)
    if begun is not None and begun.answer:
        return dict(begun.answer)
    ids = dict.fromkeys(call.body.application_ids)
    return api_once.end(call.db, begun, {"data": [_launched(call, job.id, one) for one in ids]})


def _launched(call: Call, job_id: str, application_id: str) -> Answer:
    """One refusal keeps nobody else from being invited."""
    held, days = call.held, call.body.days or call.held.settings.invite_days
    try:
        _check_may_be_invited(call, job_id, application_id)
        with call.db.begin_nested():
            made = launch.launch(
                call.db, call.actor, held.secret, application_id, held.settings.address, days, plan.build
            )
    except PlatformError as error:
        return {"application_id": application_id, "outcome": "refused", "reason": str(error)}
    deliver = partial(notifications.deliver, held.engine, held.mailer, held.settings.mail_from, made.message.id)
    call.then.append(deliver)
    told = {"application_id": application_id, "outcome": "invited", "interview_id": made.interview.id}
    return {**told, "mail": made.message.status}


def _check_may_be_invited(call: Call, job_id: str, application_id: str) -> None:
    row = access.application(call.db, call.actor, application_id)
    if row.job_id != job_id or row.stage == PRACTICE:
        raise NotFound("This application does not exist in this job, or is not yours to see.")
    if not access.candidate(call.db, call.actor, row.candidate_id).email:
        raise BadInput(NO_ADDRESS)


def list_interviews(call: Call) -> Answer:
    """Interviews and where they stand."""
    asked = call.query
    page = api_pages.interviews(call.db, call.actor, _wanted(call), asked.job_id, asked.status or "")
    told = _interviews(call, page.rows)
    return {"data": told, "next": page.next}


def get_interview(call: Call) -> Answer:
    """One interview."""
    return _interviews(call, [_interview(call)])[0]


def get_report(call: Call) -> Answer:
    """The newest finished report on an interview."""
    interview = _interview(call)
    try:
        return api_reports.read(call.db, call.actor, interview.id, call.held.secret)
    except BadInput:
        raise NotFound("There is no finished report on this interview yet. Ask again later.") from None


def list_decisions(call: Call) -> Answer:
    """What people decided."""
    return _listed(api_pages.decisions(call.db, call.actor, _wanted(call)), _decision)


def _interview(call: Call) -> Interview:
    found = access.interview(call.db, call.actor, call.path["interview_id"])
    if found.practice:
        raise NotFound("This interview does not exist, or is not yours to see.")
    return found


def _interviews(call: Call, rows: list[Interview]) -> list[Answer]:
    ids = [row.application_id for row in rows]
    held = {one.id: one for one in call.db.exec(select(Application).where(col(Application.id).in_(ids)))}
    written = select(Report.interview_id).where(
        col(Report.interview_id).in_([row.id for row in rows]), Report.status == "ready"
    )
    ready = set(call.db.exec(written))
    return [
        {
            **row.model_dump(),
            "job_id": held[row.application_id].job_id,
            "candidate_id": held[row.application_id].candidate_id,
            "report_ready": row.id in ready,
        }
        for row in rows
    ]


def _decision(row: Feedback) -> Answer:
    """Without the note: it was written for colleagues."""
    return {
        "id": row.id,
        "interview_id": row.interview_id,
        "decision": row.text.partition("\n")[0],
        "decided_by": row.user_id,
        "decided_at": row.created_at,
    }


# --- what all of them share ------------------------------------------------------------------------------------


def _wanted(call: Call) -> Wanted:
    return Wanted(call.query.cursor, call.query.limit)


def _listed(page: Page, told: Callable[[Any], Answer]) -> Answer:
    return {"data": [told(row) for row in page.rows], "next": page.next}


def _dumped(rows: Any) -> list[Answer]:
    return [row.model_dump() for row in rows]


Listed = shapes.Listed
OPERATIONS: tuple[Operation, ...] = (
    Operation("GET", "/jobs", list_jobs, "Jobs", Listed[shapes.Job], query=shapes.JobsQuery),
    Operation(
        "POST", "/jobs", create_job, "Open a job", shapes.Job, "write", body=shapes.JobIn, status=201, keyed="may"
    ),
    Operation("GET", "/jobs/{job_id}", get_job, "One job", shapes.Job),
    Operation(
        "GET",
        "/jobs/{job_id}/candidates",
        list_job_candidates,
        "A job's candidates",
        Listed[shapes.PoolEntry],
        query=shapes.PoolQuery,
    ),
    Operation(
        "POST",
        "/jobs/{job_id}/candidates",
        add_candidate,
        "Put somebody into a job's pool, with or without a résumé",
        shapes.Added,
        "write",
        body=shapes.CandidateIn,
        status=201,
        keyed="may",
        people=True,
    ),
    Operation(
        "POST",
        "/jobs/{job_id}/launch",
        launch_interviews,
        "Invite candidates to the job's interview",
        shapes.LaunchedAll,
        "write",
        body=shapes.LaunchIn,
        keyed="must",
    ),
    Operation(
        "GET",
        "/candidates",
        list_candidates,
        "Everybody the organisation knows",
        Listed[shapes.CandidateSummary],
        query=shapes.PageQuery,
    ),
    Operation("GET", "/candidates/{candidate_id}", get_candidate, "One candidate", shapes.Candidate),
    Operation(
        "GET",
        "/interviews",
        list_interviews,
        "Interviews and where they stand",
        Listed[shapes.Interview],
        query=shapes.InterviewsQuery,
    ),
    Operation("GET", "/interviews/{interview_id}", get_interview, "One interview", shapes.Interview),
    Operation("GET", "/interviews/{interview_id}/report", get_report, "The report on an interview", shapes.Report),
    Operation(
        "GET", "/decisions", list_decisions, "What people decided", Listed[shapes.Decision], query=shapes.PageQuery
    ),
)
