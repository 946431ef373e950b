"""The warm process that reads résumé files: `python -m interview_platform.adapters.resume_worker FD MODULE`.

It imports the readers once and then forks for every file. A file's process takes its limits (resume_sandbox), reads,
sends its answer and is gone: nothing it did to itself can reach the next file, and its share of processor time and
memory begins at nothing. The warm process itself never looks at a file. MODULE has `warm_up()` and
`answer_for(content, seconds, name)`.

Frames on socket FD, both ways: 8 bytes of length, then the body. A question is one line of JSON ({"seconds",
"megabytes", "name"}), a line feed, and the file; an answer is JSON. When the other end is gone, so is this process.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import platform
import select
import signal
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from interview_platform.adapters.resume_sandbox import leave_network, prepare, take_limits

MOST_ANSWER = 16_000_000
NICE = 5
_SHARE = 0.95  # of the time a file is given: what is left starts the process and carries the answer
_LINUX = platform.system() == "Linux"
_LENGTH = struct.Struct(">Q")

Answer = dict[str, Any]
Reader = Callable[[bytes, float, str], Answer]


def send(line: socket.socket, body: bytes) -> None:
    """One frame."""
    line.sendall(_LENGTH.pack(len(body)) + body)


def receive(line: socket.socket, most: int) -> bytes:
    """One frame. Raises EOFError when the other end is gone or says more than `most` bytes are coming."""
    (length,) = _LENGTH.unpack(_exactly(line, _LENGTH.size))
    if length > most:
        raise EOFError
    return _exactly(line, length)


def _exactly(line: socket.socket, count: int) -> bytes:
    held = bytearray()
    while len(held) < count:
        piece = line.recv(min(count - len(held), 1 << 20))
        if not piece:
            raise EOFError
        held += piece
    return bytes(held)


def serve(line: socket.socket, module: str) -> None:
    """Warm up, then answer until the other end is gone."""
    with suppress(OSError):
        os.nice(NICE)
    reader = importlib.import_module(module)
    reader.warm_up()
    prepare()
    network = leave_network()
    gc.collect()
    _trim()
    gc.freeze()  # what is warm is not walked, and so not copied, in every file's process
    own = threading.Thread(target=_answer_all, args=(line, reader.answer_for, network))
    own.start()
    own.join()


def _answer_all(line: socket.socket, read: Reader, network: list[str]) -> None:
    """Say which limits hold here, then answer files until the other end is gone.

    Runs, and forks, in a thread of its own: the system gives such a thread a heap of its own, which is still empty. A
    file's process then works in fresh memory, given in large pages, instead of copying the warm process's page by page.
    """
    trial = _forked(line, lambda *_: {"ok": True}, {"seconds": 5, "megabytes": 1_000, "name": ""}, b"")
    with suppress(EOFError, OSError):
        send(line, json.dumps({"isolation": [*network, *trial.get("held", [])]}).encode())
        while True:
            head, _, content = receive(line, 1 << 30).partition(b"\n")
            send(line, json.dumps(_forked(line, read, json.loads(head), content)).encode())


def _forked(line: socket.socket, read: Reader, asked: Answer, content: bytes) -> Answer:
    """What a process of its own answers for this file, with the processor milliseconds it took."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(ours)
            line.close()
            _answer(theirs, read, asked, content)
        finally:
            os._exit(0)
    os.close(theirs)
    answer, stopped = _collect(line, ours, time.monotonic() + _SHARE * float(asked["seconds"]))
    os.close(ours)
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    _, status, used = os.wait4(child, 0)
    found = _unpacked(answer) if not stopped else None
    if found is None:
        found = {"ok": False, "reason": "too_slow" if stopped else _reason(status)}
    return {**found, "cpu_ms": round(1_000 * (used.ru_utime + used.ru_stime), 1)}


def _answer(pipe: int, read: Reader, asked: Answer, content: bytes) -> None:
    """The file's process: limits first, then the reading."""
    _die_with_parent()
    gc.set_threshold(50_000)
    held = take_limits(float(asked["seconds"]), int(asked["megabytes"]))
    found = {**read(content, float(asked["seconds"]) * 0.85, str(asked["name"])), "held": held}
    body = memoryview(json.dumps(found).encode())
    while body:
        body = body[os.write(pipe, body) :]


def _collect(line: socket.socket, pipe: int, until: float) -> tuple[bytes, bool]:
    """All the file's process says, and whether it was out of time. Ends this process when the other end is gone."""
    held = bytearray()
    while True:
        left = until - time.monotonic()
        ready = select.select([pipe, line.fileno()], [], [], max(0.0, left))[0]
        if line.fileno() in ready:  # nothing is asked while an answer is due: the other end is gone
            os.killpg(0, signal.SIGKILL)
        if not ready:
            return b"", True
        piece = os.read(pipe, 1 << 20)
        if not piece or len(held) > MOST_ANSWER:
            return bytes(held), False
        held += piece


def _unpacked(answer: bytes) -> Answer | None:
    with suppress(ValueError):
        found = json.loads(answer)
        if isinstance(found, dict) and "ok" in found:
            return found
    return None


def _reason(status: int) -> str:
    """Why a file's process ended without an answer."""
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU:
        return "too_slow"
    return "damaged"


def _trim() -> None:
    """Give memory that the warming up left free back to the system: a file's process would copy it at first use."""
    if _LINUX:
        with suppress(AttributeError):
            ctypes.CDLL(None).malloc_trim(0)


def _die_with_parent() -> None:
    """Linux: the file's process ends when the warm process does, however that happens."""
    if _LINUX:
        ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)


if __name__ == "__main__":
    with suppress(EOFError, OSError):
        serve(socket.socket(fileno=int(sys.argv[1])), sys.argv[2])
    os._exit(0)
