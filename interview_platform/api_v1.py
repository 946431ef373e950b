"""The API for other systems, version 1: `/api/v1`, by keys of an organisation. docs/api.md, `/api/v1/openapi.json`.

There is no session, no cookie and no Origin here: the key in `Authorization: Bearer` says who asks, and nothing else
counts. Every refusal is a problem document (api_v1_problems).
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from pydantic import BaseModel, ValidationError
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from interview_platform import api_v1_openapi
from interview_platform.api_v1_operations import OPERATIONS, Call, Operation
from interview_platform.api_v1_problems import TITLES, Refused, of, problem
from interview_platform.api_v1_shapes import Query
from interview_platform.errors import PlatformError
from interview_platform.services import api_tokens, candidates, correlation, limits
from interview_platform.services.access import Actor
from interview_platform.wiring import platform

MOST_BYTES = 15_000_000
"""Of a request's body: a résumé of 10 MB as base64, and its candidate."""
RATE = limits.Limit(600, 60, "requests with this key")
_log = structlog.get_logger()
Endpoint = Callable[[Request], Awaitable[Response]]


def build() -> Starlette:
    """The routes, to be mounted at routes.API_V1."""
    paths: dict[str, dict[str, Operation]] = {}
    for one in OPERATIONS:
        paths.setdefault(one.path, {})[one.method] = one
    handlers: Any = {HTTPException: _refused, Exception: _fault}
    return Starlette(
        routes=[
            Route("/openapi.json", openapi, methods=["GET"]),
            *[Route(path, _endpoint(held), methods=list(held)) for path, held in paths.items()],
        ],
        exception_handlers=handlers,
    )


async def openapi(_request: Request) -> Response:
    """The description of all this; it tells of nobody, so anybody may read it."""
    return JSONResponse(api_v1_openapi.document())


def _endpoint(held: dict[str, Operation]) -> Endpoint:
    async def answered(request: Request) -> Response:
        correlation.begin()
        one = held["GET" if request.method == "HEAD" else request.method]
        try:
            actor = await run_in_threadpool(_actor, request.headers.get("authorization", ""), one.scope)
            key = _key(one, request)
            body = await _body(one, request)
            query = _read(one.query or Query, dict(request.query_params))
            told, then = await run_in_threadpool(_carry_out, one, actor, request.path_params, query, body, key)
        except PlatformError as error:
            return of(error)
        except Exception:
            _log.exception("api_failed", operation=one.name)
            return problem(500, "Something went wrong on our side. Nothing was changed; ask again later.")
        later = BackgroundTask(_do, then) if then else None
        return Response(told, one.status, {"Cache-Control": "no-store"}, "application/json", later)

    return answered


def _actor(header: str, scope: str) -> Actor:
    kind, _, key = header.strip().partition(" ")
    held = platform()
    with held.db() as db:
        actor = api_tokens.opened(db, key.strip() if kind.casefold() == "bearer" else "", scope)
    limits.spend(held.sessions, "api", RATE, actor.token_id or "")
    return actor


def _carry_out(
    one: Operation, actor: Actor, path: dict[str, str], query: Any, body: Any, key: str
) -> tuple[bytes, list[Callable[[], object]]]:
    """The answer as JSON, and what is to be done after it. All of the request's work is one transaction."""
    held = platform()
    adding = candidates.writing if one.people else contextlib.nullcontext()
    with adding, held.db() as db:
        call = Call(held, db, actor, path, query, body, key)
        told = one.answer.model_validate(one.run(call)).model_dump_json().encode()
    return told, call.then


def _do(then: list[Callable[[], object]]) -> None:
    """What follows the answer; what fails is taken up again at the next start, as everywhere."""
    for work in then:
        try:
            work()
        except Exception:
            _log.exception("api_work_failed")


# --- what comes in ---------------------------------------------------------------------------------------------


def _key(one: Operation, request: Request) -> str:
    key = request.headers.get("idempotency-key", "").strip() if one.keyed else ""
    if one.keyed == "must" and not key:
        raise Refused(400, "This request needs an Idempotency-Key, so that repeating it invites nobody twice.")
    if key and not (key.isascii() and key.isprintable()):
        raise Refused(400, "An Idempotency-Key holds letters, digits and signs of ASCII. Nothing was done.")
    return key


async def _body(one: Operation, request: Request) -> BaseModel | None:
    if one.body is None:
        return None
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Refused(415, "Send application/json. Nothing was done.")
    held = bytearray()
    async for part in request.stream():
        held += part
        if len(held) > MOST_BYTES:
            raise Refused(413, f"The body is larger than {MOST_BYTES // 1_000_000} MB. Nothing was done.")
    try:
        given = json.loads(held)
    except (ValueError, RecursionError):
        raise Refused(400, "The body is not JSON in UTF-8. Nothing was done.") from None
    return await run_in_threadpool(_read, one.body, given)


def _read(shape: type[BaseModel], given: Any) -> BaseModel:
    try:
        return shape.model_validate(given)
    except ValidationError as error:
        wrong = {".".join(map(str, one["loc"])) or "body": _words(one["msg"]) for one in error.errors()[:20]}
        raise Refused(422, "Correct the fields named and send it again. Nothing was done.", wrong) from None


def _words(message: str) -> str:
    return message.removeprefix("Value error, ")


# --- what neither route nor operation answers ---------------------------------------------------------------------


async def _refused(_request: Request, error: HTTPException) -> Response:
    detail = (
        "There is nothing here. See /api/v1/openapi.json."
        if error.status_code == 404
        else TITLES.get(error.status_code, "Refused")
    )
    return problem(error.status_code, detail, None, **dict(error.headers or {}))


async def _fault(_request: Request, _error: Exception) -> Response:
    return problem(500, "Something went wrong on our side. Nothing was changed; ask again later.")
