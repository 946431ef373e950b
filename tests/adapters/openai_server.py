"""Chat completions as llama.cpp, Ollama and others speak them: whole answers and streams, usage at the end."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.adapters.llm_server import Brain, Served, served


class OpenAI(Served):
    """A running server of this dialect. `address` is without the /v1."""

    def texts(self) -> list[str]:
        """All text of each call, the instructions' too."""
        return [_text(body) for body in self.asked]


@contextmanager
def openai(brain: Brain | None = None) -> Iterator[OpenAI]:
    """A server on a free port, from up to stopped."""
    held = OpenAI(brain=brain or (lambda _prompt, _schema: {}))
    with served(_Dialect(), held):
        yield held


class _Dialect:
    """POST /v1/chat/completions."""

    finishes = {"stop": "stop", "length": "length", "safety": "content_filter"}

    def read(self, path: str, headers: Any, raw: bytes) -> tuple[dict[str, Any], str, bool]:
        assert path == "/v1/chat/completions", path
        body = json.loads(raw)
        return body, headers.get("authorization", "").removeprefix("Bearer "), bool(body.get("stream"))

    def question(self, body: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        return _text(body), body.get("response_format", {}).get("json_schema", {}).get("schema", {})

    def whole(self, text: str, finish: str) -> dict[str, Any]:
        message = {"role": "assistant", "content": text}
        return _answer("chat.completion", {"message": message, "finish_reason": finish}) | {"usage": _usage()}

    def piece(self, text: str, finish: str) -> dict[str, Any]:
        return _answer(
            "chat.completion.chunk", {"delta": {"role": "assistant", "content": text}, "finish_reason": finish or None}
        )

    def last(self) -> list[str]:
        return [json.dumps(_answer("chat.completion.chunk", None) | {"usage": _usage()}), "[DONE]"]

    def blocked(self) -> dict[str, Any]:
        return self.piece("", "content_filter")

    def nothing(self) -> dict[str, Any]:
        return _answer("chat.completion.chunk", None)

    def error(self, code: int) -> dict[str, Any]:
        return {"error": {"message": "injected", "type": "server_error", "code": None}}


def _answer(kind: str, choice: dict[str, Any] | None) -> dict[str, Any]:
    choices = [{"index": 0, **choice}] if choice else []
    return {"id": "c1", "object": kind, "created": 1, "model": "local", "choices": choices}


def _usage() -> dict[str, Any]:
    details = {"cached_tokens": 400}
    return {"prompt_tokens": 1000, "completion_tokens": 50, "total_tokens": 1050, "prompt_tokens_details": details}


def _text(body: dict[str, Any]) -> str:
    return "\n".join(str(message["content"]) for message in body["messages"])
