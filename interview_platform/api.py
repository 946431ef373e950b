"""The routes that are not pages: sign-in form, WebRTC offer, interview WebSocket, signed files, health.

State-changing requests are refused unless their Origin is ours; the WebSocket too. Errors are JSON
`{"error": "<words for the reader>"}`, or for the native form a redirect back to it.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import Any
from urllib.parse import quote, urlsplit

import structlog
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from interview_platform import api_webhooks, routes
from interview_platform.errors import (
    BadInput,
    ConsentMissing,
    InterviewEnded,
    InviteInvalid,
    NotFound,
    NotSignedIn,
    PlatformError,
)
from interview_platform.media.rooms import HeldElsewhere, Rooms
from interview_platform.media.visit import Visit
from interview_platform.services import accounts, invites
from interview_platform.states.guard import COOKIE
from interview_platform.wiring import platform

OFFER_BYTES = 200_000  # a browser's offer is about 6 kB
EVENT_BYTES = 20_000  # a typed answer
_log = structlog.get_logger()


# --- signing in ------------------------------------------------------------------------------------------------


async def sign_in(request: Request) -> Response:
    """Native form POST → HttpOnly session cookie, then on to the page asked for."""
    if not _same_origin(request):
        return JSONResponse({"error": "This form was sent from another site."}, 403)
    form = await request.form()
    target = _inside(str(form.get("next", "")))
    try:
        session_id = await run_in_threadpool(_sign_in, str(form.get("email", "")), str(form.get("password", "")))
    except NotSignedIn as error:
        back = f"{routes.SIGN_IN}?error={quote(str(error))}&next={quote(target, safe='')}"
        return RedirectResponse(back, status_code=303)
    response = RedirectResponse(target, status_code=303)
    response.set_cookie(
        COOKIE,
        session_id,
        max_age=accounts.SESSION_SECONDS,
        httponly=True,
        samesite="lax",
        secure=platform().settings.address.startswith("https:"),
        path="/",
    )
    return response


def _sign_in(email: str, password: str) -> str:
    held = platform()
    with held.db() as db:
        return accounts.sign_in(db, held.sessions, email, password)


async def sign_out(request: Request) -> Response:
    """End the session and drop its cookie."""
    if not _same_origin(request):
        return JSONResponse({"error": "This form was sent from another site."}, 403)
    accounts.sign_out(platform().sessions, request.cookies.get(COOKIE, ""))
    response = RedirectResponse(routes.SIGN_IN, status_code=303)
    response.delete_cookie(COOKIE, path="/")
    return response


def _inside(target: str) -> str:
    """A path of ours to go on to; anything else becomes the home page (no open redirect)."""
    parts = urlsplit(target)
    plain = target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    return target if plain and "\\" not in target else routes.HOME


# --- the interview ---------------------------------------------------------------------------------------------


async def offer(request: Request) -> Response:
    """The browser's WebRTC offer `{sdp, type}` → our answer in the same shape."""
    if not _same_origin(request):
        return JSONResponse({"error": "This request came from another site."}, 403)
    try:
        body = await _json(request, OFFER_BYTES)
        invited = await run_in_threadpool(_enter_room, request.path_params["token"])
        sdp, kind, tab = (str(body.get(name, "")) for name in ("sdp", "type", "tab"))
        rooms = await run_in_threadpool(lambda: platform().rooms)  # the first time they are built, which takes a while
        answer = await rooms.offer(invited.interview.id, sdp, kind, tab)
        return JSONResponse(answer)
    except PlatformError as error:
        return JSONResponse({"error": str(error)}, _status(error))


def _enter_room(token: str) -> Any:
    """The invited interview, ready to be held. Raises InviteInvalid, ConsentMissing."""
    held = platform()
    with held.db() as db:
        invited = invites.open_link(db, held.secret, token)
        invites.require_live(invited)
        invites.require_consent(db, invited)
    return invited


async def events(socket: WebSocket) -> None:
    """What happens in the room, to the browser; what the candidate presses, to the room."""
    if not _same_origin(socket):
        await socket.close(4403)
        return
    await socket.accept()
    try:
        invited = await run_in_threadpool(_enter_room, socket.path_params["token"])
        rooms = await _rooms(socket)
    except PlatformError as error:
        await socket.send_json({"type": "error", "text": str(error)})
        await socket.close(4401)
        return
    begun = invited.interview.started_at is not None
    visit = rooms.visit(invited.interview.id, socket.query_params.get("tab", ""), begun)
    sending = asyncio.create_task(_send_events(socket, visit))
    try:
        await _take_commands(socket, visit)
    finally:
        visit.leave()
        sending.cancel()
        with contextlib.suppress(asyncio.CancelledError, Exception):
            await sending


async def _rooms(socket: WebSocket) -> Rooms:
    """The live rooms. Just after a start their models are still being loaded: the browser hears that we are here."""
    building = asyncio.ensure_future(run_in_threadpool(lambda: platform().rooms))
    while not (await asyncio.wait({building}, timeout=1))[0]:
        await socket.send_json({"type": "notice", "text": "Your room is nearly ready. It opens by itself."})
    return building.result()


