"""The route for other systems: candidates of an applicant tracking system come in, signed. docs/webhooks.md.

There is no session and no Origin here: the signature says who sends. Errors are JSON `{"error": "<words>"}`, and
`fields` where the payload's fields are wrong.
"""

from __future__ import annotations

import time

import structlog
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from interview_platform.errors import NotFound, NotSignedIn, PlatformError
from interview_platform.services import access, webhooks
from interview_platform.wiring import platform

_log = structlog.get_logger()


async def candidates(request: Request) -> Response:
    """202 with ids, also for an event that came before; 401, 404, 413, 422 or 503 with words."""
    body = await _body(request)
    if body is None:
        return JSONResponse({"error": f"The body is larger than {webhooks.MOST_BYTES // 1_000_000} MB."}, 413)
    try:
        payload = webhooks.verified(
            platform().webhook_secret, request.headers.get("x-signature", ""), body, time.time()
        )
        received = await run_in_threadpool(webhooks.receive, platform().engine, platform().blobs, payload)
    except PlatformError as error:
        return _refused(error)
    later = BackgroundTask(_read, payload, received.to_read) if received.to_read or not received.repeated else None
    answer = {
        "event_id": received.event_id,
        "candidate_id": received.candidate_id,
        "application_id": received.application_id,
        "resume_id": received.resume_id,
        "repeated": received.repeated,
    }
    return JSONResponse(answer, 202, background=later)


async def _body(request: Request) -> bytes | None:
    """The whole body, or None as soon as it is too large."""
    held = bytearray()
    async for part in request.stream():
        held += part
        if len(held) > webhooks.MOST_BYTES:
            return None
    return bytes(held)


def _refused(error: PlatformError) -> Response:
    if isinstance(error, NotSignedIn):
        return JSONResponse({"error": str(error)}, 401)
    if isinstance(error, NotFound):
        return JSONResponse({"error": str(error)}, 404)
    if isinstance(error, webhooks.BadFields):
        return JSONResponse({"error": str(error), "fields": error.fields}, 422)
    return JSONResponse({"error": str(error)}, 503, {"Retry-After": "60"})


def _read(payload: webhooks.Payload, file: bool) -> None:
    """Read the attached résumé, if there is one, and rank the job's pool, after the answer; what is left is read at the
    next start."""
    work = platform().intake.run if file else platform().intake.rank_soon
    try:
        work(access.system(payload.organisation_id), payload.job_id)
    except Exception:
        _log.exception("webhook_file_not_read", job_id=payload.job_id)
