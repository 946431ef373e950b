"""Rows for tests, each with the least it needs; say only what the test is about."""

from __future__ import annotations

import os
import tempfile
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Engine, create_engine, make_url, text
from sqlmodel import Session, SQLModel

from interview_platform.models import (
    Application,
    Candidate,
    Competency,
    Consent,
    Interview,
    Invite,
    Job,
    Organisation,
    Question,
    Resume,
    Turn,
    User,
    make_engine,
    new_id,
)
from interview_platform.services.access import Actor

SECRET = b"a secret only for tests"


def engine(folder: Path) -> Engine:
    """An empty database with every table: a file of its own (threads share it as in the product), or, where
    TEST_POSTGRES_URL names a server, a database of its own there (see tests/test_on_postgres.py)."""
    server = os.environ.get("TEST_POSTGRES_URL", "")
    return make_engine(_postgres_database(server) if server else f"sqlite:///{with_tables(folder / 'test.db')}")


def with_tables(path: Path) -> Path:
    """An SQLite file with every table, where there is none yet: copied, which is thirty times as quick as made."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_tables())
    return path


@lru_cache(maxsize=1)
def _tables() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tables.db"
        made = make_engine(f"sqlite:///{path}")
        SQLModel.metadata.create_all(made)
        made.dispose()  # the last connection writes the log into the file
        return path.read_bytes()


def empty_postgres() -> str:
    """The address of an empty database on the server that TEST_POSTGRES_URL names; see `discard`."""
    return _created(os.environ["TEST_POSTGRES_URL"])


def discard(engine: Engine) -> None:
    """Close it; on Postgres its database goes too: a thousand of them fill a disk."""
    engine.dispose()
    server, name = os.environ.get("TEST_POSTGRES_URL", ""), engine.url.database
    if server:
        admin = create_engine(server, isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text(f'drop database if exists "{name}" with (force)'))
        admin.dispose()


def _postgres_database(server: str) -> str:
    return _created(server, f' template "{_postgres_tables(server)}"')


@lru_cache(maxsize=1)
def _postgres_tables(server: str) -> str:
    """The name of a database there with every table, which the tests' own are copies of."""
    address = _created(server)
    made = make_engine(address)
    SQLModel.metadata.create_all(made)
    made.dispose()
    return str(make_url(address).database)


def _created(server: str, like: str = "") -> str:
    name = f"test_{new_id()}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'create database "{name}"{like}'))
    admin.dispose()
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def organisation(db: Session, **values: object) -> Organisation:
    """An employer."""
    row = Organisation(**{"name": "Northwind Health", "values": "We say what went wrong.", **values})
    db.add(row)
    db.flush()
    return row


def recruiter(db: Session, employer: Organisation | None = None, **values: object) -> tuple[User, Actor]:
    """A recruiter and the actor she is; the password is not usable (see accounts.add_user for one that is)."""
    employer = employer or organisation(db)
    defaults = {"email": f"r{id(values)}@example.com", "name": "Robin Reyes", "password_hash": "-"}
    row = User(organisation_id=employer.id, **{**defaults, **values})
    db.add(row)
    db.flush()
    return row, Actor(organisation_id=employer.id, role=row.role, user_id=row.id)


def job(db: Session, actor: Actor, **values: object) -> Job:
    """A backend job with two skills."""
    defaults = {
        "title": "Backend Engineer",
        "description": "Builds and runs our Python services on PostgreSQL.",
        "role_family": "backend",
        "required_skills": ["Python", "PostgreSQL"],
        "preferred_skills": ["Kubernetes"],
    }
    row = Job(organisation_id=actor.organisation_id, **{**defaults, **values})
    db.add(row)
    db.flush()
    return row


def competency(db: Session, of: Job, **values: object) -> Competency:
    """A technical competency."""
    row = Competency(job_id=of.id, **{"name": "Debugging", "group": "technical", **values})
    db.add(row)
    db.flush()
    return row


def question(db: Session, of: Job, **values: object) -> Question:
    """A core question with two points."""
    defaults = {
        "text": "Tell me about a fault in production that you found.",
        "points": [
            {"point": "Says how the cause was found", "follow_up": "How did you find the cause?"},
            {"point": "Says what was changed so that it stays away", "follow_up": "What did you change afterwards?"},
        ],
    }
    row = Question(job_id=of.id, **{**defaults, **values})
    db.add(row)
    db.flush()
    return row


def candidate(db: Session, actor: Actor, **values: object) -> Candidate:
    """A candidate with a name and an address."""
    defaults = {"name": "Ada Candidate", "email": "ada@example.com"}
    row = Candidate(organisation_id=actor.organisation_id, **{**defaults, **values})
    db.add(row)
    db.flush()
    return row


def resume(db: Session, actor: Actor, of: Candidate, **values: object) -> Resume:
    """A parsed résumé."""
    defaults = {
        "filename": "ada.pdf",
        "blob_key": "resumes/ada.pdf",
        "sha256": "0" * 64,
        "status": "parsed",
        "text": "Ada Candidate\nBuilt payment services in Python at Acme from 2019 to 2024.",
    }
    row = Resume(organisation_id=actor.organisation_id, candidate_id=of.id, **{**defaults, **values})
    db.add(row)
    db.flush()
    return row


def application(db: Session, actor: Actor, of: Job, who: Candidate | None = None, **values: object) -> Application:
    """Ada applying for a job, with a résumé."""
    who = who or candidate(db, actor)
    read = resume(db, actor, who, job_id=of.id)
    row = Application(
        organisation_id=actor.organisation_id, job_id=of.id, candidate_id=who.id, resume_id=read.id, **values
    )
    db.add(row)
    db.flush()
    return row


def interview(
    db: Session, actor: Actor, of: Application, plan: list[str] | None = None, *, agreed: bool = True, **values: object
) -> Interview:
    """An invited interview with a plan, and, unless `agreed` is False, consent to everything."""
    from datetime import timedelta

    from interview_platform.models import now

    invite = Invite(organisation_id=actor.organisation_id, application_id=of.id, expires_at=now() + timedelta(days=7))
    db.add(invite)
    db.flush()
    if agreed:
        items = dict.fromkeys(("ai_interviewer", "recording", "face_analysis", "voice_analysis"), True)
        db.add(Consent(invite_id=invite.id, version="test", text_sha256="0" * 64, items=items))
    row = Interview(
        organisation_id=actor.organisation_id,
        application_id=of.id,
        invite_id=invite.id,
        plan=plan or [],
        **values,
    )
    db.add(row)
    db.flush()
    return row


def turn(db: Session, of: Interview, position: int, speaker: str, text: str, **values: object) -> Turn:
    """One utterance."""
    kind = "answer" if speaker == "candidate" else "core"
    row = Turn(interview_id=of.id, position=position, speaker=speaker, text=text, **{"kind": kind, **values})
    db.add(row)
    db.flush()
    return row
