"""A small local server that speaks the Gemini Developer API's REST, as far as structured output needs it.

What it answers is said by `brain(prompt, schema) -> object`, and by `faults`: each call takes the next one, if any.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Brain = Callable[[str, dict[str, Any]], object]
STATUS = {400: "INVALID_ARGUMENT", 403: "PERMISSION_DENIED", 429: "RESOURCE_EXHAUSTED", 503: "UNAVAILABLE"}


@dataclass
class Gemini:
    """The running server: where it is, what it was asked, and how it misbehaves."""

    address: str = ""
    brain: Brain = lambda _prompt, _schema: {}
    faults: list[str | int] = field(default_factory=list)  # an HTTP status, or a word of _answer
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, body: dict[str, Any], key: str) -> str | int | None:
        """Note a call; its fault."""
        with self._lock:
            self.asked.append(body)
            self.keys.append(key)
            return self.faults.pop(0) if self.faults else None

    def texts(self) -> list[str]:
        """All text of each call, the instructions' too."""
        return ["\n".join(_texts(body)) for body in self.asked]


@contextmanager
def gemini(brain: Brain | None = None) -> Iterator[Gemini]:
    """A server on a free port, from up to stopped."""
    held = Gemini(brain=brain or (lambda _prompt, _schema: {}))

    class Handler(BaseHTTPRequestHandler):
        """POST /v1beta/models/<model>:generateContent."""

        def do_POST(self) -> None:
            body = camel(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            fault = held.take(body, self.headers.get("x-goog-api-key", ""))
            if fault == "hang":
                time.sleep(1.5)
            if not self.path.split("?")[0].endswith(":generateContent"):
                self._send(404, {"error": {"code": 404, "message": "no such method", "status": "NOT_FOUND"}})
            elif isinstance(fault, int):
                self._send(fault, {"error": {"code": fault, "message": "injected", "status": STATUS[fault]}})
            else:
                self._send(200, _answer(held.brain, body, fault))

        def _send(self, code: int, content: dict[str, Any]) -> None:
            payload = json.dumps(content).encode()
            self.send_response(code)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(payload)))
            self.end_headers()
            try:
                self.wfile.write(payload)
            except OSError:  # the caller gave up waiting
                self.close_connection = True

        def log_message(self, *_args: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    held.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield held
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _answer(brain: Brain, body: dict[str, Any], fault: str | None) -> dict[str, Any]:
    if fault == "blocked":
        return {"promptFeedback": {"blockReason": "SAFETY"}, "modelVersion": "local", "usageMetadata": _usage()}
    config = body.get("generationConfig", {})
    schema = config.get("responseJsonSchema") or config.get("responseSchema") or {}
    text = json.dumps(brain("\n".join(_texts(body)), schema))
    if fault == "safety":
        return _candidate([], "SAFETY")
    if fault == "max_tokens":
        return _candidate([{"text": text[: len(text) // 2]}], "MAX_TOKENS")
    if fault == "cut_whole":  # cut after the JSON happened to be complete
        return _candidate([{"text": text}], "MAX_TOKENS")
    if fault == "garbage":
        return _candidate([{"text": "I would rather write a poem."}], "STOP")
    return _candidate([{"text": text}], "STOP")


def _candidate(parts: list[dict[str, str]], finish: str) -> dict[str, Any]:
    content = {"content": {"role": "model", "parts": parts}} if parts else {}
    entry = {**content, "finishReason": finish, "index": 0, "safetyRatings": []}
    return {"candidates": [entry], "usageMetadata": _usage(), "modelVersion": "local", "responseId": "r1"}


def _usage() -> dict[str, int]:
    return {"promptTokenCount": 10, "candidatesTokenCount": 5, "totalTokenCount": 15}


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


# --- a brain that can read the product's prompts ----------------------------------------------------------------


def reader(prompt: str, schema: dict[str, Any]) -> object:
    """Finds the points and the answer in the prompt, and goes by common words: enough to be consistent with them."""
    # the data comes after the instructions, so its block is the last one
    answer = re.findall(r"<<DATA \w+>>\n(.*?)\n<<END", prompt, re.DOTALL)[-1]
    points = re.findall(r"^(\d+)\. (.+)$", prompt[prompt.rindex("The question that was asked:") :], re.MULTILINE)
    shown = {int(number): _shown_by(point, answer) for number, point in points}
    if "verdicts" in schema.get("properties", {}):
        return {
            "verdicts": [
                {"point_number": number, "verdict": "met" if said else "not_shown", "quotes": [said] if said else []}
                for number, said in shown.items()
            ]
        }
    number = next((number for number, said in shown.items() if not said), 0)
    point = {int(key): value for key, value in points}.get(number, "")
    return {
        "ask": bool(number),
        "point_number": number,
        "question": f"And could you tell me what {_subject(point)} was like?" if number else "",
        "because": "It was not said.",
    }


def _shown_by(point: str, answer: str) -> str:
    """The sentence of the answer that holds two words of the point, or one long one."""
    wanted = {word[:6] for word in re.findall(r"[a-z]{5,}", point.lower())}
    for sentence in re.split(r"(?<=[.!?])\s+", answer):
        if len(wanted & {word[:6] for word in re.findall(r"[a-z]{5,}", sentence.lower())}) >= min(2, len(wanted)):
            return sentence
    return ""


def _subject(point: str) -> str:
    return " ".join(re.findall(r"[a-z]{4,}", point.lower())[-2:])
