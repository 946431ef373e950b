"""Seals: whether a report, the transcript it was made from and what people did to it are still as they were written.

A seal is a digest of each part in canonical form (the same on SQLite and Postgres), and a mark over all of them. The
mark is keyed with the installation's secret where one is given, and stands in the audit log too, so that a changed row
cannot be made to fit by computing its digest anew. What people add (corrections, overrides) is checked against the
digest its audit event holds. Reads only; `make` is for whoever writes the report.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session, SQLModel, col, select

from interview_platform.models import (
    AuditEvent,
    Correction,
    Evidence,
    Interview,
    Override,
    Report,
    Score,
    Turn,
)

VERSION = "1"
INTACT, CHANGED, OUTDATED, UNSEALED = "intact", "changed", "outdated", "unsealed"

PARTS: dict[str, str] = {
    "transcript": "The transcript was changed after this report was written.",
    "interview": "Which questions were planned, or whose interview this is, was changed after this report was written.",
    "report": "The report's own text or numbers were changed after it was written.",
    "scores": "Levels or quotes were changed after this report was written.",
}
"""What is sealed, and what is said when it no longer fits."""
_MARK = "The seal itself was changed, or belongs to another report."
_ACTS = "What a person wrote (a correction or another level) was changed or taken away outside the product."
_LATER = "The transcript was corrected after this report was written. Write it again to judge the corrected words."


@dataclass(frozen=True)
class Check:
    """`state`: intact | changed | outdated (a later correction) | unsealed. `findings` say what, for people."""

    state: str
    findings: tuple[str, ...] = ()
    mark: str = ""  # the seal's first characters, to compare two copies by


def make(db: Session, report: Report, key: bytes = b"") -> dict[str, Any]:
    """The seal of a report whose rows are written. `key`: the installation's secret, b"" for none."""
    held = {name: digest(value) for name, value in _parts(db, report).items()}
    body = {"version": VERSION, "report": report.id, "parts": held, "corrections": _corrections(db, report)}
    return {**body, "key": _fingerprint(key), "mark": _mark(body, key)}


def check(db: Session, report: Report, key: bytes = b"") -> Check:
    """Compare every sealed part with what is stored now."""
    seal = report.seal or {}
    acts = list(_acts(db, report))
    if not seal:
        return Check(CHANGED, tuple(acts)) if acts or _was_sealed(db, report) else Check(UNSEALED)
    now_held = {name: digest(value) for name, value in _parts(db, report).items()}
    kept = seal.get("parts", {})
    found = [said for name, said in PARTS.items() if kept.get(name) != now_held[name]]
    if not _mark_fits(db, report, seal, key):
        found.append(_MARK)
    found += acts
    corrections = _corrections(db, report)
    sealed = seal.get("corrections", {})
    if any(corrections.get(row_id) != value for row_id, value in sealed.items()) and _ACTS not in found:
        found.append(_ACTS)
    short = str(seal.get("mark", ""))[:12]
    if found:
        return Check(CHANGED, tuple(found), short)
    return Check(OUTDATED, (_LATER,), short) if set(corrections) - set(sealed) else Check(INTACT, (), short)


def digest_of(row: SQLModel) -> str:
    """Digest of one row: what an audit event holds of a correction or an override."""
    return digest(row.model_dump(exclude={"user_id"}))  # users can leave; the audit event names them


def digest(value: Any) -> str:
    """SHA-256 of the value in canonical form."""
    return hashlib.sha256(canonical(value)).hexdigest()


def canonical(value: Any) -> bytes:
    """One spelling for equal values: keys sorted, numbers as databases give them back, times in UTC."""
    return json.dumps(_plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, int | float):
        return format(float(value), ".12g")
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, dict):
        return {str(key): _plain(entry) for key, entry in value.items()}
    return [_plain(entry) for entry in value]


