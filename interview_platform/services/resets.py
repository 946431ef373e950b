"""A forgotten password: a signed link that is good for one change within an hour.

The token signs the user's id and a digest of the password hash it was made for: a change makes every older link
useless, so each works once. The letter goes straight to the mailer and is kept nowhere: whoever reads the
organisation's outbox could otherwise take a colleague's account.
"""

from __future__ import annotations

import hashlib

import structlog
from itsdangerous import BadData, URLSafeTimedSerializer
from sqlmodel import Session, select

from interview_platform import routes
from interview_platform.errors import BadInput, NotSignedIn, PlatformError
from interview_platform.models import User, new_id
from interview_platform.ports import Mail, Mailer, Sessions
from interview_platform.services import accounts, audit, letters, limits, sign_ins

SECONDS = 3600
ASKED = "If somebody signs in with this address, a letter with a link is on its way. The link is good for one hour."
GONE = "This link does not open any more: it was used, or is older than an hour. Ask for a new one."
_log = structlog.get_logger()


def letter(db: Session, sessions: Sessions, secret: bytes, email: str, place: str, address: str) -> Mail | None:
    """The letter to be sent, or None when nobody signs in so: the answer to the asker is the same (`ASKED`).

    `place` is where the request came from. Raises limits.TooMany, by address and by place, known address or not.
    """
    email = email.strip().lower()
    limits.spend(sessions, "reset-place", limits.RESET_PLACE, place)
    limits.spend(sessions, "reset", limits.RESET_ADDRESS, email)
    user = db.exec(select(User).where(User.email == email)).first()
    if user is None or user.disabled:
        return None
    audit.record(db, accounts.actor_from(user), "user.reset_asked", f"user:{user.id}")
    words = letters.write("reset", name=user.name, link=link(secret, user, address))
    return Mail(f"{new_id()}@interview-platform", "", user.email, words.subject, words.text, words.html)


def send(mailer: Mailer, sender: str, mail: Mail) -> None:
    """Send it; a failure is logged without the address, since the asker must not learn whether there was one."""
    if not mailer.delivers:
        _log.warning("reset_letter_not_sent", why="No mail server is set up: use the command reset-link.")
        return
    try:
        mailer.send(Mail(**{**vars(mail), "sender": sender}))
    except PlatformError as error:
        _log.warning("reset_letter_not_sent", why=str(error))


def link(secret: bytes, user: User, address: str) -> str:
    """The whole link; `address` is the product's, without a trailing slash."""
    return address + routes.reset(str(_signer(secret).dumps([user.id, _fingerprint(user)])))


def user_behind(db: Session, secret: bytes, token: str) -> User:
    """Whose password the token may change. Raises NotSignedIn."""
    try:
        user_id, fingerprint = _signer(secret).loads(token, max_age=SECONDS)
    except (BadData, ValueError, TypeError):
        raise NotSignedIn(GONE) from None
    user = db.get(User, str(user_id))
    if user is None or user.disabled or _fingerprint(user) != fingerprint:
        raise NotSignedIn(GONE)
    return user


def use(db: Session, sessions: Sessions, secret: bytes, token: str, password: str) -> User:
    """Set the new password and sign out everywhere. A second factor stays in use. Raises NotSignedIn, BadInput."""
    user = user_behind(db, secret, token)
    accounts.set_password(db, user, password)
    sessions.delete(f"sign-in:{user.email}")
    sign_ins.end_all(db, sessions, user.id)
    audit.record(db, accounts.actor_from(user), "user.password_reset", f"user:{user.id}")
    return user


def by_hand(db: Session, secret: bytes, email: str, address: str) -> str:
    """A link for whoever runs the installation to hand over. Raises BadInput."""
    user = db.exec(select(User).where(User.email == email.strip().lower())).first()
    if user is None or user.disabled:
        raise BadInput("Nobody signs in with this address.")
    audit.record(db, accounts.actor_from(user), "user.reset_by_hand", f"user:{user.id}")
    return link(secret, user, address)


def _fingerprint(user: User) -> str:
    return hashlib.sha256(f"{user.id} {user.password_hash}".encode()).hexdigest()[:24]


def _signer(secret: bytes) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret, salt="password-reset")
