"""A candidate's data deleted: asked for, held back by law, carried out, proven by a receipt.

waiting ──▶ sweeping ──▶ done        held: a legal hold; goes on by itself once it is lifted
  │  ▲
  ▼  │        `begin` deletes every row in one transaction, and in the same one writes down what is still to be
 held         removed elsewhere (`left`). workflows/erasing removes that; a crash or an outage goes on from there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import String, cast
from sqlmodel import Session, col, select

from interview_platform.errors import BadInput, NotFound
from interview_platform.models import Candidate, Erasure, Interview, Message, Resume, now
from interview_platform.services import access, audit, erasure_reach, holds, pool_views
from interview_platform.services.access import READERS, WRITERS, Actor, need
from interview_platform.services.erasure_left import left_of, named_files
from interview_platform.services.erasure_reach import Rows

WAITING, HELD, SWEEPING, DONE = "waiting", "held", "sweeping", "done"
PERSON, APPLICATION, FILE = "person", "application", "file"
REASONS = ("candidate", "recruiter", "retention", "restored")
DAYS_BY_LAW = 30
"""Illinois' Artificial Intelligence Video Interview Act; the GDPR says a month."""
_RUNNING = "An interview is running. The deletion begins by itself when it has ended."
_WRITING = "An interview has just ended and is still being put together. The deletion begins by itself after that."
_LIVE_FOR = timedelta(hours=12)
"""An interview that began longer ago than this is not being held any more, whatever its row says."""
_WRITING_FOR = timedelta(minutes=30)
_KEPT_IDS = ("candidate", "application", "resume", "invite", "interview")

KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Contact details", ("candidate",)),
    ("Applications and rankings", ("application", "match", "duplicate")),
    ("Résumés and profiles", ("resume",)),
    ("Invitations, consents and appointments", ("invite", "consent", "booking")),
    ("Interviews", ("interview",)),
    ("Words of the transcript, answers and questions", ("turn", "question", "candidate_question")),
    ("Measures of sound and picture", ("signal",)),
    ("Reports, levels and quotes", ("report", "score", "evidence", "override", "rating", "report_link")),
    ("Notes, corrections and feedback", ("feedback", "correction", "candidate_feedback")),
    ("E-mails", ("message",)),
    ("Your requests", ("human_review", "correction_request", "access_export", "legal_hold")),
)
"""What the receipt calls the tables; a table without a name here is counted under OTHER."""
OTHER = "Other records"


@dataclass(frozen=True)
class Receipt:
    """What anybody who asked may know of a deletion: no personal data."""

    number: str
    status: str
    why: str
    requested_at: datetime
    due_at: datetime
    done_at: datetime | None
    counts: tuple[tuple[str, int], ...]
    organisation_id: str


def request(db: Session, actor: Actor, candidate_id: str, reason: str = "recruiter") -> Erasure:
    """Ask for the deletion of one person with everybody merged into one; asked twice it is the same.

    For people of the organisation; a candidate asks by `request_own`. Raises NotAllowed, NotFound.
    """
    need(actor, WRITERS)
    return _ask(db, actor, access.candidate(db, actor, candidate_id).id, reason)


def request_own(db: Session, actor: Actor, candidate_id: str) -> Erasure:
    """A candidate asks, through the own link. Raises NotFound."""
    row = db.get(Candidate, candidate_id)
    if row is None or row.organisation_id != actor.organisation_id:
        raise NotFound("These data do not exist any more.")
    return _ask(db, actor, row.id, "candidate")


def plan(
    db: Session, organisation_id: str, scope: str, roots: dict[str, list[str]], reason: str = "retention"
) -> Erasure:
    """A deletion of the product's own: what retention says is due, or what a restored backup brought back."""
    return _new(db, access.system(organisation_id), reason, scope, roots)


