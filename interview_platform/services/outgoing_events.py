"""What other systems are told: taken from the audit log, in its order, each event once for each receiver.

The log is written in the transaction of every deed and has no gaps, so nothing that happened is missed and nothing that
was rolled back is told. An event says what happened by ids and words of closed lists; whoever wants more asks the API.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select, update

from interview_platform.models import (
    Application,
    AuditEvent,
    Candidate,
    Interview,
    Report,
    Webhook,
    WebhookDelivery,
)

EVENTS: dict[str, str] = {
    "candidate.created": "Somebody is heard of for the first time",
    "interview.completed": "An interview has ended",
    "report.ready": "A report can be read, also one that was written anew",
    "decision.made": "A person decided about a candidate",
    "decision.undone": "A person took the decision back",
}
"""Event → words."""
AT_ONCE = 500


@dataclass(frozen=True)
class Told:
    """An event. `key` is what it is known by: the same thing noted twice in the log is told once."""

    name: str
    key: str
    data: dict[str, Any]


Reader = Callable[[Session, AuditEvent, str], "Told | None"]


def take(db: Session, webhook: Webhook) -> int:
    """Put what happened since the last look into the receiver's queue; how many events. Commit afterwards.

    Two processes that look at the same time: the second changes nothing.
    """
    events = list(db.exec(_since(webhook)))
    if not events:
        return 0
    seen = events[-1].sequence
    mine = update(Webhook).where(col(Webhook.id) == webhook.id, col(Webhook.seen) == webhook.seen)
    if not db.exec(mine.values(seen=seen)).rowcount:
        return 0
    told = [held for event in events if (held := _told(db, event)) and held.name in webhook.events]
    return sum(queue(db, webhook, held, _time(events, held)) for held in told)


def queue(db: Session, webhook: Webhook, told: Told, at: str) -> bool:
    """Whether the event is new to this receiver; then it is in its queue. `at`: ISO 8601."""
    body = json.dumps({"type": told.name, "timestamp": at, "data": told.data}, separators=(",", ":"))
    row = WebhookDelivery(
        organisation_id=webhook.organisation_id,
        webhook_id=webhook.id,
        dedup_key=f"{webhook.id}:{told.name}:{told.key}",
        event=told.name,
        body=body,
    )
    dialect = postgresql if db.get_bind().dialect.name == "postgresql" else sqlite
    statement = dialect.insert(WebhookDelivery).values(row.model_dump())
    made = db.execute(statement.on_conflict_do_nothing(index_elements=["dedup_key"]).returning(col(WebhookDelivery.id)))
    return made.first() is not None


def last(db: Session, organisation_id: str) -> int:
    """Where the organisation's log ends now: a receiver hears of what comes after."""
    query = select(AuditEvent.sequence).where(AuditEvent.organisation_id == organisation_id)
    return db.exec(query.order_by(col(AuditEvent.sequence).desc()).limit(1)).first() or 0


def _since(webhook: Webhook) -> Any:
    query = select(AuditEvent).where(AuditEvent.organisation_id == webhook.organisation_id)
    return query.where(AuditEvent.sequence > webhook.seen).order_by(col(AuditEvent.sequence)).limit(AT_ONCE)


def _time(events: list[AuditEvent], told: Told) -> str:
    return next(event.at.isoformat() for event in events if event.id == told.data.get("event_id"))


def _told(db: Session, event: AuditEvent) -> Told | None:
    read = _READERS.get(event.action)
    found = read(db, event, event.subject.partition(":")[2]) if read else None
    return Told(found.name, found.key, {"event_id": event.id, **found.data}) if found else None


# --- what the log's deeds mean outside ------------------------------------------------------------------------------


def _candidate(db: Session, event: AuditEvent, candidate_id: str) -> Told | None:
    if db.get(Candidate, candidate_id) is None:
        return None
    query = select(Application.id, Application.job_id).where(Application.candidate_id == candidate_id)
    pools = [{"application_id": one, "job_id": job} for one, job in db.exec(query.order_by(Application.id))]
    return Told("candidate.created", candidate_id, {"candidate_id": candidate_id, "applications": pools})


def _completed(db: Session, event: AuditEvent, interview_id: str) -> Told | None:
    interview = db.get(Interview, interview_id)
    data = _of_interview(db, interview)
    return Told("interview.completed", interview_id, data) if data else None


def _report(db: Session, event: AuditEvent, report_id: str) -> Told | None:
    report = db.get(Report, report_id)
    if report is None or report.status != "ready" or report.provisional:
        return None
    data = _of_interview(db, db.get(Interview, report.interview_id))
    return Told("report.ready", report_id, {**data, "report_id": report_id}) if data else None


def _decided(db: Session, event: AuditEvent, application_id: str) -> Told | None:
    row = db.get(Application, application_id)
    if row is None:
        return None
    data = {"application_id": row.id, "candidate_id": row.candidate_id, "job_id": row.job_id}
    name = "decision.made" if event.action == "application.decided" else "decision.undone"
    decision = event.detail.get("decision", "") if name == "decision.made" else ""
    return Told(name, event.id, {**data, "decision": decision, "stage": row.stage})


def _of_interview(db: Session, interview: Interview | None) -> dict[str, Any]:
    """Its ids; {} for one that was deleted since, and for a recruiter's own practice."""
    if interview is None or interview.practice:
        return {}
    row = db.get_one(Application, interview.application_id)
    ids = {"application_id": row.id, "candidate_id": row.candidate_id, "job_id": row.job_id}
    return {"interview_id": interview.id, **ids}


_READERS: dict[str, Reader] = {
    "candidate.created": _candidate,
    "interview.ended": _completed,
    "report.built": _report,
    "application.decided": _decided,
    "application.decision_undone": _decided,
}
