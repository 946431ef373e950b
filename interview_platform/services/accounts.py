"""Signing in: argon2 passwords, sessions kept server-side under a random id that only an HttpOnly cookie carries."""

from __future__ import annotations

import secrets

from pwdlib import PasswordHash
from sqlmodel import Session, select

from interview_platform.errors import BadInput, NotSignedIn
from interview_platform.models import Organisation, User
from interview_platform.ports import Sessions
from interview_platform.services import audit
from interview_platform.services.access import Actor

SESSION_SECONDS = 12 * 3600
TRIES = 8  # failed sign-ins per address within TRIES_SECONDS before a pause
TRIES_SECONDS = 900

_passwords = PasswordHash.recommended()
_NOBODY = _passwords.hash(secrets.token_hex(16))  # verified for unknown addresses, so that both cost the same


def add_user(db: Session, organisation_id: str, email: str, name: str, password: str, role: str = "recruiter") -> User:
    """A new user. Raises BadInput for a short password or a taken address."""
    email = email.strip().lower()
    if len(password) < 10:
        raise BadInput("The password needs at least 10 characters.")
    if db.exec(select(User).where(User.email == email)).first():
        raise BadInput("Somebody already signs in with this e-mail address.")
    user = User(
        organisation_id=organisation_id, email=email, name=name, role=role, password_hash=_passwords.hash(password)
    )
    db.add(user)
    db.flush()
    return user


def sign_in(db: Session, sessions: Sessions, email: str, password: str) -> str:
    """Check the password; the new session's id. Raises NotSignedIn with the same words whatever was wrong."""
    email = email.strip().lower()
    if sessions.count(f"sign-in:{email}", TRIES_SECONDS) > TRIES:
        raise NotSignedIn("Too many tries for this address. Wait 15 minutes and try again.")
    user = db.exec(select(User).where(User.email == email)).first()
    good = _passwords.verify(password, user.password_hash if user else _NOBODY)
    if user is None or not good or user.disabled:
        raise NotSignedIn("This e-mail address and password do not belong together. Check both and try again.")
    sessions.delete(f"sign-in:{email}")
    session_id = secrets.token_urlsafe(32)
    sessions.put(f"session:{session_id}", {"user_id": user.id}, SESSION_SECONDS)
    audit.record(db, _actor(user), "user.signed_in", f"user:{user.id}")
    return session_id


def sign_out(sessions: Sessions, session_id: str) -> None:
    """End the session at once."""
    sessions.delete(f"session:{session_id}")


def actor_of(db: Session, sessions: Sessions, session_id: str) -> Actor:
    """Who is behind a session id. Raises NotSignedIn."""
    held = sessions.get(f"session:{session_id}") if session_id else None
    user = db.get(User, str(held["user_id"])) if held else None
    if user is None or user.disabled:
        raise NotSignedIn("Your session is over. Sign in again; nothing you saved is lost.")
    return _actor(user)


def user_and_organisation(db: Session, actor: Actor) -> tuple[User, Organisation]:
    """The rows behind a signed-in actor. Raises NotSignedIn."""
    user = db.get(User, actor.user_id) if actor.user_id else None
    organisation = db.get(Organisation, actor.organisation_id)
    if user is None or organisation is None:
        raise NotSignedIn("Your session is over. Sign in again; nothing you saved is lost.")
    return user, organisation


def _actor(user: User) -> Actor:
    return Actor(organisation_id=user.organisation_id, role=user.role, user_id=user.id)
