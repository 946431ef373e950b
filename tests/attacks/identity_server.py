"""A local OpenID Connect provider: discovery, keys, tokens; `fault` changes what the next tokens say."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, SECRET = "platform", "client secret of the tests"


@dataclass
class IdentityServer:
    """Its keys, who signs in, and how its tokens are changed before (`claims`) and after (`token`) they are signed."""

    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    email: str = "r@example.com"
    verified: Any = True
    address: str = ""
    issuer: str = ""
    claims: Callable[[dict[str, Any]], None] = lambda claims: None
    token: Callable[[str], str] = lambda token: token
    header: dict[str, str] = field(default_factory=lambda: {"alg": "RS256", "kid": "one"})
    signed_by: Any = None
    down: bool = False
    said: dict[str, Any] = field(default_factory=dict)  # changes of what it says of itself
    codes: dict[str, dict[str, str]] = field(default_factory=dict)  # code → what was asked for it
    asked: list[str] = field(default_factory=list)

    def consent(self, way: str) -> str:
        """Somebody signs in at the address a browser was sent to; the code she comes back with."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(way).query).items()}
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return code

    def described(self) -> dict[str, Any]:
        ends = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        return {
            "issuer": self.issuer, **{name: f"{self.address}/{end}" for name, end in ends.items()}, **self.said
        }  # fmt: skip

    def exchanged(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """The token endpoint: each code once, for the verifier behind the challenge."""
        asked = self.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or asked["code_challenge"] != challenge or asked["redirect_uri"] != form.get("redirect_uri"):
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.issuer, "sub": "person-1", "aud": CLIENT, "iat": now, "exp": now + 300,
            "nonce": asked["nonce"], "email": self.email, "email_verified": self.verified,
        }  # fmt: skip
        self.claims(claims)
        signed = jwt.encode(self.header, claims, self.signed_by or self.key, algorithms=[self.header["alg"]])
        return 200, {"access_token": "a", "token_type": "Bearer", "expires_in": 300, "id_token": self.token(signed)}


def shared_secret() -> OctKey:
    """What a forger holds: the client secret as a signing key."""
    return OctKey.import_key(SECRET)


@contextmanager
def identity() -> Iterator[IdentityServer]:
    """The provider, on a free port of this machine."""
    held = IdentityServer()

    class Handler(BaseHTTPRequestHandler):
        def _say(self, status: int, body: Any) -> None:
            data = json.dumps(body).encode()
            self.send_response(503 if held.down else status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def do_GET(self) -> None:
            held.asked.append(self.path)
            keys = {"keys": [held.key.as_dict(private=False)]}
            self._say(200, held.described() if "openid" in self.path else keys)

        def do_POST(self) -> None:
            held.asked.append(self.path)
            form = self.rfile.read(int(self.headers["content-length"])).decode()
            self._say(*held.exchanged({name: values[0] for name, values in parse_qs(form).items()}))

        def log_message(self, *_: Any) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    held.address = held.issuer = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield held
    finally:
        server.shutdown()
        server.server_close()
