"""A small local server that answers as a language model's service, in the dialect that is put into it.

What it answers is said by `brain(prompt, schema) -> object`, and by `faults`: each call takes the next one, if any.
Nothing sleeps: what hangs, hangs until the server is stopped or released.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol

Brain = Callable[[str, dict[str, Any]], object]
PIECE = 16
"""Characters in one piece of a stream."""
HUNG = {"hang", "hang_midway"}


@dataclass
class Served:
    """The running server: where it is, what it was asked, and how it misbehaves."""

    address: str = ""
    brain: Brain = lambda _prompt, _schema: {}
    faults: list[str | int] = field(default_factory=list)  # an HTTP status, or a word of FAULTS
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    retry_after: str = ""
    each_piece: Callable[[str], None] = lambda _sent: None  # called with the text sent so far, after each piece
    released: threading.Event = field(default_factory=threading.Event)
    dropped: threading.Event = field(default_factory=threading.Event)  # a caller went away before the end
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, body: dict[str, Any], key: str) -> str | int | None:
        """Note a call; its fault."""
        with self._lock:
            self.asked.append(body)
            self.keys.append(key)
            return self.faults.pop(0) if self.faults else None


class Dialect(Protocol):
    """How one vendor's service speaks."""

    def read(self, path: str, headers: Any, raw: bytes) -> tuple[dict[str, Any], str, bool]:
        """A call's body, its key, and whether it is to be streamed."""

    def question(self, body: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """All text of the call, and the schema it asks for."""

    def whole(self, text: str, finish: str) -> dict[str, Any]:
        """An answer in one piece."""

    def piece(self, text: str, finish: str) -> dict[str, Any]:
        """A piece of a stream; `finish` is empty but for the last."""

    def last(self) -> list[str]:
        """Lines of data after the last piece."""

    def blocked(self) -> dict[str, Any]:
        """What comes when the prompt is refused."""

    def nothing(self) -> dict[str, Any]:
        """An answer that holds no candidate."""

    def error(self, code: int) -> dict[str, Any]:
        """The body of an HTTP error."""

    finishes: dict[str, str]  # ours ("stop", "length", "safety") → the vendor's


FAULTS = ("max_tokens", "cut_whole", "safety", "blocked", "garbage", "half", "no_text", "no_candidate", "vanish")
"""Answers that came and must not count."""


@contextmanager
def served(dialect: Dialect, held: Served) -> Iterator[Served]:
    """A server on a free port, from up to stopped."""

    class Handler(_Handler):
        """With this server's parts."""

    Handler.dialect, Handler.held = dialect, held
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    held.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield held
    finally:
        held.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    dialect: Dialect
    held: Served

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["content-length"]))
        body, key, streams = self.dialect.read(self.path, self.headers, raw)
        fault = self.held.take(body, key)
        if fault == "hang":
            self.held.released.wait(30)
        if isinstance(fault, int):
            self._send(fault, self.dialect.error(fault))
        elif fault == "blocked":
            self._answer([self.dialect.blocked()], streams)
        elif fault == "no_candidate":
            self._answer([self.dialect.nothing()], streams)
        else:
            self._speak(body, fault, streams)

    def _speak(self, body: dict[str, Any], fault: str | None, streams: bool) -> None:
        text, finish = _spoilt(json.dumps(self.held.brain(*self.dialect.question(body))), fault)
        finish = self.dialect.finishes[finish]
        if not streams:
            self._answer([self.dialect.whole(text, finish)], False)
            return
        pieces = [text[start : start + PIECE] for start in range(0, len(text), PIECE)] or [""]
        if fault in {"hang_midway", "vanish"}:
            pieces = pieces[: len(pieces) // 2]
        self._begin("text/event-stream")
        for number, piece in enumerate(pieces, start=1):
            cut = fault in {"hang_midway", "vanish"}
            self._event(json.dumps(self.dialect.piece(piece, finish if number == len(pieces) and not cut else "")))
            self.held.each_piece("".join(pieces[:number]))
        if fault == "hang_midway":
            self.held.released.wait(30)
        elif fault != "vanish":
            for line in self.dialect.last():
                self._event(line)

    def _answer(self, contents: list[dict[str, Any]], streams: bool) -> None:
        if not streams:
            self._send(200, contents[0])
            return
        self._begin("text/event-stream")
        for content in contents:
            self._event(json.dumps(content))
        for line in self.dialect.last():
            self._event(line)

    def _begin(self, media_type: str) -> None:
        """No length: the end of the connection is the end of the answer."""
        self.send_response(200)
        self.send_header("content-type", media_type)
        self.end_headers()
        self.close_connection = True

    def _event(self, data: str) -> None:
        try:
            self.wfile.write(f"data: {data}\r\n\r\n".encode())
            self.wfile.flush()
        except OSError:  # the caller gave up waiting
            self.held.dropped.set()

    def _send(self, code: int, content: dict[str, Any]) -> None:
        payload = json.dumps(content).encode()
        self.send_response(code)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(payload)))
        if code == 429 and self.held.retry_after:
            self.send_header("retry-after", self.held.retry_after)
        self.end_headers()
        try:
            self.wfile.write(payload)
        except OSError:
            self.held.dropped.set()

    def log_message(self, *_args: object) -> None:
        """Silent."""


def _spoilt(text: str, fault: str | None) -> tuple[str, str]:
    """What is sent instead, and how it is said to end."""
    if fault == "safety":
        return "", "safety"
    if fault == "max_tokens":
        return text[: len(text) // 2], "length"
    if fault == "cut_whole":  # cut after the JSON happened to be complete
        return text, "length"
    if fault == "garbage":
        return "I would rather write a poem.", "stop"
    if fault == "half":  # says that it is whole, and is not
        return text[: len(text) * 2 // 3], "stop"
    return ("", "stop") if fault == "no_text" else (text, "stop")
