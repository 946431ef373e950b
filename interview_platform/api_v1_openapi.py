"""The API's OpenAPI 3.1 document, made from the list of operations and the shapes: it cannot differ from them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from interview_platform.api_v1_operations import OPERATIONS, Operation
from interview_platform.api_v1_problems import TITLES
from interview_platform.api_v1_shapes import Problem
from interview_platform.routes import API_V1
from interview_platform.services.api_once import LONGEST_KEY

VERSION = "1.0.0"
_REF = "#/components/schemas/{model}"
Mode = Literal["validation", "serialization"]


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """The whole document."""
    names, schemas = _schemas()
    paths: dict[str, dict[str, Any]] = {}
    for one in OPERATIONS:
        paths.setdefault(one.path, {})[one.method.lower()] = _operation(one, names)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Interview Platform API",
            "version": VERSION,
            "description": "Jobs, candidates, launching interviews, reports. Decisions are people's: read only.",
        },
        "servers": [{"url": API_V1}],
        "security": [{"key": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "description": "A key of Settings."}},
            "schemas": schemas,
        },
    }


def _schemas() -> tuple[dict[tuple[type[BaseModel], Mode], dict[str, Any]], dict[str, Any]]:
    bodies: list[tuple[type[BaseModel], Mode]] = [(one.body, "validation") for one in OPERATIONS if one.body]
    answers: list[tuple[type[BaseModel], Mode]] = [(one.answer, "serialization") for one in OPERATIONS]
    refused: list[tuple[type[BaseModel], Mode]] = [(Problem, "serialization")]
    wanted = list(dict.fromkeys([*bodies, *answers, *refused]))
    names, held = models_json_schema(wanted, ref_template=_REF)
    return names, held["$defs"]  # type: ignore[return-value]


def _operation(one: Operation, names: dict[Any, dict[str, Any]]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "operationId": one.name,
        "summary": one.summary,
        "description": f"Needs a key that may {one.scope}.",
        "parameters": [*_places(one), *_queries(one), *_keys(one)],
        "responses": {
            str(one.status): {"description": "Done", "content": {"application/json": {"schema": _of(names, one)}}},
            **{str(status): _refusal(status, names) for status in _refusals(one)},
        },
    }
    if one.body is not None:
        schema = names[(one.body, "validation")]
        told["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    return told


def _of(names: dict[Any, dict[str, Any]], one: Operation) -> dict[str, Any]:
    return names[(one.answer, "serialization")]


def _places(one: Operation) -> list[dict[str, Any]]:
    schema = {"type": "string", "maxLength": 32, "pattern": "^[0-9a-f]{32}$"}
    found = re.findall(r"\{(\w+)\}", one.path)
    return [{"name": name, "in": "path", "required": True, "schema": schema} for name in found]


def _queries(one: Operation) -> list[dict[str, Any]]:
    held = one.query.model_json_schema() if one.query else {"properties": {}}
    return [
        {
            "name": name,
            "in": "query",
            "required": False,
            "description": schema.get("description", ""),
            "schema": _plain(schema),
        }
        for name, schema in held["properties"].items()
    ]


def _plain(schema: dict[str, Any]) -> dict[str, Any]:
    """A query's value cannot be null: it is there or not."""
    kinds = [kind for kind in schema.get("anyOf", ()) if kind.get("type") != "null"]
    return kinds[0] if kinds else {name: value for name, value in schema.items() if name not in ("title", "default")}


def _keys(one: Operation) -> list[dict[str, Any]]:
    if not one.keyed:
        return []
    return [
        {
            "name": "Idempotency-Key",
            "in": "header",
            "required": one.keyed == "must",
            "description": "Your own name for this request: repeated within a day, it is carried out once.",
            "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": "^[!-~]+$"},
        }
    ]


def _refusals(one: Operation) -> list[int]:
    writes = (413, 415) if one.body is not None else ()
    places = (404,) if "{" in one.path or one.body is not None else ()
    return sorted({400, 401, 403, 422, 429, 500, 503, *writes, *places})


def _refusal(status: int, names: dict[Any, dict[str, Any]]) -> dict[str, Any]:
    schema = names[(Problem, "serialization")]
    return {"description": TITLES[status], "content": {"application/problem+json": {"schema": schema}}}
