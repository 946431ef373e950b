"""Which audit events are wanted: searched, ordered and paged by the database; put into sentences for the page.

What a report found is kept from people who are to rate first (services/ratings): no number of it leaves here for them.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import Session, col, select

from interview_platform.errors import BadInput
from interview_platform.models import Application, AuditEvent, Interview, Job, User
from interview_platform.services import audit, audit_check, audit_things, audit_words, ratings
from interview_platform.services.access import READERS, Actor, need
from interview_platform.services.spreadsheets import cell

EXPORTERS = frozenset({"owner", "auditor"})
MOST_EXPORTED = 20_000
JUDGED = frozenset({"overall", "coverage", "machine", "level", "low", "high"})
"""Keys of a detail that say what a report found (events from before they were left out hold them)."""
_WHAT = ("sequence", "at", "actor", "action", "subject", "why", "correlation", "detail", "id")
COLUMNS = (*_WHAT, "previous", "digest", "key_id")


@dataclass(frozen=True)
class Wanted:
    """Empty narrows nothing. `person`: an event's actor, or "invite" for all candidates. `kind`: one of KINDS."""

    words: str = ""  # a name, an action's words, an id, or a correlation id
    person: str = ""
    kind: str = ""
    correlation: str = ""
    since: datetime | None = None
    until: datetime | None = None  # not itself
    first: int = 0
    size: int = 50


@dataclass(frozen=True)
class Line:
    """One event for people. `before` + `thing` + `after` is the sentence after `who`."""

    event: AuditEvent
    who: str
    before: str
    thing: str
    after: str
    href: str
    why: str
    detail: dict[str, Any]  # without what is kept from this person
    withheld: bool


def page(db: Session, actor: Actor, wanted: Wanted) -> tuple[list[Line], int]:
    """A page of events, newest first, and how many there are in all. Raises NotAllowed."""
    need(actor, READERS)
    where = _where(db, actor, wanted)
    total = db.exec(select(func.count()).select_from(AuditEvent).where(*where)).one()
    query = select(AuditEvent).where(*where).order_by(col(AuditEvent.sequence).desc())
    rows = list(db.exec(query.offset(wanted.first).limit(wanted.size)))
    return lines(db, actor, rows), int(total)


def lines(db: Session, actor: Actor, rows: Sequence[AuditEvent]) -> list[Line]:
    """Events in sentences."""
    things = audit_things.Things(db, actor.organisation_id, rows)
    hidden = _hidden(db, actor, things, rows)
    return [_line(row, things, row.id in hidden) for row in rows]


def export(db: Session, actor: Actor, wanted: Wanted, form: str) -> str:
    """The wanted events, oldest first, as "jsonl" or "csv"; that they were taken is an event itself.

    Raises NotAllowed, and BadInput where there are more than MOST_EXPORTED.
    """
    need(actor, EXPORTERS)
    where = _where(db, actor, wanted)
    query = select(AuditEvent).where(*where).order_by(col(AuditEvent.sequence)).limit(MOST_EXPORTED + 1)
    rows = list(db.exec(query))
    if len(rows) > MOST_EXPORTED:
        raise BadInput(f"These are more than {MOST_EXPORTED:,} events. Choose a shorter time; nothing was downloaded.")
    made = [_exported(line) for line in lines(db, actor, rows)]
    audit.record(db, actor, "audit.exported", f"organisation:{actor.organisation_id}", events=len(made), form=form)
    return _csv(made) if form == "csv" else "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in made)


def check(db: Session, actor: Actor) -> audit_check.Verdict:
    """Verify the organisation's chain now. Raises NotAllowed."""
    need(actor, READERS)
    return audit_check.verify(db, actor.organisation_id)


def people(db: Session, actor: Actor) -> list[tuple[str, str]]:
    """(actor, name) of everybody who can have done something: colleagues by name, candidates, the product."""
    need(actor, READERS)
    users = db.exec(select(User).where(User.organisation_id == actor.organisation_id).order_by(User.name))
    named = [(f"user:{user.id}", user.name or user.email) for user in users]
    return [*named, ("invite", "Candidates"), ("system", "The product")]


