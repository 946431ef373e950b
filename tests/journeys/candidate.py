"""What the journeys do as a candidate: find a link, walk in, answer in writing."""

from __future__ import annotations

from playwright.sync_api import Page

from interview_platform.models import make_engine, session
from interview_platform.services import seed
from interview_platform.wiring import secret_key
from tests.journeys.conftest import Server

LISTENING = "[data-room-state=listening], [data-room-state=paused]"
_THERE = f"#devices-on, #writing, {LISTENING}, [data-room-state=speaking]"


def demo_link(server: Server) -> str:
    """The demo's open interview."""
    from interview_platform.settings import Settings

    chosen = Settings(data_dir=server.folder, port=server.port, host="127.0.0.1")  # type: ignore[call-arg]
    with session(make_engine(f"sqlite:///{server.folder / 'platform.db'}")) as db:
        found = seed.demo_link(db, secret_key(chosen), server.address)
    assert found
    return found


def to_the_check(page: Page, link: str) -> None:
    """From the link to the devices; on a second visit without consent again, in a tab that was in it past them."""
    page.goto(link)
    page.wait_for_selector("[data-step=welcome], [data-step=check], [data-step=room]")
    if page.locator("[data-step=welcome]").count():
        page.click("#begin")
        page.wait_for_selector("#agree")
        for box in page.locator("input[type=checkbox]").all():
            box.check()
        page.click("#agree:enabled")
    page.wait_for_selector(_THERE, timeout=60_000)


def walk_in(page: Page, link: str) -> None:
    """From the link to the room, until the candidate is listened to."""
    to_the_check(page, link)
    if page.locator("#devices-on").count():
        page.click("#devices-on")
        page.click("#start:enabled, #start-anyway")
    page.wait_for_selector(LISTENING, timeout=90_000)


def type_answer(page: Page, text: str) -> None:
    """Send it, and wait for the next question."""
    before = page.locator("#question").inner_text()
    if not page.locator("#typed").is_visible():
        page.click("#type")
    page.fill("#typed", text)
    page.click("#say")
    page.wait_for_function("before => document.querySelector('#question').innerText !== before", arg=before)
    page.wait_for_selector(LISTENING, timeout=90_000)
