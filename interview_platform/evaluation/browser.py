"""A headless Chromium whose microphone can speak on cue and whose ear is timed (browser_ear.js)."""

from __future__ import annotations

import base64
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from interview_platform.errors import BadInput, ServiceUnavailable

if TYPE_CHECKING:
    from playwright.sync_api import Page

_EAR = Path(__file__).with_name("browser_ear.js")
_CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
    "--disable-features=WebRtcHideLocalIpsWithMdns",
)
_POLL_SECONDS = 0.05
_CAMERA_SECONDS = 20


@dataclass(frozen=True)
class Spoken:
    """One answer on the page's clock, in seconds; `events` counts the room's events before it."""

    start: float
    end: float
    events: int


@dataclass
class Ear:
    """The page's ear and mouth."""

    page: Page

    def load(self, name: str, wav: bytes) -> None:
        """Keep a sound in the page."""
        self.page.evaluate("([n, d]) => __ear.load(n, d)", [name, base64.b64encode(wav).decode()])

    def play(self, name: str) -> Spoken:
        """Speak a kept sound now."""
        return Spoken(**self.page.evaluate("n => __ear.play(n)", name))

    def status(self) -> dict[str, Any]:
        """Now, last voice heard, state of the room, step of the page, over."""
        return dict(self.page.evaluate("() => __ear.status()"))

    def events(self) -> list[dict[str, Any]]:
        """Every event of the room so far."""
        return list(self.page.evaluate("() => __ear.events"))

    def onsets(self) -> list[float]:
        """Every time the interviewer began to be heard."""
        return list(self.page.evaluate("() => __ear.onsets"))

    def wait(self, seconds: float, done: Any) -> Any:
        """Poll until `done()` gives something true, or None after `seconds`."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if found := done():
                return found
            self.page.wait_for_timeout(_POLL_SECONDS * 1000)
        return None


@contextmanager
def open_page(camera: Path | None = None) -> Iterator[Ear]:
    """A fresh browser with the ear in place; `camera` is a film shown as the camera's picture.

    Raises ServiceUnavailable without Playwright or a browser, BadInput for a film that cannot be read.
    """
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError as error:
        raise ServiceUnavailable(
            "A rehearsal drives a browser, and Playwright is not installed. Run: make setup"
        ) from error
    with tempfile.TemporaryDirectory(prefix="rehearsal-") as folder, sync_playwright() as playwright:
        flags = list(_FLAGS)
        if camera is not None:
            flags.append(f"--use-file-for-fake-video-capture={_film(camera, Path(folder))}")
        try:
            browser = playwright.chromium.launch(executable_path=find_chromium(), headless=True, args=flags)
        except Error as error:
            raise ServiceUnavailable(
                "No browser could be started. Install Chromium (on Debian: apt install chromium) or run: "
                f"playwright install chromium. The browser said: {str(error).splitlines()[0]}"
            ) from error
        # the ear is a worklet of ours, which the product's content policy rightly refuses to run
        page = browser.new_page(viewport={"width": 1280, "height": 900}, bypass_csp=True)
        page.add_init_script(path=_EAR)
        yield Ear(page)
        browser.close()


def find_chromium() -> str | None:
    """The system's Chromium; None leaves it to the one Playwright may have downloaded."""
    return next((path for name in _CHROMIUMS if (path := shutil.which(name))), None)


def _film(source: Path, folder: Path) -> Path:
    """The film in a form Chromium's fake camera reads."""
    if source.suffix in {".y4m", ".mjpeg"}:
        return source.resolve()
    import av

    target = folder / "camera.mjpeg"
    try:
        with av.open(str(source)) as read, av.open(str(target), "w", format="mjpeg") as write:
            stream = write.add_stream("mjpeg", rate=15, width=640, height=480, pix_fmt="yuvj420p")
            for frame in read.decode(video=0):
                if frame.time and frame.time > _CAMERA_SECONDS:
                    break
                write.mux(stream.encode(frame.reformat(640, 480, "yuvj420p")))
            write.mux(stream.encode(None))
    except (av.error.FFmpegError, OSError, IndexError) as error:
        raise BadInput(f"The film {source} cannot be read. Give a video file, or a picture.") from error
    return target