def group(db: Session, candidate_id: str) -> list[str]:
    """Every candidate row that is this person: whoever it was merged into, and whoever was merged into that."""
    top, seen = candidate_id, set()
    while top not in seen:
        seen.add(top)
        row = db.get(Candidate, top)
        top = row.merged_into if row is not None and row.merged_into else top
    found, waiting = {top}, [top]
    while waiting:
        below = set(db.exec(select(Candidate.id).where(col(Candidate.merged_into).in_(waiting))))
        waiting = list(below - found)
        found |= below
    return sorted(found)


def open_for(db: Session, candidate_id: str) -> Erasure | None:
    """The person's deletion that is asked for and not carried out."""
    people = set(group(db, candidate_id))
    rows = db.exec(select(Erasure).where(Erasure.status != DONE, Erasure.scope == PERSON))
    return next((row for row in rows if people & set(row.roots.get("candidate", []))), None)


def obstacle(db: Session, row: Erasure) -> tuple[str, str]:
    """("", "") when the deletion can begin, else the status it has to wait in, and why."""
    rows = erasure_reach.reach(db, row.roots)
    if holds.any_of(db, rows.get("candidate", set()) or _people_of(db, rows)):
        return HELD, "The organisation must keep these data for now because of a legal matter."
    for interview in _interviews(db, rows):
        began, ended = interview.started_at, interview.ended_at
        if interview.status == "live" and began is not None and began + _LIVE_FOR > now():
            return WAITING, _RUNNING
        if interview.status == "ended" and ended is not None and ended + _WRITING_FOR > now():
            return WAITING, _WRITING
    return "", ""


def wait(db: Session, row: Erasure, status: str, why: str) -> None:
    """Note that it cannot go on now."""
    if (row.status, row.why) != (status, why):
        row.status, row.why = status, why
        db.add(row)
        audit.record(db, access.system(row.organisation_id), f"erasure.{status}", f"erasure:{row.id}")


def inventory(db: Session, row: Erasure) -> tuple[Rows, dict[str, int]]:
    """The rows that go, and the receipt's counts, files included."""
    rows = erasure_reach.reach(db, row.roots)
    if letters := _letters(db, row, rows):
        rows["message"] = rows.get("message", set()) | letters
    names = {table: kind for kind, tables in KINDS for table in tables}
    counts: dict[str, int] = {}
    for table, ids in rows.items():
        kind = names.get(table, OTHER)
        counts[kind] = counts.get(kind, 0) + len(ids)
    files = named_files(db, rows)
    return rows, {**counts, "Stored files": len(files)} if files else counts


def begin(db: Session, row: Erasure) -> None:
    """Delete every row now; what is elsewhere is written into `left` in the same transaction."""
    rows, counts = inventory(db, row)
    row.left = left_of(db, row.organisation_id, rows)
    row.ids = {table: sorted(rows[table]) for table in _KEPT_IDS if table in rows}
    row.counts, row.status, row.why = counts, SWEEPING, ""
    db.add(row)
    db.flush()
    pool_views.forget(db, [db.get_one(Candidate, key) for key in sorted(rows.get("candidate", ()))])
    erasure_reach.remove(db, rows)
    actor = access.system(row.organisation_id)
    audit.record(db, actor, "erasure.begun", f"erasure:{row.id}", reason=row.reason, scope=row.scope)


def keep_left(db: Session, row: Erasure, left: dict[str, Any], why: str) -> None:
    """What a round could not remove; with nothing left it is done."""
    row.left, row.why, row.tries = left, why, row.tries + 1
    if not left:
        row.status, row.done_at, row.why = DONE, now(), ""
        counts = dict(row.counts)
        actor = access.system(row.organisation_id)
        audit.record(db, actor, "erasure.done", f"erasure:{row.id}", reason=row.reason, counts=counts)
    db.add(row)


def unfinished(db: Session) -> list[str]:
    """Deletions that wait, are held, or were interrupted; oldest first."""
    query = select(Erasure.id).where(Erasure.status != DONE).order_by(col(Erasure.requested_at))
    return list(db.exec(query))


