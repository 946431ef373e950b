"""A running product for the journeys: the real commands on an empty folder, and a real browser with a fake camera."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from interview_platform import routes
from interview_platform.models import make_engine, session
from interview_platform.settings import PROJECT, Settings
from interview_platform.wiring import secret_key
from scripts.machine import find_browser
from tests.adapters.github_server import GitHubServer, github
from tests.journeys import office

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
]


@dataclass
class Server:
    """The product, started by its own commands."""

    folder: Path
    port: int
    process: subprocess.Popen[str] | None = None
    lines: list[str] = field(default_factory=list)
    github: str = ""  # address of the stand-in for GitHub's API

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def env(self) -> dict[str, str]:
        clean = {"GOOGLE_API_KEY": "", "REDIS_URL": "", "DATABASE_URL": "", "S3_BUCKET": "", "SMTP_HOST": ""}
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        return {
            **os.environ, **clean, "PATH": path, "DATA_DIR": str(self.folder), "HOST": "127.0.0.1",
            "PORT": str(self.port), "PUBLIC_URL": "", "GITHUB_BASE_URL": self.github, "GITHUB_TOKEN": "",
        }  # fmt: skip

    def command(self, *words: str) -> str:
        """Run one command of the product to its end; its output."""
        run = subprocess.run(
            [sys.executable, "-m", "interview_platform", *words],
            cwd=PROJECT, env=self.env, capture_output=True, text=True, timeout=400,
        )  # fmt: skip
        assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-3000:]
        return run.stdout

    def start(self) -> None:
        """Serve, and wait until it answers."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "interview_platform", "serve"],
            cwd=PROJECT, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            start_new_session=True,
        )  # fmt: skip
        threading.Thread(target=self._read, args=(self.process,), daemon=True).start()
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                if httpx.get(f"{self.address}{routes.API_HEALTH}", timeout=2, trust_env=False).is_success:
                    return
            except httpx.HTTPError:
                time.sleep(0.3)
        raise AssertionError("the server did not come up:\n" + "".join(self.lines[-60:]))

    def _read(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout
        self.lines.extend(process.stdout)

    def kill(self) -> None:
        """kill -9, as a power cut would."""
        assert self.process
        os.killpg(self.process.pid, 9)
        self.process.wait(20)

    def stop(self) -> None:
        """Ctrl-C."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(2)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()

    @property
    def log(self) -> str:
        """All it printed so far."""
        return "".join(self.lines)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def github_api() -> Iterator[GitHubServer]:
    """A local stand-in for GitHub's API: the journeys never ask the real one."""
    with github() as held:
        yield held


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, github_api: GitHubServer) -> Iterator[Server]:
    """The product on an empty folder with the demo organisation in it."""
    made = Server(tmp_path_factory.mktemp("data"), free_port(), github=github_api.address)
    made.command("migrate")
    made.command("seed")
    made.start()
    yield made
    made.stop()


def browser_path() -> str:
    """A Chromium of this machine. Fails with the way out: the journeys are not to be skipped in silence."""
    found = find_browser()
    if not found:
        pytest.fail("No Chromium found. Install one (Debian: apt-get install chromium) and run make test again.")
    return str(found)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One per file of journeys: as long as it lives, its event loop keeps async tests from running."""
    with sync_playwright() as held:
        made = held.chromium.launch(executable_path=browser_path(), headless=True, args=FLAGS)
        yield made
        made.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh visitor at 1440 px."""
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, permissions=["camera", "microphone"], locale="en-GB"
    )
    made = context.new_page()
    made.set_default_timeout(30_000)
    yield made
    context.close()


@pytest.fixture
def furnished(server: Server) -> Iterator[office.Office]:
    """An office with something on every page, until the test is over."""
    chosen = Settings(data_dir=server.folder, port=server.port, host="127.0.0.1")  # type: ignore[call-arg]
    engine = make_engine(f"sqlite:///{server.folder / 'platform.db'}")
    with session(engine) as db:
        made = office.furnish(db, secret_key(chosen))
    yield made
    with session(engine) as db:
        office.clear(db, made)
    engine.dispose()


def demo_password(server: Server) -> str:
    return (server.folder / "demo-password").read_text().strip()


def sign_in(page: Page, server: Server) -> None:
    """Sign in as the demo's recruiter and wait for the home page."""
    from interview_platform.services import seed

    page.goto(server.address + routes.SIGN_IN)
    page.fill("input[name=email]", seed.EMAIL)
    page.fill("input[name=password]", demo_password(server))
    page.click("button[type=submit]")
    page.wait_for_url(server.address + routes.HOME)
