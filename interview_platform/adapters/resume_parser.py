"""Reads untrusted résumé files in processes with limits (resume_worker), so that no file can stop the product."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from interview_platform.adapters.resume_messages import MESSAGES
from interview_platform.adapters.resume_text import MOST_BYTES
from interview_platform.adapters.resume_worker import MOST_ANSWER, receive, send
from interview_platform.errors import ResumeUnreadable, ServiceUnavailable
from interview_platform.ports import ParsedFile

__all__ = ["MESSAGES", "SandboxedParser"]

READER = "interview_platform.adapters.resume_text"
OCR_READER = "interview_platform.adapters.resume_ocr"
OCR_PACKAGE = "rapidocr_onnxruntime"
OCR_SECONDS = 60.0
OCR_MEMORY_MB = 3_000
_PROJECT = Path(__file__).resolve().parents[2]
_START_SECONDS = 60.0
_GRACE_SECONDS = 2.0  # the worker stops a file by itself; past this the worker is stopped
_FILES_PER_WORKER = 500
_ENVIRONMENT = {
    "PYTHONDONTWRITEBYTECODE": "1",
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
    # Large pages, asked for in large steps and kept: a file's process meets a third fewer new pages, 7 ms of its time.
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1:glibc.malloc.top_pad=33554432:"
    "glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=268435456",
}


class _Worker:
    """One warm process and the line to it. Not for two threads at once."""

    def __init__(self, module: str) -> None:
        ours, theirs = socket.socketpair()
        self._line = ours
        self._left = _FILES_PER_WORKER
        name = "interview_platform.adapters.resume_worker"
        self._process = subprocess.Popen(
            [sys.executable, "-m", name, str(theirs.fileno()), module],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,  # whatever a library prints there may quote the file
            cwd=_PROJECT,
            env={"PYTHONPATH": str(_PROJECT), "PATH": os.defpath, **_ENVIRONMENT},  # nothing of ours: no secrets
            start_new_session=True,
        )
        theirs.close()
        self.isolation: tuple[str, ...] = tuple(self._hear(_START_SECONDS).get("isolation", ()))

    def ask(self, name: str, content: bytes, seconds: float, megabytes: int) -> dict[str, Any]:
        """The answer for one file. Raises TimeoutError, EOFError, OSError: then the worker is of no more use."""
        self._left -= 1
        head = json.dumps({"seconds": seconds, "megabytes": megabytes, "name": name}).encode()
        self._line.settimeout(seconds + _GRACE_SECONDS)
        send(self._line, head + b"\n" + content)
        return self._hear(seconds + _GRACE_SECONDS)

    def _hear(self, seconds: float) -> dict[str, Any]:
        self._line.settimeout(seconds)
        answer: dict[str, Any] = json.loads(receive(self._line, MOST_ANSWER * 2))
        return answer

    @property
    def worn(self) -> bool:
        """Whether a fresh process should take over."""
        return self._left <= 0 or self._process.poll() is not None

    def stop(self) -> None:
        """End it and whatever it is reading."""
        self._line.close()
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(5)


class _Pool:
    """A few workers, each started at its first use; who comes when all are busy waits."""

    def __init__(self, module: str, size: int) -> None:
        self._module = module
        self._free: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        self._lock = threading.Lock()
        self._all: set[_Worker] = set()
        self.closed = False
        self.isolation: tuple[str, ...] = ()
        for _ in range(size):
            self._free.put(None)

    def ask(self, name: str, content: bytes, seconds: float, megabytes: int) -> dict[str, Any]:
        """One file's answer. A worker that ends meanwhile is replaced, and the file is tried once more, never again."""
        worker = self._free.get()
        try:
            for _ in range(2):
                worker = self._fresh(worker)
                try:
                    return worker.ask(name, content, seconds, megabytes)
                except TimeoutError:
                    self._drop(worker)
                    worker = None
                    return {"ok": False, "reason": "too_slow"}
                except (EOFError, OSError, ValueError):
                    self._drop(worker)
                    worker = None
            return {"ok": False, "reason": "damaged"}
        finally:
            self._free.put(worker)

    def _fresh(self, worker: _Worker | None) -> _Worker:
        if worker is not None and not worker.worn:
            return worker
        if worker is not None:
            self._drop(worker)
        if self.closed:
            raise ServiceUnavailable("The résumé reader is closed.")
        try:
            worker = _Worker(self._module)
        except (EOFError, OSError, ValueError) as error:
            message = "Résumé files cannot be read just now. The file was kept; try again in a few minutes."
            raise ServiceUnavailable(message) from error
        with self._lock:
            self._all.add(worker)
        self.isolation = worker.isolation
        return worker

    def _drop(self, worker: _Worker) -> None:
        worker.stop()
        with self._lock:
            self._all.discard(worker)

    def close(self) -> None:
        """End every process; a file being read now fails."""
        self.closed = True
        with self._lock:
            for worker in self._all:
                worker.stop()


