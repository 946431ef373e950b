"""The product's routes behind its real web server, and a socket that says what no client library would."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from interview_platform import routes
from interview_platform.settings import PROJECT
from tests.adapters.servers import free_port, process


@dataclass
class Wire:
    """Speaks bytes to the server."""

    port: int
    log: Path

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def open(self, first: bytes = b"", seconds: float = 10.0) -> socket.socket:
        """A connection on which `first` was sent."""
        made = socket.create_connection(("127.0.0.1", self.port), timeout=seconds)
        made.sendall(first)
        return made

    def say(self, data: bytes, seconds: float = 10.0) -> bytes:
        """Send it and close our half; all that comes back until the server closes or is silent."""
        with self.open(seconds=seconds) as made:
            try:
                made.sendall(data)
                return rest(made)
            except (BrokenPipeError, ConnectionResetError):
                return b""

    def request(self, method: str, path: str, body: bytes = b"", *headers: str) -> bytes:
        """A whole request of ours, after which the connection closes."""
        head = [f"{method} {path} HTTP/1.1", f"Host: {self.host}", "Connection: close", *headers]
        return "\r\n".join(head).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + body

    def alive(self) -> bool:
        """Whether it still answers others."""
        return httpx.get(f"http://{self.host}{routes.API_HEALTH}", timeout=10, trust_env=False).is_success


def rest(made: socket.socket) -> bytes:
    """Everything until the other side closes."""
    parts = []
    try:
        while part := made.recv(65_536):
            parts.append(part)
    except (ConnectionResetError, TimeoutError):
        pass
    return b"".join(parts)


def status(answer: bytes) -> int:
    """The first answer's status; 0 where the connection was just closed."""
    words = answer.split(b" ", 2)
    return int(words[1]) if answer.startswith(b"HTTP/") and len(words) > 1 else 0


@pytest.fixture(scope="package")
def wire(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    """The server, once for all attacks."""
    folder = tmp_path_factory.mktemp("attacked")
    made = Wire(free_port(), folder / "server.log")
    env = dict.fromkeys(("REDIS_URL", "DATABASE_URL", "S3_BUCKET", "SMTP_HOST", "GOOGLE_API_KEY"), "")
    env |= {"DATA_DIR": str(folder / "data"), "PUBLIC_URL": f"http://{made.host}", "PYTHONPATH": str(PROJECT)}
    command = [sys.executable, "-m", "tests.attacks.small_server", str(made.port)]

    def is_up() -> bool:
        try:
            return made.alive()
        except httpx.HTTPError:
            return False

    with process(command, is_up, made.log, **env, PATH=os.environ["PATH"]):
        yield made
