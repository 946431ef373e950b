"""What went wrong, as other systems get it: RFC 9457 problem documents. Words are for people, `type` for programs."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import JSONResponse

from interview_platform.errors import BadInput, NotAllowed, NotFound, NotSignedIn, PlatformError
from interview_platform.services.limits import TooMany

TITLES: dict[int, str] = {
    400: "The request is not understood",
    401: "No valid key",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    413: "Too large",
    415: "Not JSON",
    422: "Cannot be used",
    429: "Too many requests",
    500: "A fault on our side",
    503: "Out of order for now",
}
_SLUGS: dict[int, str] = {
    400: "bad-request",
    401: "unauthorized",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    413: "too-large",
    415: "unsupported-media-type",
    422: "unusable",
    429: "too-many-requests",
    500: "fault",
    503: "unavailable",
}
RETRY_SECONDS = "60"


class Refused(PlatformError):
    """A request that is refused before anything looks at it; `status` says how, `fields` name what is wrong."""

    def __init__(self, status: int, message: str, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status, self.fields = status, dict(fields or {})


def status_of(error: PlatformError) -> int:
    """The HTTP status of an expected error."""
    if isinstance(error, Refused):
        return error.status
    kinds = ((NotSignedIn, 401), (NotAllowed, 403), (NotFound, 404), (TooMany, 429), (BadInput, 422))
    return next((status for kind, status in kinds if isinstance(error, kind)), 503)


def problem(status: int, detail: str, fields: Mapping[str, str] | None = None, **headers: str) -> JSONResponse:
    """The answer. `type` is a name, not an address to be opened; docs/api.md lists them."""
    told = {
        "type": f"urn:interview-platform:problem:{_SLUGS.get(status, 'other')}",
        "title": TITLES.get(status, "Refused"),
        "status": status,
        "detail": detail,
        "fields": dict(fields or {}),
    }
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if status in (429, 503):
        headers["Retry-After"] = RETRY_SECONDS
    headers["Cache-Control"] = "no-store"
    return JSONResponse(told, status, headers, media_type="application/problem+json")


def of(error: PlatformError) -> JSONResponse:
    """The answer to an expected error."""
    return problem(status_of(error), str(error), getattr(error, "fields", None))