def _parts(db: Session, report: Report) -> dict[str, Any]:
    interview = db.get(Interview, report.interview_id)
    turns = _rows(db, Turn, Turn.interview_id, report.interview_id)
    about = {"application_id", "plan", "plan_version", "interviewer", "ended_by", "practice"}
    return {
        "transcript": [turn.model_dump() for turn in sorted(turns, key=lambda t: t.position)],
        "interview": interview.model_dump(include=about) if interview else {},
        "report": report.model_dump(exclude={"seal"}),
        "scores": _scores(db, report),
    }


def _scores(db: Session, report: Report) -> list[Any]:
    scores = sorted(_rows(db, Score, Score.report_id, report.id), key=lambda s: (s.position, s.id))
    evidence = list(db.exec(select(Evidence).where(col(Evidence.score_id).in_([s.id for s in scores]))))
    return [
        [
            score.model_dump(exclude={"competency_id"}),  # set to nothing where a competency is deleted
            [row.model_dump() for row in sorted(evidence, key=lambda e: e.id) if row.score_id == score.id],
        ]
        for score in scores
    ]


def _corrections(db: Session, report: Report) -> dict[str, str]:
    rows = _rows(db, Correction, Correction.interview_id, report.interview_id)
    return {row.id: digest_of(row) for row in rows}


def _rows(db: Session, table: type[Any], key: Any, value: str) -> Sequence[Any]:
    return db.exec(select(table).where(key == value)).all()


def _fingerprint(key: bytes) -> str:
    return hashlib.sha256(b"seal of reports" + key).hexdigest()[:12] if key else ""


def _mark(body: dict[str, Any], key: bytes) -> str:
    plain = canonical(body)
    return hmac.new(key, plain, "sha256").hexdigest() if key else hashlib.sha256(plain).hexdigest()


def _mark_fits(db: Session, report: Report, seal: dict[str, Any], key: bytes) -> bool:
    """The mark fits the digests, this report, and the audit log. With another key than it was made with (the secret
    was changed, or none is given) only the audit log can tell."""
    if seal.get("report") != report.id or _logged(db, report) != seal.get("mark"):
        return False
    if seal.get("key", "") != _fingerprint(key):
        return True
    body = {name: seal.get(name) for name in ("version", "report", "parts", "corrections")}
    return hmac.compare_digest(_mark(body, key), str(seal.get("mark", "")))


def _was_sealed(db: Session, report: Report) -> bool:
    return bool(_logged(db, report))


def _logged(db: Session, report: Report) -> str:
    event = db.exec(
        select(AuditEvent)
        .where(AuditEvent.action == "report.built", AuditEvent.subject == f"report:{report.id}")
        .order_by(col(AuditEvent.at).desc())
    ).first()
    return str(event.detail.get("seal", "")) if event else ""


def _acts(db: Session, report: Report) -> Iterator[str]:
    """A finding when a correction or an override is not as its audit event says."""
    scores = [score.id for score in _rows(db, Score, Score.report_id, report.id)]
    overrides = list(db.exec(select(Override).where(col(Override.score_id).in_(scores))))
    corrections = _rows(db, Correction, Correction.interview_id, report.interview_id)
    levels = _as_logged(db, "score.overridden", [f"score:{s}" for s in scores], overrides)
    if not (levels and _as_logged(db, "turn.corrected", [f"interview:{report.interview_id}"], corrections)):
        yield _ACTS


def _as_logged(db: Session, action: str, subjects: Sequence[str], rows: Sequence[SQLModel]) -> bool:
    """Each row has its event with its digest, each event its row; events from before digests were kept are let be."""
    events = db.exec(
        select(AuditEvent).where(AuditEvent.action == action, col(AuditEvent.subject).in_(list(subjects)))
    ).all()
    logged = {str(e.detail["row"]): str(e.detail.get("sha256", "")) for e in events if "row" in e.detail}
    old = sum("row" not in e.detail for e in events)
    held = {str(getattr(row, "id", "")): digest_of(row) for row in rows}
    unknown = [row_id for row_id in held if row_id not in logged]
    return all(held.get(row_id) == value for row_id, value in logged.items()) and len(unknown) <= old