async def _send_events(socket: WebSocket, visit: Visit) -> None:
    async for event in visit.events():
        await socket.send_json(event)


async def _take_commands(socket: WebSocket, visit: Visit) -> None:
    while True:
        try:
            text = await socket.receive_text()
        except (WebSocketDisconnect, KeyError, RuntimeError):
            return
        if len(text) > EVENT_BYTES:
            await socket.send_json({"type": "notice", "text": "That was too long to send at once. Please shorten it."})
            continue
        try:
            command = json.loads(text)
        except ValueError:
            continue
        if isinstance(command, dict):
            visit.take(command)


# --- files and health ------------------------------------------------------------------------------------------


async def file(request: Request) -> Response:
    """A locally stored file, for the holder of its signed address; byte ranges are served."""
    open_signed = getattr(platform().blobs, "open_signed", None)
    if open_signed is None:
        return JSONResponse({"error": "Files are served by the storage service."}, 404)
    try:
        path, media_type = open_signed(request.path_params["signed"])
    except NotFound as error:
        return JSONResponse({"error": str(error)}, 404)
    shown = media_type in {"application/pdf", "video/webm", "video/mp4", "audio/webm", "text/plain"}
    return FileResponse(
        path, media_type=media_type, content_disposition_type="inline" if shown else "attachment", filename=path.name
    )


async def health(_request: Request) -> Response:
    """Alive, and the database answers."""
    from sqlalchemy import text

    def _ask() -> None:
        with platform().db() as db:
            db.connection().execute(text("select 1"))

    await run_in_threadpool(_ask)
    return JSONResponse({"status": "ok"})


# --- what all of them share ------------------------------------------------------------------------------------


def _same_origin(connection: HTTPConnection) -> bool:
    """Browsers name the Origin of every POST and WebSocket: it must be the host that was asked, or our address."""
    origin = connection.headers.get("origin", "")
    ours = urlsplit(platform().settings.address)
    parts = urlsplit(origin)
    return bool(parts.netloc) and parts.netloc in {connection.headers.get("host", ""), ours.netloc}


async def _json(request: Request, limit: int) -> dict[str, Any]:
    raw = await request.body()
    if len(raw) > limit:
        raise BadInput("The request is too large.")
    try:
        body = json.loads(raw)
    except ValueError:
        raise BadInput("The request is not JSON.") from None
    if not isinstance(body, dict):
        raise BadInput("The request is not a JSON object.")
    return body


def _status(error: PlatformError) -> int:
    if isinstance(error, InviteInvalid):
        return 404
    if isinstance(error, ConsentMissing):
        return 403
    if isinstance(error, InterviewEnded):
        return 410  # the page stops trying
    if isinstance(error, HeldElsewhere):
        return 409  # the page asks whether to take it over
    return 400 if isinstance(error, BadInput) else 503


class Shield:
    """ASGI wrapper: caps every request body, adds the security headers."""

    HEADERS = (
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"same-origin"),
        (b"x-frame-options", b"DENY"),
        (b"permissions-policy", b"camera=(self), microphone=(self), geolocation=()"),
    )

    def __init__(self, app: ASGIApp, limit_bytes: int) -> None:
        self.app = app
        self.limit_bytes = limit_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, counting bytes in and adding headers out."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if not declared.isdigit() or int(declared) > self.limit_bytes:
            await self._refuse(scope, receive, send)
            return
        with contextlib.suppress(_TooLarge):
            await self.app(scope, self._counted(receive), self._with_headers(send))

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        megabytes = self.limit_bytes // 1_000_000
        answer = JSONResponse({"error": f"This is larger than {megabytes} MB. Upload fewer or smaller files."}, 413)
        await answer(scope, receive, send)

    def _counted(self, receive: Receive) -> Receive:
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self.limit_bytes:
                raise _TooLarge
            return message

        return counted

    def _with_headers(self, send: Send) -> Send:
        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(h for h in self.HEADERS if h[0] not in present)]
            await send(message)

        return headed


class _TooLarge(Exception):
    """More bytes came than were declared."""


def build() -> Starlette:
    """The routes, to be mounted before Reflex's own."""
    return Starlette(
        routes=[
            Route(routes.API_SIGN_IN, sign_in, methods=["POST"]),
            Route(routes.API_SIGN_OUT, sign_out, methods=["POST"]),
            Route(routes.API_OFFER, offer, methods=["POST"]),
            Route(routes.API_FILE, file, methods=["GET", "HEAD"]),
            Route(routes.API_HEALTH, health, methods=["GET"]),
            Route(routes.API_WEBHOOK_CANDIDATES, api_webhooks.candidates, methods=["POST"]),
            WebSocketRoute(routes.API_EVENTS, events),
        ]
    )
