"""How often something may be asked, counted in the session store: whoever floods waits, everybody else goes on.

A key is the kind and who asks; it holds no address and no name, only a digest.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from interview_platform.errors import PlatformError
from interview_platform.ports import Sessions


class TooMany(PlatformError):
    """Asked too often; the message says how long to wait."""


@dataclass(frozen=True)
class Limit:
    """At most `times` in `seconds`."""

    times: int
    seconds: int
    words: str  # what there was too much of, for the person


SIGN_IN_PLACE = Limit(200, 900, "tries to sign in from here")  # a whole office may share one address
SECOND_FACTOR = Limit(8, 900, "codes")
RESET_ADDRESS = Limit(3, 3600, "letters to this address")
RESET_PLACE = Limit(30, 3600, "letters asked for from here")
TOKENS = Limit(120, 600, "links that do not open")
OFFERS = Limit(60, 60, "tries to connect")
UPLOADS = Limit(1200, 600, "files")
TEAM_LETTERS = Limit(50, 86_400, "invitations today")
PASSWORD_AGAIN = Limit(8, 900, "tries")


def spend(sessions: Sessions, kind: str, limit: Limit, who: str) -> None:
    """Count one more of `kind` by `who`. Raises TooMany."""
    if sessions.count(_key(kind, who), limit.seconds) > limit.times:
        minutes = max(1, limit.seconds // 60)
        wait = "1 minute" if minutes == 1 else f"{minutes} minutes"
        raise TooMany(f"Too many {limit.words}. Wait {wait} and try again; nothing was lost.")


def forgive(sessions: Sessions, kind: str, who: str) -> None:
    """Begin to count anew, after a success."""
    sessions.delete(_key(kind, who))


def _key(kind: str, who: str) -> str:
    return f"limit:{kind}:{hashlib.sha256(who.encode()).hexdigest()[:32]}"
