"""Stored files for the holder of a signed address: whole or in ranges (RFC 9110, section 14), encrypted or not."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse

from interview_platform.errors import NotFound, ServiceUnavailable
from interview_platform.wiring import platform

if TYPE_CHECKING:
    from interview_platform.adapters.sealed_files import Opened

_SHOWN = {"application/pdf", "video/webm", "video/mp4", "audio/webm", "text/plain"}
"""What a browser may show in its place; the rest is downloaded, so that no stored page runs as ours."""
_RANGE = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)


async def file(request: Request) -> Response:
    """A stored file that the product serves itself."""
    blobs, signed = platform().blobs, request.path_params["signed"]
    open_signed = getattr(blobs, "open_signed", None)
    stream_signed = getattr(blobs, "stream_signed", None)
    try:
        if stream_signed is not None:
            return await stream(request, stream_signed, signed)
        if open_signed is None:
            return JSONResponse({"error": "Files are served by the storage service."}, 404)
        path, media_type = open_signed(signed)
    except NotFound as error:
        return JSONResponse({"error": str(error)}, 404)
    except ServiceUnavailable as error:
        return JSONResponse({"error": str(error)}, 503)
    kind = _disposition(media_type)
    return FileResponse(path, media_type=media_type, content_disposition_type=kind, filename=path.name)


async def stream(request: Request, opens: Callable[[str], Opened], signed: str) -> Response:
    """A file that is opened piece by piece while it is sent. Raises as `opens`."""
    found = await run_in_threadpool(opens, signed)
    name = f"{_disposition(found.media_type)}; filename*=utf-8''{quote(found.name)}"
    headers = {"accept-ranges": "bytes", "content-disposition": name}
    if found.tag:
        headers["etag"] = f'"{found.tag}"'
    asked = request.headers.get("range", "")
    if asked and request.headers.get("if-range", headers.get("etag")) != headers.get("etag"):
        asked = ""  # of another version: the whole file
    try:
        part = span(asked, found.size)
    except ValueError:
        return Response(status_code=416, headers={**headers, "content-range": f"bytes */{found.size}"})
    start, end = part or (0, found.size)
    if part:
        headers["content-range"] = f"bytes {start}-{end - 1}/{found.size}"
    headers["content-length"] = str(end - start)
    status = 206 if part else 200
    if request.method == "HEAD":
        return Response(None, status, headers, found.media_type)
    return StreamingResponse(found.read(start, end), status, headers, found.media_type)


def span(asked: str, size: int) -> tuple[int, int] | None:
    """The bytes (from, to, not with it) that a Range header asks for; None where it is none we serve: the whole.

    Raises ValueError where it lies outside of the file.
    """
    held = _RANGE.fullmatch(asked.strip())
    if held is None or held.groups() == ("", ""):
        return None  # several ranges, another unit: to be ignored, says the RFC
    first, last = held.groups()
    if last and first and int(last) < int(first):
        return None
    start = int(first) if first else max(0, size - int(last))
    end = min(size, int(last) + 1) if first and last else size
    if start >= size:
        raise ValueError(asked)
    return start, end


def _disposition(media_type: str) -> str:
    return "inline" if media_type in _SHOWN else "attachment"
