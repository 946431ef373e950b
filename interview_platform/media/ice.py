"""Where browser and server look for each other: STUN, and a TURN relay with credentials that soon expire.

The credentials follow coturn's `use-auth-secret` (draft-uberti-behave-turn-rest): the user name is
`<seconds since 1970 when it expires>:<name>`, the password base64(HMAC-SHA1(shared secret, user name)).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

IceServer = dict[str, Any]
"""As a browser's RTCPeerConnection takes it: urls, and for TURN username and credential."""


def turn_credentials(secret: str, name: str, expires: int) -> tuple[str, str]:
    """User name and password for one TURN allocation; `expires` in seconds since 1970."""
    username = f"{expires}:{name}"
    digest = hmac.new(secret.encode(), username.encode(), hashlib.sha1).digest()
    return username, base64.b64encode(digest).decode()


@dataclass(frozen=True)
class Ice:
    """Addresses from the settings. Without any, only direct connections are tried."""

    stun: tuple[str, ...] = ()
    turn: tuple[str, ...] = ()
    secret: str = field(default="", repr=False)
    seconds: int = 3600
    """How long a TURN credential is valid; a connection that stands goes on after it."""
    relay_only: bool = False
    """Browsers use the relay alone: where every direct way is closed anyway, or addresses are not to be shown."""
    now: Callable[[], float] = time.time

    def servers(self, name: str) -> list[IceServer]:
        """For one connection. `name` stands in the relay's log: nothing personal."""
        found: list[IceServer] = [{"urls": list(self.stun)}] if self.stun else []
        if self.turn and self.secret:
            username, password = turn_credentials(self.secret, name, int(self.now()) + self.seconds)
            found.append({"urls": list(self.turn), "username": username, "credential": password})
        return found

    def for_browser(self, name: str) -> dict[str, Any]:
        """What the page needs: the servers, the policy, and for how many seconds they hold."""
        policy = "relay" if self.relay_only else "all"
        return {"servers": self.servers(name), "policy": policy, "seconds": self.seconds}
