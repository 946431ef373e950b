"""The routes that are not pages: WebRTC offer, interview WebSocket, signed files; the others are in api_*.py.

State-changing requests are refused unless their Origin is ours; the WebSocket too. Errors are JSON
`{"error": "<words for the reader>"}`, or for the native form a redirect back to it.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import Any

import structlog
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from interview_platform import api_accounts, api_files, api_health, api_meetings, api_v1, api_webhooks, routes
from interview_platform.api_shield import same_origin
from interview_platform.errors import (
    BadInput,
    ConsentMissing,
    InterviewEnded,
    InviteInvalid,
    PlatformError,
)
from interview_platform.media.rooms import HeldElsewhere, Rooms
from interview_platform.media.visit import Visit
from interview_platform.services import accounts, invites, limits
from interview_platform.wiring import platform

OFFER_BYTES = 200_000  # a browser's offer is about 6 kB
EVENT_BYTES = 20_000  # a typed answer
_log = structlog.get_logger()


# --- the interview ---------------------------------------------------------------------------------------------


async def offer(request: Request) -> Response:
    """The browser's WebRTC offer `{sdp, type}` → our answer in the same shape."""
    if not _same_origin(request):
        return JSONResponse({"error": "This request came from another site."}, 403)
    try:
        body = await _json(request, OFFER_BYTES)
        invited = await run_in_threadpool(_enter_room, request.path_params["token"], _place(request))
        limits.spend(platform().sessions, "offer", limits.OFFERS, invited.interview.id)
        sdp, kind, tab = (str(body.get(name, "")) for name in ("sdp", "type", "tab"))
        rooms = await run_in_threadpool(lambda: platform().rooms)  # the first time they are built, which takes a while
        answer = await rooms.offer(invited.interview.id, sdp, kind, tab)
        return JSONResponse(answer)
    except PlatformError as error:
        return JSONResponse({"error": str(error)}, _status(error))


def _enter_room(token: str, place: str) -> Any:
    """The invited interview, ready to be held. Raises InviteInvalid, ConsentMissing; TooMany where many tokens of
    one place open nothing."""
    held = platform()
    with held.db() as db:
        try:
            invited = invites.open_link(db, held.secret, token)
        except InviteInvalid:
            limits.spend(held.sessions, "token", limits.TOKENS, place)
            raise
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
        invited = await run_in_threadpool(_enter_room, socket.path_params["token"], _place(socket))
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
        except (ValueError, RecursionError):
            continue
        if isinstance(command, dict):
            visit.take(command)


# --- what all of them share ------------------------------------------------------------------------------------


def _same_origin(connection: HTTPConnection) -> bool:
    return same_origin(connection, platform().settings.address)


def _place(connection: HTTPConnection) -> str:
    return connection.client.host if connection.client else ""


async def _json(request: Request, limit: int) -> dict[str, Any]:
    raw = await request.body()
    if len(raw) > limit:
        raise BadInput("The request is too large.")
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):  # 50,000 opening brackets are JSON to nobody
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
    if isinstance(error, limits.TooMany):
        return 429
    if isinstance(error, HeldElsewhere):
        return 409  # the page asks whether to take it over
    return 400 if isinstance(error, BadInput) else 503


async def may_upload(session_id: str) -> str:
    """Why the holder of this session may not upload now, or "". For `api_shield`: Reflex itself asks nobody."""

    def _ask() -> None:
        held = platform()
        with held.db() as db:
            actor = accounts.actor_of(db, held.sessions, session_id)
        limits.spend(held.sessions, "upload", limits.UPLOADS, actor.user_id or "")

    try:
        await run_in_threadpool(_ask)
    except PlatformError as error:
        return str(error)
    return ""


def build() -> Starlette:
    """The routes, to be mounted before Reflex's own."""
    return Starlette(
        routes=[
            *api_accounts.ROUTES,
            Route(routes.API_OFFER, offer, methods=["POST"]),
            Route(routes.API_FILE, api_files.file, methods=["GET", "HEAD"]),
            Route(routes.API_HEALTH, api_health.health, methods=["GET"]),
            Route(routes.API_READY, api_health.ready, methods=["GET"]),
            Route(routes.API_METRICS, api_health.metrics, methods=["GET"]),
            Route(routes.API_WEBHOOK_CANDIDATES, api_webhooks.candidates, methods=["POST"]),
            Route(routes.API_WEBHOOK_CALENDLY, api_meetings.calendly, methods=["POST"]),
            Route(routes.API_MEETING_FILE, api_meetings.file, methods=["GET"]),
            Route(routes.API_INTERVIEW_FILE, api_meetings.interview_file, methods=["GET"]),
            Mount(routes.API_V1, app=api_v1.build()),
            WebSocketRoute(routes.API_EVENTS, events),
        ]
    )
