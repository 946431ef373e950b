"""Organisations with keys, for tests of the API, and what calls it as another system would."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.testclient import TestClient

from interview_platform import api, routes
from interview_platform.api_shield import Shield
from interview_platform.models import Application, Report, Score, session
from interview_platform.services import api_tokens
from interview_platform.services.access import Actor
from interview_platform.wiring import Platform
from tests import builders


@dataclass
class Employer:
    """One organisation: an owner, keys by scope, ids of a job, a candidate, an application, an ended interview."""

    actor: Actor
    keys: dict[str, str]
    tokens: dict[str, str]
    ids: dict[str, str]


def employer(held: Platform, mark: str = "Northwind") -> Employer:
    """An organisation with one of each thing, every name holding `mark`."""
    with session(held.engine) as db:
        of = builders.organisation(db, name=f"{mark} Ltd")
        _, actor = builders.recruiter(db, of, role="owner", email=f"owner-{mark.lower()}@example.com")
        job = builders.job(db, actor, title=f"{mark} engineer")
        competency = builders.competency(db, job, name=f"{mark} debugging")
        who = builders.candidate(db, actor, name=f"{mark} Candidate", email=f"{mark.lower()}@candidate.example")
        application = builders.application(db, actor, job, who)
        interview = builders.interview(db, actor, application, status="reported")
        report = Report(interview_id=interview.id, overall=3.0, coverage=1.0)
        db.add(report)
        db.flush()
        db.add(Score(report_id=report.id, name=f"{mark} debugging", level=3, competency_id=competency.id))
        made = {scope: api_tokens.create(db, actor, f"{mark} {scope}", scope) for scope in ("read", "write")}
        ids = {"job_id": job.id, "candidate_id": who.id, "application_id": application.id, "interview_id": interview.id}
    keys = {scope: key for scope, (_, key) in made.items()}
    return Employer(actor, keys, {scope: row.id for scope, (row, _) in made.items()}, ids)


def newcomer(held: Platform, of: Employer, email: str = "new@candidate.example") -> Application:
    """Somebody in the job's pool who was not invited yet."""
    with session(held.engine) as db:
        from interview_platform.models import Job

        who = builders.candidate(db, of.actor, name="Noor New", email=email)
        return builders.application(db, of.actor, db.get_one(Job, of.ids["job_id"]), who)


class System:
    """Another system with a key, behind the same guard as everything."""

    def __init__(self, key: str = "") -> None:
        self.client = TestClient(Shield(api.build(), 20_000_000), raise_server_exceptions=False)
        self.key = key

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The answer."""
        if self.key:
            headers.setdefault("Authorization", f"Bearer {self.key}")
        return self.client.request(method, routes.API_V1 + path, json=body, headers=headers)

    def get(self, path: str) -> Any:
        """The JSON of an answer that is good."""
        answer = self.ask("GET", path)
        assert answer.status_code == 200, answer.text
        return answer.json()
