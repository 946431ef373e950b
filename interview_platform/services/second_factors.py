"""The second factor: codes of an authenticator app (TOTP, RFC 6238), and recovery codes for when it is lost.

The app's secret is encrypted at rest, recovery codes are kept as salted digests, and no code counts twice.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import time

import pyotp
import segno
from sqlmodel import Session, String, cast, col, select, update

from interview_platform.errors import BadInput, NotSignedIn
from interview_platform.models import SecondFactor, User, now
from interview_platform.ports import Sessions
from interview_platform.services import audit, limits, secret_box
from interview_platform.services.access import READERS, Actor, need

PURPOSE = "second factor"
ISSUER = "Interview Platform"
STEP_SECONDS = 30
RECOVERY_CODES = 10
WRONG = "This code is not right, or was used already. Wait for the next one in your app and try again."
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that is read as something else


def in_use(db: Session, user_id: str) -> SecondFactor | None:
    """The user's confirmed second factor, or None."""
    row = _of(db, user_id)
    return row if row and row.confirmed_at else None


def begin(db: Session, actor: Actor, key: bytes) -> tuple[str, str]:
    """A fresh secret to be put in an app: the words to type, and a QR code as an SVG data address.

    Nothing is asked for at sign-in until `confirm`. Raises BadInput when one is in use already, NotAllowed.
    """
    need(actor, READERS)
    row = _of(db, _user(actor))
    if row and row.confirmed_at:
        raise BadInput("A second factor is in use already. Turn it off first to set up another.")
    secret = pyotp.random_base32()
    row = row or SecondFactor(user_id=_user(actor), secret="")
    row.secret, row.recovery, row.last_step = secret_box.seal(key, PURPOSE, secret), [], 0
    db.add(row)
    return secret, _picture(pyotp.TOTP(secret).provisioning_uri(name=_name(db, actor), issuer_name=ISSUER))


def confirm(db: Session, sessions: Sessions, actor: Actor, key: bytes, code: str) -> list[str]:
    """Take it into use with a first code; the recovery codes, shown this once. Raises BadInput, limits.TooMany."""
    need(actor, READERS)
    limits.spend(sessions, "second-factor", limits.SECOND_FACTOR, _user(actor))
    row = _of(db, _user(actor))
    if row is None or row.confirmed_at:
        raise BadInput("Begin the set-up again.")
    if not _app_code_fits(db, row, key, code):
        raise BadInput(WRONG)
    codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
    row.recovery, row.confirmed_at = [_salted(code) for code in codes], now()
    db.add(row)
    audit.record(db, actor, "second_factor.added", f"user:{actor.user_id}")
    return codes


def check(db: Session, sessions: Sessions, user: User, key: bytes, code: str) -> None:
    """At sign-in: an app's code or a recovery code, each once. Raises NotSignedIn, limits.TooMany."""
    limits.spend(sessions, "second-factor", limits.SECOND_FACTOR, user.id)
    row = in_use(db, user.id)
    if row is None or not (_app_code_fits(db, row, key, code) or _recovery_fits(db, row, code)):
        raise NotSignedIn(WRONG)
    limits.forgive(sessions, "second-factor", user.id)


def remove(db: Session, actor: Actor) -> None:
    """Turn it off; the caller has asked for the password again."""
    row = _of(db, _user(actor))
    if row:
        db.delete(row)
        audit.record(db, actor, "second_factor.removed", f"user:{actor.user_id}")


def left(row: SecondFactor) -> int:
    """How many recovery codes are left."""
    return len(row.recovery)


def _app_code_fits(db: Session, row: SecondFactor, key: bytes, code: str) -> bool:
    """Whether the code is of now, or one step beside it, and newer than the last one taken; then it is used up."""
    code = "".join(code.split())
    app, here = pyotp.TOTP(secret_box.unseal(key, PURPOSE, row.secret)), int(time.time()) // STEP_SECONDS
    steps = (here, here - 1, here + 1)
    step = next((step for step in steps if hmac.compare_digest(app.at(step * STEP_SECONDS).encode(), code.encode())), 0)
    if step <= row.last_step:
        return False
    newer = update(SecondFactor).where(SecondFactor.id == row.id, SecondFactor.last_step < step)  # type: ignore[arg-type]
    used = bool(db.exec(newer.values(last_step=step)).rowcount)
    db.refresh(row)
    return used


def _recovery_fits(db: Session, row: SecondFactor, code: str) -> bool:
    """Whether the code is one of those left; then it is used up, and by one of two askers at once only."""
    code = code.strip().lower().replace(" ", "").replace("-", "")
    for _ in range(RECOVERY_CODES + 1):  # each round that is lost means that another code was used up meanwhile
        fits = (kept for kept in row.recovery if hmac.compare_digest(kept, _salted(code, kept.partition("$")[0])))
        found = next(fits, "")
        if not found:
            return False
        taken = _take(db, row, found)
        db.refresh(row)
        if taken:
            return True
    return False


def _take(db: Session, row: SecondFactor, found: str) -> bool:
    """Drop one code, if the list is still the one that was read: the database decides between two at once."""
    unread = cast(col(SecondFactor.recovery), String) == json.dumps(row.recovery)  # JSON has no `=` on Postgres
    left_over = [kept for kept in row.recovery if kept != found]
    change = update(SecondFactor).where(col(SecondFactor.id) == row.id, unread).values(recovery=left_over)
    return bool(db.exec(change.execution_options(synchronize_session=False)).rowcount)


def _recovery_code() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(12))  # 59 bits: no dictionary finds one from its digest


def shown(code: str) -> str:
    """A recovery code in groups, as it is read."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def _salted(code: str, salt: str = "") -> str:
    salt = salt or secrets.token_hex(8)
    return f"{salt}${hashlib.sha256(f'{salt}{code}'.encode()).hexdigest()}"


def _picture(address: str) -> str:
    return str(segno.make(address, error="m").svg_data_uri(scale=5, border=4, dark="#000", light="#fff"))


def _of(db: Session, user_id: str) -> SecondFactor | None:
    return db.exec(select(SecondFactor).where(SecondFactor.user_id == user_id)).first()


def _user(actor: Actor) -> str:
    if not actor.user_id:
        raise BadInput("Only people have a second factor.")
    return actor.user_id


def _name(db: Session, actor: Actor) -> str:
    user = db.get(User, actor.user_id)
    return user.email if user else ""
