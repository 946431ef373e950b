"""Whether audit chains are as they were written: change, deletion (of the last, too), insertion, reordering are found.

Every event is digested again in order and compared with what it says, with the one before it, and at last with the
chain's end, whose mark needs the secret. An older end that somebody kept outside the database (`ends`, a backup, an
export) finds even the whole database put back to an earlier state.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from interview_platform.errors import BadInput
from interview_platform.models import AuditEvent, AuditHead, Job, Organisation
from interview_platform.services import audit_hash
from interview_platform.services.audit_chain import key_of

_AT_ONCE = 2_000
_TABLE: Any = AuditEvent.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Break:
    """The first event that is not as it was written. `kind`: changed | missing | inserted | unlinked | end | key."""

    sequence: int
    kind: str
    words: str
    event_id: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Verdict:
    """One organisation's chain. `events` were checked and are whole, in order, up to `digest`."""

    organisation_id: str
    events: int
    digest: str
    broken: Break | None = None

    @property
    def whole(self) -> bool:
        """Nothing was found."""
        return self.broken is None

    def as_json(self) -> dict[str, Any]:
        """For `--json`."""
        broken = asdict(self.broken) if self.broken else None
        if broken and broken["at"]:
            broken["at"] = broken["at"].isoformat()
        head = {"organisation": self.organisation_id, "events": self.events, "digest": self.digest}
        return {**head, "whole": self.whole, "first_break": broken}


@dataclass(frozen=True)
class Keys:
    """The keys a chain may be written with: today's, and those of secrets before it, by their ids."""

    now: bytes
    before: Mapping[str, bytes]

    @classmethod
    def of(cls, key: bytes, old_secrets: Sequence[bytes] = ()) -> Keys:
        """`key` is derived already (audit_chain.key_of); old secrets are as they stood in the settings."""
        old = [audit_hash.derived(secret) for secret in old_secrets]
        return cls(key, {audit_hash.key_id(one): one for one in (*old, key)})


def verify_all(
    db: Session,
    old_secrets: Sequence[bytes] = (),
    ends: Sequence[Mapping[str, Any]] = (),
    on_progress: Callable[[int, int], None] | None = None,
) -> list[Verdict]:
    """Every organisation's chain, deleted organisations' too. `ends`: what `ends_of` gave before. `on_progress(done,
    total)` in events."""
    keys, total = Keys.of(key_of(db), old_secrets), db.exec(select(func.count()).select_from(AuditEvent)).one()
    found, done = [], 0
    for organisation_id in _organisations(db, ends):
        own = [end for end in ends if end.get("organisation") == organisation_id]
        before = done
        step = (lambda count, b=before: on_progress(b + count, total)) if on_progress else None
        found.append(verify(db, organisation_id, keys, own, step))
        done += found[-1].events
    return found


def verify(
    db: Session,
    organisation_id: str,
    keys: Keys | None = None,
    ends: Sequence[Mapping[str, Any]] = (),
    on_progress: Callable[[int], None] | None = None,
) -> Verdict:
    """One organisation's chain; the first break ends it."""
    keys = keys or Keys.of(key_of(db))
    head = db.exec(select(AuditHead).where(AuditHead.organisation_id == organisation_id)).first()
    wanted = {int(end["sequence"]): str(end["digest"]) for end in ends}
    last, digest = 0, ""
    for row in _rows(db, organisation_id, head.sequence if head else None):
        broken = _compare(row, last, digest, keys)
        if broken is None and wanted.pop(row["sequence"], row["digest"]) != row["digest"]:
            broken = _at(row, "changed", "it is not the event that was the last one when its chain's end was kept")
        if broken:
            return Verdict(organisation_id, last, digest, broken)
        last, digest = row["sequence"], row["digest"]
        if on_progress and last % _AT_ONCE == 0:
            on_progress(last)
    return Verdict(organisation_id, last, digest, _end(db, organisation_id, head, (last, digest), keys, wanted))


def ends_of(db: Session) -> list[dict[str, Any]]:
    """Each chain's end as it stands, to be kept outside the database."""
    rows = db.exec(select(AuditHead).order_by(col(AuditHead.organisation_id)))
    names = ("sequence", "digest", "mark")
    return [
        {"organisation": r.organisation_id, **{n: getattr(r, n) for n in names}, "at": r.at.isoformat()} for r in rows
    ]


