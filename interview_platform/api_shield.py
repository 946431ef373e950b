"""The guard in front of everything: every request, Reflex's own endpoints and sockets included, passes it first.

It refuses state-changing requests and sockets from other sites, uploads by nobody, and bodies that are too large or too
slow; it puts the security headers on every answer. A page's own inline scripts are named in its Content-Security-Policy
by their digests, read from the built pages at start: any other inline script, and any inline handler, does not run.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import re
from collections.abc import Awaitable, Callable, Iterable
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
UPLOAD = "/_upload"
SIGNED = ("/api/webhooks/", "/api/v1/")
"""Routes for other systems: a signature or a key says who sends, and there is no cookie to misuse."""
BODY_SECONDS = 120.0
"""Longest a body may take from its first byte to its last."""
HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(self), microphone=(self), display-capture=(), geolocation=(), payment=()"),
)
LAST = (b"connection", b"close")
"""On the answer to a request in pieces: a proxy and we may disagree where such a request ends, so nothing that follows
it on its connection is read (request smuggling)."""
HSTS = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")
FILE_POLICY = (
    "default-src 'none'; img-src 'self'; media-src 'self'; object-src 'self'; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""For everything that is no page: a stored file, an answer of the API."""
_SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)


def same_origin(connection: HTTPConnection, address: str) -> bool:
    """Browsers name the Origin of every POST and WebSocket: it must be the host that was asked, or our address."""
    try:
        asking = urlsplit(connection.headers.get("origin", "")).netloc
    except ValueError:  # no address at all
        return False
    return bool(asking) and asking in {connection.headers.get("host", ""), urlsplit(address).netloc}


def script_digests(pages: Path) -> list[str]:
    """CSP sources of every inline script in the built pages (*.html below `pages`), each once."""
    found = {
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        for page in sorted(pages.rglob("*.html"))
        for script in _SCRIPT.findall(page.read_text(encoding="utf-8"))
        if script.strip()
    }
    return [f"'sha256-{digest}'" for digest in sorted(found)]


def page_policy(digests: Iterable[str], address: str) -> str:
    """The Content-Security-Policy of a page.

    'unsafe-eval': Reflex 0.10 runs toasts it sends by `eval`; it makes no text of a page into a script. Styles may be
    inline: components set widths and colours that way, and a style runs nothing. Sockets go to our own address.
    """
    host = urlsplit(address).netloc
    sockets = f"ws://{host} wss://{host}"
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' 'unsafe-eval' {' '.join(digests)}".rstrip(),
            "script-src-attr 'none'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "media-src 'self' blob: data:",
            "font-src 'self'",
            f"connect-src 'self' {sockets}",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-src 'none'",
            "frame-ancestors 'none'",
        )
    )


class _Refused(Exception):
    """The body was larger than declared, or too slow."""


class _Cut:
    """A body that was cut off: what we answer instead of what the product makes of the break."""

    def __init__(self) -> None:
        self.status, self.words, self.answered = 0, "", False

    def unless_cut(self, send: Send) -> Send:
        """Let through what is sent before the cut."""

        async def passing(message: Message) -> None:
            if self.status and not self.answered:
                return
            self.answered = True
            await send(message)

        return passing