class SandboxedParser:
    """Reads files in a small pool of warm processes; safe to call from several threads."""

    def __init__(
        self,
        seconds: float = 10.0,
        memory_mb: int = 1_000,
        workers: int = 2,
        *,
        reader: str = READER,
        ocr_reader: str | None = None,
    ) -> None:
        """`seconds` is the longest one file may take, `memory_mb` what its process may use.

        `reader` and `ocr_reader` name the modules that read; without the latter pictures of text are read where the
        extra for it is installed (resume_ocr), within OCR_SECONDS.
        """
        self.seconds = seconds
        self.memory_mb = memory_mb
        self._pool = _Pool(reader, workers)
        pictures = ocr_reader or (OCR_READER if importlib.util.find_spec(OCR_PACKAGE) else None)
        self._ocr = _Pool(pictures, 1) if pictures else None

    @property
    def isolation(self) -> tuple[str, ...]:
        """What keeps a file's process in: "network namespace", "limits", "seccomp", "audit hook". () before a start."""
        return self._pool.isolation

    def parse(self, filename: str, content: bytes) -> ParsedFile:
        """What a person sees in the file. Raises ResumeUnreadable (the message says what to do), ServiceUnavailable."""
        answer = self.answer(filename, content)
        if not answer["ok"]:
            reason = str(answer["reason"]) if answer["reason"] in MESSAGES else "damaged"
            raise ResumeUnreadable(MESSAGES[reason], reason)
        return ParsedFile(
            text=answer["text"],
            pages=answer["pages"],
            media_type=answer["media_type"],
            warnings=tuple(answer["warnings"]),
            unseen=tuple(answer["unseen"]),
            page_starts=tuple(answer["page_starts"]),
            checked=bool(answer["checked"]),
            links=tuple(answer["links"]),
        )

    def answer(self, filename: str, content: bytes) -> dict[str, Any]:
        """As the reading process gave it: {"ok", …} or {"ok": False, "reason"}, with "cpu_ms" and "wall_ms"."""
        if len(content) > MOST_BYTES:
            return {"ok": False, "reason": "too_large", "cpu_ms": 0.0, "wall_ms": 0.0}
        begun = time.monotonic()
        ending = Path(filename).suffix.lower()[:12]  # of the name, which may be a person's, only the ending goes over
        answer = self._pool.ask(ending, content, self.seconds, self.memory_mb)
        if self._ocr is not None and answer.get("reason") in ("scanned", "picture"):
            answer = self._ocr.ask(ending, content, OCR_SECONDS, OCR_MEMORY_MB)
            if not answer["ok"]:
                answer = {**answer, "reason": "unread_scan"}
        return {"cpu_ms": 0.0, **answer, "wall_ms": round(1_000 * (time.monotonic() - begun), 1)}

    def close(self) -> None:
        """End every process."""
        for pool in filter(None, (self._pool, self._ocr)):
            pool.close()
