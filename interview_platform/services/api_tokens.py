"""Keys by which other systems use the API: made by an owner, shown once, kept as a digest, revoked at any time.

A key is `ipk_` and 43 random characters (256 bits), so that a plain SHA-256 is enough to keep it by. It acts for its
organisation with the rights of an auditor (read) or of a recruiter (write), and stands in the audit log by its name.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from sqlmodel import Session, col, or_, select, update

from interview_platform.errors import BadInput, NotAllowed, NotFound, NotSignedIn
from interview_platform.models import ApiToken, now
from interview_platform.services import audit
from interview_platform.services.access import OWNERS, Actor, need

SCOPES: dict[str, str] = {"read": "Read", "write": "Read and write"}
"""Scope → words."""
_ROLES = {"read": "auditor", "write": "recruiter"}
MOST = 20
_START = "ipk_"
_HINT = 9
_USED_EVERY = timedelta(minutes=1)
_UNKNOWN = "This key is not known, or it was revoked. Make a new one on Settings, API and webhooks."
_READS = "This key may only read. Make one that may write on Settings, API and webhooks. Nothing was changed."


def create(db: Session, actor: Actor, name: str, scope: str) -> tuple[ApiToken, str]:
    """A new key, and the only time it is seen whole. Raises BadInput, NotAllowed."""
    need(actor, OWNERS)
    called = " ".join(name.split())
    if not called or len(called) > 80:
        raise BadInput("Name the system that will use the key, in at most 80 characters.")
    if scope not in SCOPES:
        raise BadInput("Choose whether the key may read, or read and write.")
    if len([row for row in listing(db, actor) if row.revoked_at is None]) >= MOST:
        raise BadInput(f"At most {MOST} keys at a time. Revoke one that is not used.")
    key = _START + secrets.token_urlsafe(32)
    row = ApiToken(
        organisation_id=actor.organisation_id,
        created_by=actor.user_id,
        name=called,
        digest=_digest(key),
        hint=key[:_HINT],
        scope=scope,
    )
    db.add(row)
    audit.record(db, actor, "token.created", f"token:{row.id}", scope=scope)
    db.flush()
    return row, key


def listing(db: Session, actor: Actor) -> list[ApiToken]:
    """The organisation's keys, newest first, revoked ones too. Raises NotAllowed."""
    need(actor, OWNERS)
    query = select(ApiToken).where(ApiToken.organisation_id == actor.organisation_id)
    return list(db.exec(query.order_by(col(ApiToken.created_at).desc(), col(ApiToken.id))))


def revoke(db: Session, actor: Actor, token_id: str) -> ApiToken:
    """From now on the key opens nothing; a second time changes nothing. Raises NotFound, NotAllowed."""
    need(actor, OWNERS)
    row = db.get(ApiToken, token_id)
    if row is None or row.organisation_id != actor.organisation_id:
        raise NotFound("This key does not exist, or is not yours to see.")
    if row.revoked_at is None:
        row.revoked_at = now()
        db.add(row)
        audit.record(db, actor, "token.revoked", f"token:{row.id}")
    return row


def opened(db: Session, key: str, scope: str) -> Actor:
    """Who acts by this key, for an operation of this scope. Raises NotSignedIn, NotAllowed."""
    row = db.exec(select(ApiToken).where(ApiToken.digest == _digest(key))).first() if key else None
    if row is None or row.revoked_at is not None:
        raise NotSignedIn(_UNKNOWN)
    if scope == "write" and row.scope != "write":
        raise NotAllowed(_READS)
    _note_use(db, row)
    return Actor(organisation_id=row.organisation_id, role=_ROLES[row.scope], token_id=row.id)


def _note_use(db: Session, row: ApiToken) -> None:
    """Once a minute: a busy system would else write its row at every request."""
    at = now()
    before = or_(col(ApiToken.last_used_at).is_(None), col(ApiToken.last_used_at) < at - _USED_EVERY)
    if row.last_used_at is None or row.last_used_at < at - _USED_EVERY:
        db.exec(update(ApiToken).where(col(ApiToken.id) == row.id, before).values(last_used_at=at))


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
