"""Scenarios of a rehearsal: an invented candidate for an invented job, and what she says.

A scenario is a YAML file (see tests/scenarios). `invite` makes its rows by the services a recruiter uses, in the
database of this machine's settings, so the running server and its recruiter see an interview like any other.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from sqlmodel import Session, col, select

from interview_platform.errors import BadInput
from interview_platform.models import Application, Organisation, User, session
from interview_platform.services import accounts, candidates, jobs, launch, pool_ranking
from interview_platform.services.access import Actor
from interview_platform.services.agent import plan
from interview_platform.wiring import Platform

FOLDER = Path("tests/scenarios")
_DAYS = 1
_EMPLOYER = "Rehearsals"


@dataclass(frozen=True)
class Answer:
    """What is said when `when` matches the question (None: to any), in the order of the file."""

    say: str
    when: re.Pattern[str] | None = None


@dataclass(frozen=True)
class Scenario:
    """One rehearsal, read from its file."""

    name: str
    title: str
    job: jobs.JobDraft
    candidate: str
    resume: str
    answers: tuple[Answer, ...]


@dataclass
class Answers:
    """Chooses what to say next, and never says the same twice while something new is left."""

    all: tuple[Answer, ...]
    used: list[Answer] = field(default_factory=list)

    def next(self, question: str) -> Answer:
        """First one written for this question, then the next general one, then whatever is left, then from the top."""
        left = [answer for answer in self.all if answer not in self.used] or list(self.all)
        fitting = [answer for answer in left if answer.when and answer.when.search(question)]
        general = [answer for answer in left if answer.when is None]
        chosen = (fitting or general or left)[0]
        self.used.append(chosen)
        return chosen


def read(name: str) -> Scenario:
    """A scenario by the path of its file, or by its name in tests/scenarios. Raises BadInput."""
    path = Path(name) if name.endswith((".yaml", ".yml")) else FOLDER / f"{name}.yaml"
    if not path.is_file():
        known = ", ".join(sorted(found.stem for found in FOLDER.glob("*.yaml"))) or "none"
        raise BadInput(f"There is no scenario “{name}”. Give the path of a YAML file, or one of: {known}.")
    try:
        return _scenario(path.stem, yaml.safe_load(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, KeyError, TypeError, AttributeError, re.error) as error:
        raise BadInput(f"The scenario {path} cannot be used: {error!r}. Compare it with one in {FOLDER}.") from error


def invite(held: Platform, scenario: Scenario, address: str) -> str:
    """A fresh interview link for the scenario's candidate, at `address`. Raises PlatformError."""
    with session(held.engine) as db:
        actor = _recruiter(db)
        job_id = _job(db, actor, scenario)
    application_id = _application(held, actor, job_id, scenario)
    with session(held.engine) as db:
        pool_ranking.rank(db, actor, held.embeddings, None, job_id)
        launched = launch.launch(db, actor, held.secret, application_id, address, _DAYS, plan.build)
    return launched.link


def _scenario(name: str, content: dict[str, Any]) -> Scenario:
    wanted, person = content["job"], content["candidate"]
    tuples = {key: tuple(value) for key, value in wanted.items() if isinstance(value, list)}
    answers = tuple(
        Answer(" ".join(item["say"].split()), re.compile(item["for"], re.IGNORECASE) if "for" in item else None)
        for item in content["answers"]
    )
    draft = jobs.JobDraft(**{**wanted, **tuples, "description": wanted.get("description", "").strip()})
    return Scenario(name, content["title"], draft, person["name"], person["resume"], answers)


def _recruiter(db: Session) -> Actor:
    """The first person here who may launch interviews; a database without one gets an employer for rehearsals."""
    query = select(User).where(col(User.role).in_(("owner", "recruiter"))).order_by(col(User.created_at))
    user = db.exec(query).first()
    if user is None:
        employer = Organisation(name=_EMPLOYER)
        db.add(employer)
        db.flush()
        user = accounts.add_user(
            db, employer.id, "rehearsals@interview.example", "Rehearsals", secrets.token_urlsafe(24), "owner"
        )
    return Actor(organisation_id=user.organisation_id, role=user.role, user_id=user.id)


def _job(db: Session, actor: Actor, scenario: Scenario) -> str:
    """A job of its own for every rehearsal: the same résumé may come again."""
    wanted = scenario.job
    drafted = wanted.competencies or tuple(
        _competency(item) for item in plan.defaults(wanted.role_family, wanted.level)
    )
    return jobs.create(db, actor, jobs.JobDraft(**{**vars(wanted), "competencies": drafted})).id


def _competency(item: Any) -> jobs.CompetencyDraft:
    values = item if isinstance(item, dict) else vars(item)
    names = ("name", "group", "weight", "description", "anchors")
    return jobs.CompetencyDraft(**{name: values[name] for name in names})


def _application(held: Platform, actor: Actor, job_id: str, scenario: Scenario) -> str:
    with session(held.engine) as db:
        row = candidates.add_resume(db, held.blobs, actor, job_id, f"{scenario.name}.txt", scenario.resume.encode())
    read_row = candidates.ingest(held.engine, held.blobs, row.id, held.parser)
    with session(held.engine) as db:
        found = db.exec(select(Application).where(Application.job_id == job_id)).first()
    if found is None:
        raise BadInput(f"The scenario's résumé could not be read: {read_row.error}")
    return found.id
