"""`serve`: one main process, one web worker, one port; nothing is left behind, however it ends."""

from __future__ import annotations

import contextlib
import importlib
import os
import resource
import signal
import socket
import threading
import time
from typing import Any

import httpx
import typer

from interview_platform import routes
from interview_platform.errors import BadInput
from interview_platform.settings import PROJECT, Settings, settings

FRONT_END = PROJECT / ".web" / "build" / "client" / "index.html"
START_SECONDS = 90
"""Longest wait for the server to answer before it is stopped."""
STOP_SECONDS = 8
"""Time the worker has to finish after Ctrl-C before it is killed."""
HEADER_SECONDS = 15
"""Longest a request's head may take, and a connection may be idle between two requests."""
HEAD_BYTES = 64 * 1024
"""Largest head; a browser's is about 1 kB."""
REQUESTS_AT_ONCE = 4096
"""Open sockets of pages count, too."""
OPEN_FILES = 65_536
WATCH_SECONDS = 0.25
"""How often the worker looks whether its parent is still there."""
_WORKER_NEEDS = (
    "interview_platform.interview_platform",
    "interview_platform.adapters.langchain_chat",
    "hibari",
    "moonshine_voice",
)


def serve() -> None:
    """Serve until Ctrl-C, SIGTERM or a closed terminal. Raises BadInput when it cannot start."""
    chosen = settings()
    if not FRONT_END.is_file():
        raise BadInput("The pages are not built yet. Run: make setup (or make run, which also serves)")
    _require_free_port(chosen.host, chosen.port)
    allow_files()
    os.chdir(PROJECT)
    os.environ |= {
        "REFLEX_ENV_MODE": "prod",
        "REFLEX_STATES_WORKDIR": str(chosen.data_dir / "pages"),  # what open tabs show: cleared by workflows/upkeep
        "__REFLEX_SKIP_COMPILE": "true",
        "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true",
    }
    preload()
    _granian(chosen).serve()


def preload() -> None:
    """Import what the worker runs, before it is forked from here.

    A worker that has to be started again (it crashed, it was killed) is then ready for its calls at once, not after the
    seconds of processor time that the imports take. Nothing is built, and no thread started: a fork would lose it.
    """
    for name in _WORKER_NEEDS:
        with contextlib.suppress(ImportError):  # who needs it says so
            importlib.import_module(name)


def allow_files() -> None:
    """As many open files as the machine lets us have, up to OPEN_FILES: the usual 1,024 are 1,024 open pages, and then
    nobody could come in and nothing be written."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, OPEN_FILES)
    if soft not in (resource.RLIM_INFINITY,) and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def guards(header_seconds: float = HEADER_SECONDS) -> dict[str, Any]:
    """What the web server itself is told to refuse: slow and large heads, HTTP/2 (no browser speaks it without TLS, a
    proxy need not), more at once than it can hold. Bodies are `api_shield`'s."""
    from granian.constants import HTTPModes
    from granian.http import HTTP1Settings

    held = HTTP1Settings(header_read_timeout=int(header_seconds * 1000), max_buffer_size=HEAD_BYTES)
    return {"http": HTTPModes.http1, "http1_settings": held, "backpressure": REQUESTS_AT_ONCE}


def _granian(chosen: Settings) -> Any:
    """One web worker (rooms live in its memory), which is started again should it die.

    `httpx` is imported above, not in the thread that announces: a worker forked while a thread imports would wait for
    that import's lock for ever.
    """
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    server = Granian(
        "interview_platform.cli.serving:worker",
        address=chosen.host,
        port=chosen.port,
        interface=Interfaces.ASGI,
        workers=1,
        factory=True,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        respawn_interval=0.1,
        workers_kill_timeout=STOP_SECONDS,
        **guards(),
    )
    announcing = threading.Thread(target=_announce, args=(chosen, time.monotonic()), daemon=True)

    @server.on_startup
    def _start() -> None:
        signal.signal(signal.SIGHUP, server.signal_handler_interrupt)  # a closed terminal stops it too
        announcing.start()

    return server


def worker() -> Any:
    """What the web worker runs: the app, and an end as soon as the process that started it is gone."""
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    # named, not imported: the app module stands beside this one
    return importlib.import_module("interview_platform.interview_platform").app()


def _end_with(parent: int) -> None:
    """Even a main process that was killed outright leaves no worker behind that holds the port."""
    while os.getppid() == parent:
        time.sleep(WATCH_SECONDS)
    os._exit(1)


def _require_free_port(host: str, port: int) -> None:
    """Raises BadInput; waits a moment first, for a server that was just killed to let go."""
    deadline = time.monotonic() + 4 * WATCH_SECONDS
    while not (free := _is_free(host, port)) and time.monotonic() < deadline:
        time.sleep(WATCH_SECONDS)
    if not free:
        raise BadInput(
            f"Port {port} on {host} is taken by another program. Stop that one, or choose another port: "
            f"make run PORT={port + 1 if port < 65535 else 3000}"
        )


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            raise BadInput(f"Port {port} needs more rights than this user has: make run PORT=3000") from None
        except socket.gaierror:
            raise BadInput(f"HOST={host} is no address of this machine. Use 127.0.0.1 or 0.0.0.0.") from None
        except OSError:
            return False
    return True


def _announce(chosen: Settings, started: float) -> None:
    """Wait for the first answer, then say where to go; stop the server if none comes."""
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(chosen.host, chosen.host)  # noqa: S104 - compared, not bound
    health = f"http://{host}:{chosen.port}{routes.API_HEALTH}"
    while time.monotonic() - started < START_SECONDS:
        time.sleep(WATCH_SECONDS)
        try:
            if httpx.get(health, timeout=2, trust_env=False).is_success:
                break
        except httpx.HTTPError:
            continue
    else:
        typer.echo(f"Error: nothing answered on {health} within {START_SECONDS} s; see the lines above.", err=True)
        os.kill(os.getpid(), signal.SIGTERM)
        return
    _greet(chosen, time.monotonic() - started)


def _greet(chosen: Settings, seconds: float) -> None:
    typer.echo(f"\n  Interview Platform is up ({seconds:.1f} s).\n")
    typer.echo(f"    Recruiter   {chosen.address}{routes.SIGN_IN}")
    for line in _demo_lines(chosen):
        typer.echo(f"    {line}")
    typer.echo("\n  Ctrl-C stops it.\n")


def _demo_lines(chosen: Settings) -> list[str]:
    """The demo's sign-in and one open interview, if the demo organisation is here."""
    from interview_platform.cli.demo import password_file
    from interview_platform.models import make_engine, session
    from interview_platform.services import seed as demo
    from interview_platform.wiring import secret_key

    kept = password_file(chosen)
    engine = make_engine(chosen.database)
    try:
        with session(engine) as db:
            if demo.demo_user(db) is None or not kept.exists():
                return []
            link = demo.demo_link(db, secret_key(chosen), chosen.address)
    finally:
        engine.dispose()
    lines = [f"            {demo.EMAIL}   password: {kept.read_text().strip()}"]
    return [*lines, f"Candidate   {link}"] if link else lines
