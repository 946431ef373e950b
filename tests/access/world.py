"""One organisation with a row in every table, each text marked, and everybody who must not see or change it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from interview_platform.models import Invite, Message, Report, ReportLink, Score, new_id, now, session
from interview_platform.models.base import UtcDateTime
from interview_platform.services import accounts, invites, plans, sharing
from interview_platform.services.access import READERS, Actor
from interview_platform.wiring import Platform
from tests import builders
from tests.fakes import HashingEmbeddings

MARK = "SEALEDMARK"
PASSWORD = "a long password"
ROLES = sorted(READERS)


@dataclass
class Side:
    """One organisation: its rows by kind, a session per role, a candidate's token, a link to a report."""

    organisation_id: str
    ids: dict[str, str]
    sessions: dict[str, str]
    token: str
    shared: str
    every_id: set[str] = field(default_factory=set)


def build(held: Platform, mark: str) -> Side:
    """An organisation in which every text holds `mark`."""
    held.__dict__["embeddings"] = HashingEmbeddings()
    with session(held.engine) as db:
        made = _rows(db, held, mark)
        for role in ROLES:
            made.sessions[role] = accounts.sign_in(db, held.sessions, f"{role}-{mark}@example.com", PASSWORD)
    with session(held.engine) as db:
        _plant(db, made, mark)
    return made


def _rows(db: Session, held: Platform, mark: str) -> Side:
    employer = builders.organisation(db, name=f"{mark} Ltd", about=f"# About\n{mark} about", values=f"{mark} values")
    people = {
        role: accounts.add_user(db, employer.id, f"{role}-{mark}@example.com".lower(), f"{mark} {role}", PASSWORD, role)
        for role in ROLES
    }
    actor = Actor(organisation_id=employer.id, role="owner", user_id=people["owner"].id)
    job = builders.job(db, actor, title=f"{mark} engineer", description=f"{mark} description of the work")
    competency = builders.competency(db, job, name=f"{mark} debugging")
    question = builders.question(db, job, text=f"{mark} question about a fault?")
    who = builders.candidate(db, actor, name=f"{mark} Candidate", email=f"{mark.lower()}@candidate.example")
    application = builders.application(db, actor, job, who)
    interview = builders.interview(db, actor, application, plan=[question.id], status="reported", started_at=now())
    turn = builders.turn(db, interview, 1, "candidate", f"{mark} I fixed the fault.", question_id=question.id)
    report = Report(interview_id=interview.id)
    db.add(report)
    db.flush()
    score = Score(report_id=report.id, name=f"{mark} debugging", level=3, competency_id=competency.id)
    message = Message(
        organisation_id=employer.id, application_id=application.id, dedup_key=new_id(), purpose="invite",
        to_address=who.email, subject=f"{mark} subject", text=f"{mark} text", status="failed",
    )  # fmt: skip
    link = ReportLink(
        organisation_id=employer.id, interview_id=interview.id, audience="reader", expires_at=now() + timedelta(days=5)
    )
    db.add_all([score, message, link])
    db.flush()
    invite = db.get(Invite, interview.invite_id)
    assert invite is not None
    ids = {
        "job": job.id, "application": application.id, "interview": interview.id, "candidate": who.id,
        "invite": invite.id, "resume": str(application.resume_id), "message": message.id, "question": question.id,
        "turn": turn.id, "score": score.id, "user": people["recruiter"].id, "link": link.id,
        "competency": competency.id, "report": report.id,
    }  # fmt: skip
    plans.current(db, actor, job.id)  # made by the product at the first look, whoever looks
    return Side(employer.id, ids, {}, invites.token_of(held.secret, invite), sharing.token_of(held.secret, link))


def _plant(db: Session, made: Side, mark: str) -> None:
    """A row in every table that has none of this organisation yet, so that a new table is tried without being named."""
    known: dict[str, str] = {"organisation": made.organisation_id, "user_account": made.ids["user"], **made.ids}
    for table in SQLModel.metadata.sorted_tables:
        if table.name in known or "id" not in table.columns or _has_own(db, table, made):
            continue
        values = {column.name: _value(column, known, mark) for column in table.columns}
        try:
            with db.begin_nested():
                db.connection().execute(table.insert().values(**values))
        except sa.exc.IntegrityError:  # one per interview, and the builders made it
            continue
        known[table.name] = str(values["id"])
    made.ids.update({name: key for name, key in known.items() if name not in ("organisation", "user_account")})
    made.every_id.update(known.values())


def _has_own(db: Session, table: sa.Table, made: Side) -> bool:
    if "organisation_id" not in table.columns:
        return False
    own = sa.select(table.c.id).where(table.c.organisation_id == made.organisation_id)
    return db.connection().execute(own).first() is not None


def _value(column: sa.Column[Any], known: dict[str, str], mark: str) -> Any:
    for key in column.foreign_keys:
        return known.get(key.column.table.name)
    if column.name == "id":
        return new_id()
    kind = column.type
    if isinstance(kind, UtcDateTime | sa.DateTime):
        return now() + timedelta(days=3)
    if isinstance(kind, sa.Boolean):
        return False
    if isinstance(kind, sa.Integer | sa.Float):
        return 1
    if isinstance(kind, sa.JSON):
        return {} if "dict" in str(column.default) else []
    if isinstance(kind, sa.LargeBinary):
        return b"x"
    length = getattr(kind, "length", None) or 60
    return f"{mark} {new_id()}"[:length]


def of_side(db: Session, made: Side) -> dict[str, list[tuple[Any, ...]]]:
    """The organisation's rows, by table: those that are or refer to one of its rows. Text that holds an id is none."""
    ids, found = {*made.every_id, *made.ids.values(), made.organisation_id}, {}
    for table in SQLModel.metadata.sorted_tables:
        keys = [
            column
            for column in table.columns
            if (column.foreign_keys or column.primary_key) and not isinstance(column.type, UtcDateTime | sa.DateTime)
        ]
        query = table.select().where(sa.or_(*(column.in_(ids) for column in keys)))
        found[table.name] = sorted(tuple(map(repr, row)) for row in db.connection().execute(query))
    return found
