"""People who sign in: argon2 passwords, and what a password opens. Sessions themselves: services/sign_ins."""

from __future__ import annotations

import secrets

from pwdlib import PasswordHash
from sqlmodel import Session, select

from interview_platform.errors import BadInput, NotSignedIn
from interview_platform.models import Organisation, User
from interview_platform.ports import Sessions
from interview_platform.services import audit, limits, second_factors, sign_ins
from interview_platform.services.access import ROLES, Actor

SESSION_SECONDS = sign_ins.SESSION_SECONDS
TRIES = 8  # failed sign-ins per address within TRIES_SECONDS before a pause
TRIES_SECONDS = 900
HALF_SECONDS = 300
"""How long somebody who gave the password may take to give the second factor."""
SHORTEST, LONGEST = 10, 200
WRONG = "This e-mail address and password do not belong together. Check both and try again."
HALF_OVER = "That took too long. Sign in again with your password."

_passwords = PasswordHash.recommended()
_NOBODY = _passwords.hash(secrets.token_hex(16))  # verified for unknown addresses, so that both cost the same


def add_user(db: Session, organisation_id: str, email: str, name: str, password: str, role: str = "recruiter") -> User:
    """A new user. Raises BadInput for a password that will not do, a taken address or an unknown role."""
    email = email.strip().lower()
    hashed = hash_of(password)
    if role not in ROLES:
        raise BadInput("There is no such role.")
    if db.exec(select(User).where(User.email == email)).first():
        raise BadInput("Somebody already signs in with this e-mail address.")
    user = User(organisation_id=organisation_id, email=email, name=name, role=role, password_hash=hashed)
    db.add(user)
    db.flush()
    return user


def hash_of(password: str) -> str:
    """What is kept of a password. Raises BadInput when it is too short or too long."""
    if len(password) < SHORTEST:
        raise BadInput(f"The password needs at least {SHORTEST} characters.")
    if len(password) > LONGEST:
        raise BadInput(f"The password may have at most {LONGEST} characters.")
    return str(_passwords.hash(password))


def check_password(db: Session, sessions: Sessions, email: str, password: str) -> User:
    """The user these belong to. Raises NotSignedIn with the same words whatever was wrong."""
    email = email.strip().lower()
    if sessions.count(f"sign-in:{email}", TRIES_SECONDS) > TRIES:
        raise NotSignedIn("Too many tries for this address. Wait 15 minutes and try again.")
    user = db.exec(select(User).where(User.email == email)).first()
    good = _passwords.verify(password[:LONGEST], user.password_hash if user else _NOBODY)
    if user is None or not good or user.disabled:
        raise NotSignedIn(WRONG)
    sessions.delete(f"sign-in:{email}")
    return user


def sign_in(db: Session, sessions: Sessions, email: str, password: str, agent: str = "") -> str:
    """A session's id for somebody without a second factor. Raises NotSignedIn."""
    user = check_password(db, sessions, email, password)
    if second_factors.in_use(db, user.id):
        raise NotSignedIn("This account asks for a second factor too. Sign in by the sign-in page.")
    return opened(db, sessions, user, agent)


def half_signed_in(sessions: Sessions, user: User) -> str:
    """A ticket for somebody whose second factor is still to be shown: it opens nothing but the next step."""
    ticket = secrets.token_urlsafe(32)
    sessions.put(f"half:{sign_ins.digest_of(ticket)}", {"user_id": user.id}, HALF_SECONDS)
    return ticket


def finish(db: Session, sessions: Sessions, key: bytes, ticket: str, code: str, agent: str = "") -> str:
    """The second step: the ticket and a code give a session's id. Raises NotSignedIn, limits.TooMany."""
    place = f"half:{sign_ins.digest_of(ticket)}"
    held = sessions.get(place) if ticket else None
    user = db.get(User, str(held["user_id"])) if held else None
    if user is None or user.disabled:
        raise NotSignedIn(HALF_OVER)
    second_factors.check(db, sessions, user, key, code)
    sessions.delete(place)
    return opened(db, sessions, user, agent)


def opened(db: Session, sessions: Sessions, user: User, agent: str = "") -> str:
    """A session for somebody who has shown who she is; noted in the audit log."""
    session_id = sign_ins.begin(db, sessions, user, agent)
    audit.record(db, actor_from(user), "user.signed_in", f"user:{user.id}")
    db.flush()
    return session_id


def sign_out(db: Session, sessions: Sessions, session_id: str) -> None:
    """End the session at once."""
    sign_ins.end(db, sessions, session_id)


def actor_of(db: Session, sessions: Sessions, session_id: str) -> Actor:
    """Who is behind a session id. Raises NotSignedIn."""
    return actor_from(sign_ins.user_of(db, sessions, session_id))


def user_and_organisation(db: Session, actor: Actor) -> tuple[User, Organisation]:
    """The rows behind a signed-in actor. Raises NotSignedIn."""
    user = db.get(User, actor.user_id) if actor.user_id else None
    organisation = db.get(Organisation, actor.organisation_id)
    if user is None or organisation is None:
        raise NotSignedIn(sign_ins.OVER)
    return user, organisation


def confirm_password(db: Session, sessions: Sessions, actor: Actor, password: str) -> User:
    """The signed-in user, who has typed her password again. Raises BadInput, limits.TooMany."""
    limits.spend(sessions, "password-again", limits.PASSWORD_AGAIN, actor.user_id or "")
    user, _ = user_and_organisation(db, actor)
    if not _passwords.verify(password[:LONGEST], user.password_hash):
        raise BadInput("This is not your password. Nothing was changed.")
    return user


def change_password(db: Session, sessions: Sessions, actor: Actor, old: str, new: str, session_id: str) -> int:
    """Set a new password and sign out everywhere else; how many sessions ended. Raises BadInput."""
    user = confirm_password(db, sessions, actor, old)
    set_password(db, user, new)
    audit.record(db, actor, "user.password_changed", f"user:{user.id}")
    return sign_ins.end_all(db, sessions, user.id, but=session_id)


def set_password(db: Session, user: User, password: str) -> None:
    """Keep another password's hash. Raises BadInput."""
    user.password_hash = hash_of(password)
    db.add(user)


def actor_from(user: User) -> Actor:
    """Who this user acts as."""
    return Actor(organisation_id=user.organisation_id, role=user.role, user_id=user.id)
