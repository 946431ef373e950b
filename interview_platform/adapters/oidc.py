"""Signing in by an OpenID Connect provider: the Authorization Code flow with PKCE, by authlib (BSD-3-Clause).

What the provider says of itself (discovery) and its keys are kept for an hour; a key that is not known is asked for
once more. An identity is believed only with a signature by one of these keys, for this client, from this issuer, of
now, and with the nonce of this very sign-in.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import httpx
import structlog
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from interview_platform.errors import NotSignedIn, ServiceUnavailable
from interview_platform.ports import Identity

SCOPES = "openid email profile"
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384")
"""Signatures by a private key alone: with a shared key, or none, anybody could sign."""
LEEWAY_SECONDS = 60
KEPT_SECONDS = 3600.0
AGAIN_SECONDS = 30.0
"""Keys are not asked for more often than this, whoever sends tokens with made-up key ids."""
DOWN = "The sign-in of OIDC_ISSUER does not answer as it should. Nobody was signed in; the log says more."
REFUSED = "The sign-in of OIDC_ISSUER was not completed. Nobody was signed in; start again."
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_log = structlog.get_logger()


class OidcProvider:
    """An `IdentityProvider`."""

    def __init__(
        self,
        issuer: str,
        client_id: str,
        client_secret: str,
        *,
        timeout_seconds: float = 10.0,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Asks nothing yet: a provider that is down must not keep the product from starting."""
        self.issuer = issuer
        self._client_id, self._client_secret = client_id, client_secret
        self._timeout, self._clock = timeout_seconds, clock
        self._lock = threading.Lock()
        self._said: dict[str, Any] = {}
        self._keys: KeySet | None = None
        self._said_at = self._keys_at = 0.0

    def way(self, back: str, state: str, nonce: str, verifier: str) -> str:
        """The address a browser is sent to, which sends it to `back`. Raises ServiceUnavailable."""
        with self._client(back) as client:
            address, _ = client.create_authorization_url(
                self._described()["authorization_endpoint"],
                state=state,
                nonce=nonce,
                code_challenge=create_s256_code_challenge(verifier),
                code_challenge_method="S256",
            )
        return str(address)

    def identity(self, back: str, code: str, nonce: str, verifier: str) -> Identity:
        """Who came back with `code`. Raises NotSignedIn, ServiceUnavailable."""
        token = self._exchanged(back, code, verifier)
        try:
            claims = self._claims(str(token["id_token"]), str(token.get("access_token", "")), nonce)
        except (JoseError, ValueError, KeyError, TypeError) as error:
            _log.warning("oidc_token_refused", error=type(error).__name__)  # never its words: they may hold the token
            raise NotSignedIn(REFUSED) from None
        return Identity(self.issuer, str(claims["sub"]), _text(claims, "email"), claims.get("email_verified") is True)

    # --- inside ------------------------------------------------------------------------------------------------

    def _client(self, back: str) -> Any:
        return OAuth2Client(
            self._client_id, self._client_secret, scope=SCOPES, redirect_uri=back, timeout=self._timeout
        )

    def _exchanged(self, back: str, code: str, verifier: str) -> dict[str, Any]:
        """The tokens for a code: once, and only with the verifier that the sign-in was begun with."""
        endpoint = self._described()["token_endpoint"]
        try:
            with self._client(back) as client:
                token = client.fetch_token(endpoint, grant_type="authorization_code", code=code, code_verifier=verifier)
        except OSError as error:
            raise ServiceUnavailable(DOWN) from error
        except Exception as error:  # authlib's and its client's errors share no base
            _log.warning("oidc_code_refused", error=type(error).__name__)
            raise NotSignedIn(REFUSED) from None
        return dict(token)

    def _claims(self, token: str, access_token: str, nonce: str) -> CodeIDToken:
        """The claims of a signed token that is meant for us, from this issuer, of now, for this sign-in."""
        try:
            read = jwt.decode(token, self._known_keys(), algorithms=list(ALGORITHMS))
        except (JoseError, ValueError):
            if not self._ask_again():
                raise
            read = jwt.decode(token, self._known_keys(), algorithms=list(ALGORITHMS))
        wanted = {
            "iss": {"essential": True, "value": self.issuer},
            "aud": {"essential": True, "value": self._client_id},
        }
        params = {"nonce": nonce, "client_id": self._client_id, "access_token": access_token}
        claims = CodeIDToken(read.claims, read.header, wanted, params)
        claims.validate(now=int(self._clock()), leeway=LEEWAY_SECONDS)
        return claims

    def _ask_again(self) -> bool:
        """Drop the keys, as after the provider changed them; False when they were asked for just now."""
        with self._lock:
            if self._clock() - self._keys_at < AGAIN_SECONDS:
                return False
            self._keys = None
            return True

    def _known_keys(self) -> KeySet:
        described = self._described()
        with self._lock:
            if self._keys is None or self._clock() - self._keys_at > KEPT_SECONDS:
                self._keys = KeySet.import_key_set(self._asked(described["jwks_uri"]))  # type: ignore[arg-type]
                self._keys_at = self._clock()
            return self._keys

    def _described(self) -> dict[str, Any]:
        with self._lock:
            if not self._said or self._clock() - self._said_at > KEPT_SECONDS:
                said = self._asked(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
                self._require_sound(said)
                self._said, self._said_at = said, self._clock()
            return self._said

    def _require_sound(self, said: dict[str, Any]) -> None:
        """It must speak of the very issuer that is set, and be reached by https (by http on this machine only)."""
        if said.get("issuer") != self.issuer:
            _log.error("oidc_other_issuer", said=_text(said, "issuer")[:200])
            raise ServiceUnavailable(DOWN)
        if not all(_safe(_text(said, name)) for name in _ENDPOINTS):
            _log.error("oidc_unsafe_endpoint")
            raise ServiceUnavailable(DOWN)

    def _asked(self, address: str) -> dict[str, Any]:
        if not _safe(address):
            raise ServiceUnavailable("OIDC_ISSUER must begin with https://. Nobody was signed in.")
        try:
            answer = httpx.get(address, timeout=self._timeout, follow_redirects=False)
            answer.raise_for_status()
            said = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            _log.warning("oidc_provider_down", error=type(error).__name__)
            raise ServiceUnavailable(DOWN) from error
        if not isinstance(said, dict):
            raise ServiceUnavailable(DOWN)
        return said


def _safe(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    )


def _text(held: Any, name: str) -> str:
    value = held.get(name, "")
    return value if isinstance(value, str) else ""