def _where(db: Session, actor: Actor, wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[Any] = [AuditEvent.organisation_id == actor.organisation_id]
    if wanted.person:
        own = col(AuditEvent.actor)
        found.append(own.startswith("invite:") if wanted.person == "invite" else own == wanted.person)
    if wanted.kind:
        names = audit_words.prefixes(wanted.kind)
        found.append(or_(*(col(AuditEvent.action).startswith(name) for name in names)))
    if wanted.correlation:
        found.append(AuditEvent.correlation == wanted.correlation)
    if wanted.since:
        found.append(AuditEvent.at >= wanted.since)
    if wanted.until:
        found.append(AuditEvent.at < wanted.until)
    if wanted.words.strip():
        found.append(_said(db, actor, wanted.words.strip()))
    return found


def _said(db: Session, actor: Actor, words: str) -> ColumnElement[bool]:
    """The words are an id, or in the name of a thing or person, or in the sentence."""
    named = col(User.name).icontains(words, autoescape=True)
    users = select(User.id).where(User.organisation_id == actor.organisation_id, named)
    who = [f"user:{key}" for key in db.exec(users)]
    ids = col(AuditEvent.subject).endswith(f":{words}", autoescape=True) | (col(AuditEvent.correlation) == words)
    return or_(
        ids,
        col(AuditEvent.id) == words,
        col(AuditEvent.subject) == words,
        col(AuditEvent.action).in_(audit_words.meant(words)),
        col(AuditEvent.action).contains(words.lower().replace(" ", "_"), autoescape=True),
        col(AuditEvent.actor).in_(who),
        col(AuditEvent.subject).in_(audit_things.found_by(db, actor.organisation_id, words)),
    )


def _hidden(db: Session, actor: Actor, things: audit_things.Things, rows: Sequence[AuditEvent]) -> set[str]:
    """Events whose numbers are kept from this person."""
    of = {row.id: things.interview_of(row.subject) for row in rows if JUDGED & set(row.detail)}
    query = (
        select(Interview.id, Job.blind_first)
        .join(Application, col(Application.id) == Interview.application_id)
        .join(Job, col(Job.id) == Application.job_id)
        .where(col(Interview.id).in_({key for key in of.values() if key}))
    )
    kept = ratings.hidden_among(db, actor, [(key, bool(blind)) for key, blind in db.exec(query)]) if of else set()
    return {event for event, interview in of.items() if interview in kept}


def _line(row: AuditEvent, things: audit_things.Things, hidden: bool) -> Line:
    thing = things.of(row.subject)
    said = audit_words.phrase(row.action)
    before, _, after = said.partition("{}")
    named = thing.words if "{}" in said else ""
    detail = {name: value for name, value in row.detail.items() if not (hidden and name in JUDGED)}
    return Line(row, things.who(row.actor), before, named, after, thing.href, _why(row, things), detail, hidden)


def _why(row: AuditEvent, things: audit_things.Things) -> str:
    code = row.why or (
        f"override:{row.detail['row']}" if row.action == "score.overridden" and "row" in row.detail else ""
    )
    if ":" in code:
        return things.why(code)
    return audit_words.because(code) if code else ""


def _exported(line: Line) -> dict[str, Any]:
    row = {name: getattr(line.event, name) for name in COLUMNS}
    row |= {"at": line.event.at.isoformat(), "detail": line.detail}
    return {**row, "who": line.who, "said": f"{line.before}{line.thing}{line.after}", "withheld": line.withheld}


def _csv(rows: Sequence[dict[str, Any]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*COLUMNS, "who", "said", "withheld"])
    for row in rows:
        writer.writerow([cell(json.dumps(v, ensure_ascii=False) if isinstance(v, dict) else v) for v in row.values()])
    return out.getvalue()
