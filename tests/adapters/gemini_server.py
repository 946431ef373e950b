"""The Gemini Developer API's REST, as far as structured output needs it: whole answers and streams."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.adapters.llm_brain import reader
from tests.adapters.llm_server import Brain, Served, served

__all__ = ["Gemini", "gemini", "reader"]

STATUS = {400: "INVALID_ARGUMENT", 403: "PERMISSION_DENIED", 429: "RESOURCE_EXHAUSTED", 503: "UNAVAILABLE"}


SAMPLES = 2_400
"""In each piece of sound."""


class Gemini(Served):
    """A running server of this dialect."""

    samples = SAMPLES

    def texts(self) -> list[str]:
        """All text of each call, the instructions' too."""
        return ["\n".join(_texts(body)) for body in self.asked]


@contextmanager
def gemini(brain: Brain | None = None) -> Iterator[Gemini]:
    """A server on a free port, from up to stopped."""
    held = Gemini(brain=brain or (lambda _prompt, _schema: {}))
    with served(_Dialect(), held):
        yield held


@contextmanager
def speaking(rate: int = 24_000) -> Iterator[Gemini]:
    """A server that answers every text with sound."""
    held = Gemini(brain=lambda prompt, _schema: prompt)
    with served(_Speaking(rate), held):
        yield held


class _Dialect:
    """POST /v1beta/models/<model>:generateContent, and :streamGenerateContent?alt=sse."""

    finishes = {"stop": "STOP", "length": "MAX_TOKENS", "safety": "SAFETY"}

    def read(self, path: str, headers: Any, raw: bytes) -> tuple[dict[str, Any], str, bool]:
        streams = path.endswith(":streamGenerateContent?alt=sse")
        assert streams or path.split("?")[0].endswith(":generateContent"), path
        return camel(json.loads(raw)), headers.get("x-goog-api-key", ""), streams

    def question(self, body: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        config = body.get("generationConfig", {})
        return "\n".join(_texts(body)), config.get("responseJsonSchema") or config.get("responseSchema") or {}

    def whole(self, text: str, finish: str) -> dict[str, Any]:
        content = {"content": {"role": "model", "parts": [{"text": text}]}} if text else {}
        entry = {**content, "index": 0, "safetyRatings": []} | ({"finishReason": finish} if finish else {})
        return {"candidates": [entry], "usageMetadata": _usage(), "modelVersion": "local", "responseId": "r1"}

    piece = whole

    def last(self) -> list[str]:
        return []

    def blocked(self) -> dict[str, Any]:
        return {"promptFeedback": {"blockReason": "SAFETY"}, "modelVersion": "local", "usageMetadata": _usage()}

    def nothing(self) -> dict[str, Any]:
        return {"candidates": [], "modelVersion": "local", "usageMetadata": _usage()}

    def error(self, code: int) -> dict[str, Any]:
        return {"error": {"code": code, "message": "injected", "status": STATUS.get(code, "UNKNOWN")}}


class _Speaking(_Dialect):
    """As Gemini's text-to-speech models: 16-bit PCM of one level, SAMPLES in each piece."""

    def __init__(self, rate: int) -> None:
        self._rate = rate

    def whole(self, text: str, finish: str) -> dict[str, Any]:
        pcm = base64.b64encode((8_192).to_bytes(2, "little") * SAMPLES).decode()
        part = {"inlineData": {"mimeType": f"audio/L16;codec=pcm;rate={self._rate}", "data": pcm}}
        return {"candidates": [{"content": {"role": "model", "parts": [part]}, "index": 0}], "usageMetadata": _usage()}

    piece = whole


def _usage() -> dict[str, int]:
    return {
        "promptTokenCount": 1000,
        "candidatesTokenCount": 50,
        "totalTokenCount": 1050,
        "cachedContentTokenCount": 400,
    }


def _texts(body: dict[str, Any]) -> list[str]:
    contents = [body.get("systemInstruction") or {}, *body.get("contents", [])]
    return [part["text"] for content in contents for part in content.get("parts", []) if "text" in part]


def camel(value: Any) -> Any:
    """Proto JSON takes snake_case and camelCase, and the client sends both. Schemas are left as they are."""
    if isinstance(value, list):
        return [camel(entry) for entry in value]
    if not isinstance(value, dict):
        return value
    made = {}
    for key, entry in value.items():
        name = re.sub(r"_([a-z])", lambda match: match[1].upper(), key)
        made[name] = entry if name in {"responseJsonSchema", "responseSchema"} else camel(entry)
    return made
