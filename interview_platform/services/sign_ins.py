"""Sessions: where each person is signed in, listed to her and ended by her.

The cookie holds a random id; the session store (Redis, or a file of this installation) holds whom it means, under the
id's digest; a row says where and since when. All three must agree, so that ending the row ends the session at once.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select, update
from sqlmodel.sql.expression import SelectOfScalar

from interview_platform.errors import NotFound, NotSignedIn
from interview_platform.models import SignInSession, User, now
from interview_platform.ports import Sessions
from interview_platform.services import audit
from interview_platform.services.access import READERS, Actor, need

SESSION_SECONDS = 12 * 3600
SEEN_EVERY = timedelta(minutes=10)
OVER = "Your session is over. Sign in again; nothing you saved is lost."
_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """One session as its owner sees it."""

    id: str
    device: str
    created_at: datetime
    seen_at: datetime
    here: bool


def digest_of(session_id: str) -> str:
    """What is kept of a session's id."""
    return hashlib.sha256(session_id.encode()).hexdigest()


def begin(db: Session, sessions: Sessions, user: User, agent: str = "") -> str:
    """A new session for somebody who has shown who she is; its id, for the cookie."""
    session_id = secrets.token_urlsafe(32)
    digest = digest_of(session_id)
    db.add(SignInSession(organisation_id=user.organisation_id, user_id=user.id, digest=digest, device=device_of(agent)))
    sessions.put(f"session:{digest}", {"user_id": user.id}, SESSION_SECONDS)
    return session_id


def user_of(db: Session, sessions: Sessions, session_id: str) -> User:
    """Who is behind a session's id. Raises NotSignedIn."""
    digest = digest_of(session_id) if session_id else ""
    held = sessions.get(f"session:{digest}") if digest else None
    row = _row(db, digest) if held else None
    user = db.get(User, row.user_id) if row else None
    if row is None or user is None or held is None or user.disabled or user.id != held.get("user_id"):
        raise NotSignedIn(OVER)
    if now() - row.seen_at > SEEN_EVERY:
        row.seen_at = now()
        db.add(row)
    return user


def end(db: Session, sessions: Sessions, session_id: str) -> None:
    """End one session by its cookie; silent if there is none."""
    sessions.delete(f"session:{digest_of(session_id)}")
    _close(db, SignInSession.digest == digest_of(session_id))


def places(db: Session, actor: Actor, session_id: str) -> list[Place]:
    """Where the actor is signed in now, the newest use first. Raises NotAllowed."""
    need(actor, READERS)
    query = _open(actor.user_id or "").order_by(col(SignInSession.seen_at).desc())
    mine = digest_of(session_id)
    return [Place(row.id, row.device, row.created_at, row.seen_at, row.digest == mine) for row in db.exec(query)]


def end_place(db: Session, sessions: Sessions, actor: Actor, place_id: str) -> None:
    """Sign the actor out at one place. Raises NotFound when it is not hers, NotAllowed."""
    need(actor, READERS)
    row = db.get(SignInSession, place_id)
    if row is None or row.user_id != actor.user_id:
        raise NotFound("You are not signed in there any more.")
    _forget(db, sessions, [row])
    audit.record(db, actor, "session.ended", f"user:{actor.user_id}", session=row.id)


def end_all(db: Session, sessions: Sessions, user_id: str, but: str = "") -> int:
    """Sign a user out everywhere, or everywhere but in the session whose id is given; how many were ended."""
    rows = [row for row in db.exec(_open(user_id)) if not but or row.digest != digest_of(but)]
    _forget(db, sessions, rows)
    return len(rows)


def device_of(agent: str) -> str:
    """A browser's own words about itself, as a person says it; nothing that identifies one device."""
    browser = next((name for mark, name in _BROWSERS if re.search(rf"\b{mark}", agent)), "")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    return " on ".join(filter(None, (browser, system))) or "Unknown browser"


def _row(db: Session, digest: str) -> SignInSession | None:
    return db.exec(_live().where(SignInSession.digest == digest)).first()


def _live() -> SelectOfScalar[SignInSession]:
    return select(SignInSession).where(
        col(SignInSession.ended_at).is_(None), SignInSession.created_at > now() - timedelta(seconds=SESSION_SECONDS)
    )


def _open(user_id: str) -> SelectOfScalar[SignInSession]:
    return _live().where(SignInSession.user_id == user_id)


def _forget(db: Session, sessions: Sessions, rows: list[SignInSession]) -> None:
    for row in rows:
        sessions.delete(f"session:{row.digest}")
        row.ended_at = now()
        db.add(row)


def _close(db: Session, which: bool) -> None:
    db.exec(update(SignInSession).where(which, col(SignInSession.ended_at).is_(None)).values(ended_at=now()))  # type: ignore[arg-type]
