"""Signing in by the organisation's own provider (OpenID Connect): the way there, the way back, and whose account it is.

A sign-in is begun by one browser (its cookie holds the state), ends within minutes, and counts once. No account is
made: the provider's verified e-mail address must be that of somebody who has one, in an organisation that allows it.
"""

from __future__ import annotations

import hmac
import secrets

from sqlmodel import Session, select

from interview_platform.errors import NotSignedIn, ServiceUnavailable
from interview_platform.models import User
from interview_platform.ports import Identity, IdentityProvider, Sessions
from interview_platform.services import sign_ins

SECONDS = 600
"""How long somebody may take at the provider."""
EVERY = "all"
OVER = "This sign-in was begun elsewhere, took too long, or was used already. Start again from the sign-in page."
DOWN = "Your organisation's sign-in does not answer. Try again in a few minutes, or sign in with your password."
REFUSED = "Your organisation's sign-in was not completed. Start again from the sign-in page."
NOBODY = (
    "Your organisation's sign-in knows you, but no account here can be opened with it. "
    "Ask an owner to invite you with the same e-mail address, or sign in with your password."
)


def begin(sessions: Sessions, provider: IdentityProvider, back: str, target: str) -> tuple[str, str]:
    """(where to send the browser, the state its cookie must hold). Raises ServiceUnavailable."""
    state, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(3))
    try:
        address = provider.way(back, state, nonce, verifier)
    except ServiceUnavailable as error:
        raise ServiceUnavailable(DOWN) from error
    sessions.put(_key(state), {"nonce": nonce, "verifier": verifier, "target": target}, SECONDS)
    return address, state


def finish(
    sessions: Sessions, provider: IdentityProvider, back: str, cookie: str, asked: dict[str, str]
) -> tuple[Identity, str]:
    """Who came back, and the page that was asked for. `asked`: the address's `state`, `code` and, where sent, `iss`.

    Raises NotSignedIn (another browser's state, used, over, refused by the provider), ServiceUnavailable.
    """
    state, code = asked.get("state", ""), asked.get("code", "")
    if not state or not code or not hmac.compare_digest(state.encode(), cookie.encode()):
        raise NotSignedIn(OVER)
    held = sessions.get(_key(state))
    first = held is not None and sessions.count(f"{_key(state)}:used", SECONDS) == 1  # two at once: one goes on
    sessions.delete(_key(state))
    if held is None or not first or asked.get("iss", provider.issuer) != provider.issuer:
        raise NotSignedIn(OVER)
    try:
        who = provider.identity(back, code, str(held["nonce"]), str(held["verifier"]))
    except NotSignedIn as error:
        raise NotSignedIn(REFUSED) from error
    except ServiceUnavailable as error:
        raise ServiceUnavailable(DOWN) from error
    return who, str(held["target"])


def user_of(db: Session, who: Identity, allowed: frozenset[str]) -> User:
    """The account the identity opens. `allowed`: ids of organisations, or EVERY. Raises NotSignedIn with one answer."""
    email = who.email.strip().lower()
    user = db.exec(select(User).where(User.email == email)).first() if who.verified and email else None
    if user is None or user.disabled or not (EVERY in allowed or user.organisation_id in allowed):
        raise NotSignedIn(NOBODY)
    return user


def _key(state: str) -> str:
    return f"sso:{sign_ins.digest_of(state)}"
