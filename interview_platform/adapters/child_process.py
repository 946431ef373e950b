"""Runs an adapter in a Python process of its own: lower priority, one thread, no network, and it may be killed at any
time.

Native code that hangs, leaks or crashes there takes nothing with it: the call fails with ServiceUnavailable and the
next one starts a fresh process. A fresh interpreter (not a fork, not multiprocessing's spawn, which would import the
server's main module again) so that no thread or lock of the server comes along.

`python -m interview_platform.adapters.child_process FD` is the child's side.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import subprocess
import sys
import threading
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from interview_platform.adapters.resume_sandbox import leave_network
from interview_platform.errors import ServiceUnavailable

NICE = 10
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "GLOG_minloglevel": "2"}
_SELF = "interview_platform.adapters.child_process"


def _environment() -> dict[str, str]:
    """Ours, with one thread for every numeric library, and the package to be found whatever the working folder is."""
    home = str(Path(__file__).resolve().parents[2])
    return {
        **os.environ,
        **_ONE_THREAD,
        "PYTHONPATH": os.pathsep.join([home, *filter(None, [os.environ.get("PYTHONPATH")])]),
    }


class ChildProcess:
    """An object made by `target` ("module:callable") with `arguments`, living in another process.

    Started at the first call. Calls from several threads wait for each other.
    """

    def __init__(
        self, target: str, *arguments: object, start_seconds: float = 60.0, what: str = "The analyser"
    ) -> None:
        self._target = target
        self._arguments = arguments
        self._start_seconds = start_seconds
        self._what = what
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._line: Connection | None = None
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The running child's process id, None before the first call and after a failure."""
        return self._process.pid if self._process else None

    def call(self, method: str, *arguments: object, timeout_seconds: float) -> Any:
        """Call a method over there. Raises ServiceUnavailable when it fails, dies or takes too long (then killed)."""
        with self._lock:
            if self._closed:
                raise ServiceUnavailable(f"{self._what} is closed.")
            if self._process is None or self._process.poll() is not None:
                self._start()
            return self._ask((method, arguments), timeout_seconds)

    def close(self) -> None:
        """End the process; silent if there is none."""
        with self._lock:
            self._closed = True
            self._kill()

    def _start(self) -> None:
        self._kill()
        ours, theirs = Pipe()
        command = [sys.executable, "-m", _SELF, str(theirs.fileno())]
        self._process = subprocess.Popen(
            command, pass_fds=[theirs.fileno()], env=_environment(), stdin=subprocess.DEVNULL
        )
        theirs.close()
        self._line = ours
        try:
            self._ask((self._target, self._arguments), self._start_seconds)
        except ServiceUnavailable:
            self._kill()
            raise

    def _ask(self, question: object, timeout_seconds: float) -> Any:
        assert self._line is not None
        try:
            self._line.send(question)
            if not self._line.poll(timeout_seconds):
                self._kill()
                raise ServiceUnavailable(f"{self._what} took longer than {timeout_seconds:g} s and was ended.")
            good, answer = self._line.recv()
        except (EOFError, OSError) as error:
            self._kill()
            raise ServiceUnavailable(f"{self._what} ended unexpectedly; it starts again at the next use.") from error
        if not good:
            raise ServiceUnavailable(f"{self._what} failed: {answer}")
        return answer

    def _kill(self) -> None:
        if self._line is not None:
            self._line.close()
        if self._process is not None:
            self._process.kill()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(5)
        self._line = self._process = None


def _refuse_sockets(event: str, arguments: tuple[Any, ...]) -> None:
    """Audit hook: what analyses pictures and voices calls nobody, whatever the system lends."""
    if event in ("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo"):
        raise PermissionError("an analyser has no network")


def _serve(line: Connection) -> None:
    """The child's side: make the object, then answer calls until the other end is gone."""
    with contextlib.suppress(OSError):
        os.nice(NICE)
    leave_network()  # an empty network namespace, where the system lends one
    sys.addaudithook(_refuse_sockets)
    held: Any = None
    while True:
        try:
            name, arguments = line.recv()
        except (EOFError, OSError):
            return
        try:
            if held is None:
                module, _, maker = name.partition(":")
                held, answer = getattr(importlib.import_module(module), maker)(*arguments), None
            else:
                answer = getattr(held, name)(*arguments)
            line.send((True, answer))
        except Exception as error:
            line.send((False, f"{type(error).__name__}: {error}"))


if __name__ == "__main__":
    _serve(Connection(int(sys.argv[1])))
    # A landmarker whose graph had errored hangs in its destructor: leave without running any.
    os._exit(0)