def read_ends(kept: Any) -> list[Mapping[str, Any]]:
    """What `ends_of` gave, read back. Raises BadInput."""
    good = isinstance(kept, list) and all(
        isinstance(end, dict) and {"organisation", "sequence", "digest"} <= set(end) for end in kept
    )
    if not good:
        raise BadInput("This file holds no chain ends. Give one that `verify-audit --keep FILE` wrote.")
    return list(kept)


def _organisations(db: Session, ends: Sequence[Mapping[str, Any]]) -> list[str]:
    found = set(db.exec(select(Organisation.id))) | set(db.exec(select(AuditHead.organisation_id)))
    found |= set(db.exec(select(AuditEvent.organisation_id).distinct()))
    return sorted(found | {str(end["organisation"]) for end in ends})


def _rows(db: Session, organisation_id: str, upto: int | None) -> Iterator[dict[str, Any]]:
    """Events in order, without objects: a long log is read some thousand rows at a time."""
    after = -1
    query = select(_TABLE).where(_TABLE.c.organisation_id == organisation_id)
    if upto is not None:
        query = query.where(_TABLE.c.sequence <= upto)
    while True:
        some = query.where(_TABLE.c.sequence > after).order_by(_TABLE.c.sequence).limit(_AT_ONCE)
        rows = [dict(row) for row in db.connection().execute(some).mappings()]
        yield from rows
        if len(rows) < _AT_ONCE:
            return
        after = rows[-1]["sequence"]


def _compare(row: dict[str, Any], last: int, digest: str, keys: Keys) -> Break | None:
    """What is wrong with this event, given the one before."""
    expected = last + 1
    if row["sequence"] > expected:
        count = row["sequence"] - expected
        said = "1 event is missing" if count == 1 else f"{count} events are missing"
        return Break(expected, "missing", f"{said} here: taken away, or moved to another place.")
    key = keys.before.get(row["key_id"])
    if key is None:
        return _at(row, "key", _unknown_key(row["key_id"]))
    if not _fits(row, key):
        return _at(row, "changed", "it is not as it was written: changed, put in, or moved here from another place")
    if row["previous"] != digest:
        return _at(row, "inserted", "it does not follow from the one before: that one was exchanged or put in")
    return None


def _fits(row: dict[str, Any], key: bytes) -> bool:
    try:
        return bool(audit_hash.event(row, key) == row["digest"])
    except (TypeError, ValueError, AttributeError):  # a value that the product cannot have written
        return False


def _unknown_key(key_id: str) -> str:
    if not key_id:
        return "it was written without the platform's secret: put in past the product, or chained without the secret"
    return f"it was written with another secret (“{key_id}”). Give the old one with --old-secret to check it"


def _at(row: dict[str, Any], kind: str, words: str) -> Break:
    return Break(row["sequence"], kind, f"Event {row['sequence']}: {words}.", row["id"], row["at"])


def _end(
    db: Session,
    organisation_id: str,
    head: AuditHead | None,
    found: tuple[int, str],
    keys: Keys,
    wanted: dict[int, str],
) -> Break | None:
    """What is wrong with the chain's end."""
    last, digest = found
    if head is None:
        return _without_head(db, organisation_id, last, wanted)
    if last < head.sequence:
        count = head.sequence - last
        return Break(last + 1, "missing", f"The chain's end says {head.sequence}: the last {count} are missing.")
    marks = [audit_hash.head(organisation_id, last, digest, key) for key in keys.before.values()]
    if head.digest != digest or head.mark not in marks:
        return Break(last, "end", f"The chain's end was changed: it is not the one that was written with event {last}.")
    if wanted:
        return Break(last + 1, "missing", f"An end kept outside says {max(wanted)} events; only {last} are left.")
    later = select(func.count()).select_from(AuditEvent).join(AuditHead, _same_organisation())
    later = later.where(AuditEvent.organisation_id == organisation_id, AuditEvent.sequence > AuditHead.sequence)
    if db.exec(later).one():
        return Break(last + 1, "inserted", "There are events behind the chain's end: put in past the product.")
    return None


def _same_organisation() -> Any:
    return col(AuditHead.organisation_id) == col(AuditEvent.organisation_id)


def _without_head(db: Session, organisation_id: str, last: int, wanted: dict[int, str]) -> Break | None:
    if last:
        return Break(last + 1, "end", "The chain's end was taken away: whether the last events are there is unknown.")
    if wanted or db.exec(select(Job.id).where(Job.organisation_id == organisation_id)).first():
        return Break(1, "missing", "All events of this organisation are missing, and so is their chain's end.")
    return None
