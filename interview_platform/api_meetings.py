"""Routes of meetings that are not pages: Calendly's webhook, and a meeting as a calendar file.

The webhook has no session and no Origin: the signature says who sends. 200 means it need not be sent again, also for
what is not ours; 503 asks for it once more.
"""

from __future__ import annotations

import time

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from interview_platform.errors import BadInput, InviteInvalid, NotFound, NotSignedIn, PlatformError
from interview_platform.services import (
    calendar_files,
    calendly_events,
    integrations,
    invite_times,
    invites,
    meeting_times,
)
from interview_platform.wiring import platform

_log = structlog.get_logger()


async def calendly(request: Request) -> Response:
    """200, also for an event that changes nothing; 401, 413, 422 or 503 with words."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > calendly_events.MOST_BYTES:
            return JSONResponse({"error": "The body is larger than any event of Calendly's."}, 413)
    header = request.headers.get("calendly-webhook-signature", "")
    try:
        changed = await run_in_threadpool(_heard, header, bytes(body))
    except NotSignedIn as error:
        return JSONResponse({"error": str(error)}, 401)
    except BadInput as error:
        return JSONResponse({"error": str(error)}, 422)
    except PlatformError as error:
        return JSONResponse({"error": str(error)}, 503, {"Retry-After": "60"})
    return JSONResponse({"changed": changed})


def _heard(header: str, body: bytes) -> bool:
    held = platform()
    key = held.settings.calendly_webhook_key.get_secret_value()
    event = calendly_events.verified(key, header, body, time.time(), held.sessions)
    if event is None:
        return False
    try:
        changed = held.meetings.heard(event)
    except Exception:
        held.sessions.delete(calendly_events.seen(header))  # it may come again
        raise
    integrations.note_use(held.engine, "calendly", said="A message of its webhook came in.")
    return changed


async def file(request: Request) -> Response:
    """A booked meeting as .ics, for the holder of its link."""
    try:
        text = await run_in_threadpool(_file, request.path_params["token"])
    except (NotFound, BadInput) as error:
        return JSONResponse({"error": str(error)}, 404)
    headers = {"Content-Disposition": 'attachment; filename="meeting.ics"', "Cache-Control": "no-store"}
    return Response(text, media_type="text/calendar", headers=headers)


async def interview_file(request: Request) -> Response:
    """The time a candidate planned for her interview as .ics, for the holder of its link."""
    try:
        text = await run_in_threadpool(_interview_file, request.path_params["token"])
    except (InviteInvalid, BadInput) as error:
        return JSONResponse({"error": str(error)}, 404)
    headers = {"Content-Disposition": 'attachment; filename="interview.ics"', "Cache-Control": "no-store"}
    return Response(text, media_type="text/calendar", headers=headers)


def _interview_file(token: str) -> str:
    held = platform()
    with held.db() as db:
        invited = invites.open_link(db, held.secret, token)
    return calendar_files.file(invite_times.entry(invited, held.meetings.letters))


def _file(token: str) -> str:
    desk = platform().meetings
    meeting = desk.open(token)
    if meeting.booking.status != "booked":
        raise NotFound("No time is booked for this meeting.")
    return meeting_times.file(meeting, desk.letters.domain, desk.letters.link(meeting))