def listing(db: Session, actor: Actor, most: int = 50) -> list[Receipt]:
    """The organisation's deletions, newest first. Raises NotAllowed."""
    need(actor, READERS)
    query = select(Erasure).where(Erasure.organisation_id == actor.organisation_id)
    return [receipt(row) for row in db.exec(query.order_by(col(Erasure.requested_at).desc()).limit(most))]


def receipt(row: Erasure) -> Receipt:
    """The row as it is shown."""
    order = [kind for kind, _ in KINDS]
    counts = sorted(row.counts.items(), key=lambda pair: order.index(pair[0]) if pair[0] in order else len(order))
    return Receipt(
        number=row.id,
        status=row.status,
        why=row.why,
        requested_at=row.requested_at,
        due_at=row.due_at,
        done_at=row.done_at,
        counts=tuple((str(kind), int(number)) for kind, number in counts),
        organisation_id=row.organisation_id,
    )


def of_invite(db: Session, invite_id: str) -> Receipt | None:
    """The receipt of the deletion that took this invitation."""
    begun = select(Erasure).where(col(Erasure.status).in_((SWEEPING, DONE)))
    begun = begun.where(cast(col(Erasure.ids), String).contains(invite_id))
    return next((receipt(row) for row in db.exec(begun) if invite_id in row.ids.get("invite", [])), None)


def came_back(db: Session, organisation_id: str, roots: dict[str, Sequence[str]]) -> bool:
    """Whether rows that were deleted are here again, as after the restore of an older backup."""
    return bool(erasure_reach.reach(db, roots))


def first_application(db: Session, row: Erasure) -> str | None:
    """One of the person's applications, for an e-mail to stand with."""
    return min(erasure_reach.reach(db, row.roots).get("application", ()), default=None)


def _letters(db: Session, row: Erasure, rows: Rows) -> set[str]:
    """E-mails to the person that stand with no application, the receipt's own among them."""
    addresses = [one for one in erasure_reach.column(db, rows, "candidate", "email") if one]
    query = select(Message.id).where(Message.organisation_id == row.organisation_id)
    loose = query.where(col(Message.application_id).is_(None), col(Message.to_address).in_(addresses))
    return set(db.exec(loose)) | set(db.exec(query.where(Message.dedup_key == f"erasure:{row.id}")))


def _ask(db: Session, actor: Actor, candidate_id: str, reason: str) -> Erasure:
    if reason not in REASONS:
        raise BadInput("Choose why the data are deleted. Nothing was deleted.")
    return open_for(db, candidate_id) or _new(db, actor, reason, PERSON, {"candidate": group(db, candidate_id)})


def _new(db: Session, actor: Actor, reason: str, scope: str, roots: dict[str, list[str]]) -> Erasure:
    asked = now()
    row = Erasure(
        organisation_id=actor.organisation_id,
        asked_by=actor.key,
        reason=reason,
        scope=scope,
        roots={table: sorted(ids) for table, ids in roots.items()},
        requested_at=asked,
        due_at=asked + timedelta(days=DAYS_BY_LAW),
    )
    db.add(row)
    db.flush()
    audit.record(db, actor, "erasure.requested", f"erasure:{row.id}", reason=reason, scope=scope, of=row.roots)
    return row


def _interviews(db: Session, rows: Rows) -> list[Interview]:
    return [row for key in rows.get("interview", ()) if (row := db.get(Interview, key)) is not None]


def _people_of(db: Session, rows: Rows) -> Iterable[str]:
    """Whose files or applications these are, where the person itself stays."""
    found = [row.candidate_id for key in rows.get("resume", ()) if (row := db.get(Resume, key)) is not None]
    found += erasure_reach.column(db, rows, "application", "candidate_id")
    return {str(one) for one in found if one}