class Shield:
    """ASGI wrapper around the whole product.

    `signed_in(cookie)` says whether a session cookie is good, and counts an upload; it may raise to refuse.
    """

    def __init__(
        self,
        app: ASGIApp,
        limit_bytes: int,
        address: str = "",
        pages: Path | None = None,
        may_upload: Callable[[str], Awaitable[str]] | None = None,
        body_seconds: float = BODY_SECONDS,
    ) -> None:
        self.app, self.limit_bytes, self.address, self.body_seconds = app, limit_bytes, address, body_seconds
        self.may_upload = may_upload
        self.page_policy = page_policy(script_digests(pages) if pages else (), address).encode()
        self.headers = (*HEADERS, HSTS) if address.startswith("https:") else HEADERS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is allowed, counting bytes in and adding headers out."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        if scope["type"] == "websocket":
            await self._socket(connection, scope, receive, send)
            return
        refused = await self._refusal(connection, scope)
        in_pieces = "transfer-encoding" in connection.headers
        send = self._with_headers(send, (LAST,) if in_pieces else ())
        if refused is not None:
            await refused(scope, receive, send)
            return
        cut = _Cut()
        with contextlib.suppress(_Refused):
            await self.app(scope, self._counted(receive, cut), cut.unless_cut(send))
        if cut.status and not cut.answered:
            await JSONResponse({"error": cut.words}, cut.status)(scope, receive, send)

    async def _socket(self, connection: HTTPConnection, scope: Scope, receive: Receive, send: Send) -> None:
        if not connection.headers.get("origin") or same_origin(connection, self._address(connection)):
            await self.app(scope, receive, send)  # without an Origin it is no browser: cookies are not sent for it
            return
        await receive()
        await send({"type": "websocket.close", "code": 4403, "reason": "another site"})

    async def _refusal(self, connection: HTTPConnection, scope: Scope) -> JSONResponse | None:
        if connection.headers.get("transfer-encoding", "chunked").strip().lower() != "chunked":
            return JSONResponse({"error": "The request's end cannot be told. Send it again."}, 400)
        declared = connection.headers.get("content-length", "0")
        if not declared.isdigit() or int(declared) > self.limit_bytes:
            return JSONResponse({"error": self._too_large}, 413)
        if scope["method"] not in CHANGING or scope["path"].startswith(SIGNED):
            return None
        if not same_origin(connection, self._address(connection)):
            return JSONResponse({"error": "This request came from another site."}, 403)
        if scope["path"].rstrip("/") == UPLOAD and self.may_upload is not None:
            why = await self.may_upload(_cookies(connection))
            return JSONResponse({"error": why}, 403) if why else None
        return None

    @property
    def _too_large(self) -> str:
        return f"This is larger than {self.limit_bytes // 1_000_000} MB. Upload fewer or smaller files."

    def _address(self, connection: HTTPConnection) -> str:
        return self.address or f"http://{connection.headers.get('host', '')}"

    def _counted(self, receive: Receive, cut: _Cut) -> Receive:
        """Bytes are counted as they come; a body that dribbles in is cut off."""
        seen, ends_at, whole = 0, 0.0, False

        async def counted() -> Message:
            nonlocal seen, ends_at, whole
            if whole:
                return await receive()  # only a disconnect follows, whenever
            clock = asyncio.get_running_loop().time()
            ends_at = ends_at or clock + self.body_seconds
            try:
                message = await asyncio.wait_for(receive(), max(0.0, ends_at - clock))
            except TimeoutError:
                cut.status, cut.words = 408, "The body came too slowly. Send it again."
                raise _Refused from None
            if message["type"] == "http.disconnect":  # broken off, or in pieces that are none: no error of ours
                cut.status, cut.words = 400, "The body broke off. Send it again."
                raise _Refused
            seen += len(message.get("body", b""))
            whole = not message.get("more_body", False)
            if seen > self.limit_bytes:
                cut.status, cut.words = 413, self._too_large
                raise _Refused
            return message

        return counted

    def _with_headers(self, send: Send, more: tuple[tuple[bytes, bytes], ...] = ()) -> Send:
        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower(): value for name, value in message["headers"]}
                page = present.get(b"content-type", b"").startswith(b"text/html")
                policy = self.page_policy if page else FILE_POLICY.encode()
                added = (*self.headers, (b"content-security-policy", policy))
                if message["status"] == 304:  # says not what it is: the browser keeps the policy it was sent before
                    added = self.headers
                message["headers"] = [*message["headers"], *(h for h in added if h[0] not in present), *more]
            await send(message)

        return headed


def _cookies(connection: HTTPConnection) -> str:
    jar: SimpleCookie = SimpleCookie()
    with contextlib.suppress(CookieError):
        jar.load(connection.headers.get("cookie", ""))
    return jar["session"].value if "session" in jar else ""
