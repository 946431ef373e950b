"""Stands in for resume_text in tests: does what a file made to break a parser would like to do."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

SEEN: list[bytes] = []


def warm_up() -> None:
    """Nothing to load."""


def answer_for(content: bytes, seconds: float, ending: str) -> dict[str, Any]:
    """{"ok": True, "did": …}: what came of the deed named by the file."""
    SEEN.append(content)
    word, _, rest = content.decode().partition(" ")
    try:
        return {"ok": True, "did": _DEEDS[word](rest)}
    except Exception as error:
        return {"ok": True, "did": type(error).__name__}


def _connect(_: str) -> str:
    socket.create_connection(("127.0.0.1", 9), 1)
    return "connected"


def _connect_below_python(_: str) -> int:
    return ctypes.CDLL(None).socket(2, 1, 0)


def _hunger(_: str) -> int:
    return len(bytearray(1_500_000_000))


def _kill_the_worker(_: str) -> int:
    return ctypes.CDLL(None).kill(os.getppid(), signal.SIGKILL)


def _write(path: str) -> str:
    Path(path).write_text("written")
    return "written"


def _spin(_: str) -> None:
    while True:
        pass


_DEEDS = {
    "connect": _connect,
    "connect_below": _connect_below_python,
    "program": lambda _: subprocess.run([sys.executable, "--version"], check=False).returncode,
    "hunger": _hunger,
    "write": _write,
    "create_below": lambda path: ctypes.CDLL(None).open(path.encode(), os.O_WRONLY | os.O_CREAT, 0o600),
    "kill_worker": _kill_the_worker,
    "crash": lambda _: os.abort(),
    "leave": lambda _: os._exit(0),
    "sleep": lambda rest: time.sleep(float(rest)),
    "spin": _spin,
    "environment": lambda _: sorted(os.environ),
    "seen": lambda _: len(SEEN),
    "pid": lambda _: [os.getpid(), os.getppid()],
    "flood": lambda _: "x" * 40_000_000,
}
