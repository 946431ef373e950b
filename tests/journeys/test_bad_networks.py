"""A candidate in a real browser behind a bad line: blocked calls, a line that loses and cuts, a new network."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from tests.journeys.candidate import LISTENING, demo_link, to_the_check, type_answer, walk_in
from tests.journeys.conftest import FLAGS, Server, browser_path
from tests.media.lines import Line, TcpLine

pytestmark = pytest.mark.journey

ANSWER = "At Lantern Payments I built the refunds service, because refunds by hand took three days, and now take one."
IN_TALK = f"[data-room-state=speaking], {LISTENING}"


@pytest.fixture
def line() -> Iterator[Line]:
    """What sound and picture go through: it loses 5 %, is uneven by 80 ms and takes 300 kbit/s up."""
    made = Line(loss=0.05, jitter=0.08, up_kbit=300)
    yield made
    made.close()


@pytest.fixture(scope="module")
def front(server: Server) -> Iterator[TcpLine]:
    """What pages, events and offers go through."""
    made = TcpLine(server.port)
    yield made
    made.close()


@pytest.fixture(scope="module")
def browser(server: Server, front: TcpLine) -> Iterator[Browser]:
    """One that reaches the server's address through the TCP relay."""
    led = f"--host-resolver-rules=MAP 127.0.0.1:{server.port} 127.0.0.1:{front.port}"
    with sync_playwright() as held:
        made = held.chromium.launch(executable_path=browser_path(), headless=True, args=[*FLAGS, led])
        yield made
        made.close()


def far_page(page: Page, line: Line) -> Page:
    """The page with its calls led through the line."""

    def offered(route: Route) -> None:
        body = json.loads(route.request.post_data or "{}")
        asked = json.dumps({**body, "sdp": line.offer(body["sdp"])})
        reply = route.fetch(post_data=asked)
        answer = reply.json()
        if reply.ok:
            answer["sdp"] = line.answer(answer["sdp"])
        route.fulfill(response=reply, body=json.dumps(answer))

    page.route("**/api/interview/*/offer", offered)
    return page


def greetings(server: Server) -> int:
    with sqlite3.connect(server.folder / "platform.db") as db:
        return int(db.execute("select count(*) from turn where kind = 'greeting'").fetchone()[0])


def test_a_bad_line_a_long_cut_and_a_new_network_lose_no_question(
    page: Page, server: Server, line: Line, front: TcpLine
) -> None:
    walk_in(far_page(page, line), demo_link(server))
    type_answer(page, ANSWER)
    asked = page.locator("#question").inner_text()

    line.cut = front.cut = True
    page.wait_for_selector("[data-room-state=reconnecting]", timeout=15_000)
    expect(page.locator(".room")).to_contain_text("your answers are safe")
    page.wait_for_timeout(20_000)
    line.cut = front.cut = False
    back = time.monotonic()
    page.wait_for_selector(IN_TALK, timeout=30_000)
    print(f"back {time.monotonic() - back:.1f} s after a cut of 20 s and more")
    expect(page.locator("#question")).to_have_text(asked)
    page.wait_for_selector(LISTENING, timeout=60_000)

    line.forget()
    front.reset()
    changed = time.monotonic()
    page.wait_for_selector("[data-room-state=reconnecting]", timeout=15_000)
    page.wait_for_selector(IN_TALK, timeout=30_000)
    print(f"back {time.monotonic() - changed:.1f} s after the network changed")
    expect(page.locator("#question")).to_have_text(asked)
    assert greetings(server) == 1


@pytest.mark.parametrize(
    ("why", "script"),
    [
        ("nocalls", "Object.defineProperty(window, 'RTCPeerConnection', {value: undefined})"),
        (
            "asking",
            "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'))",
        ),
    ],
)
def test_where_nothing_can_be_spoken_the_page_says_why_and_the_interview_is_held_in_writing(
    browser: Browser, server: Server, why: str, script: str
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB")
    page = context.new_page()
    page.add_init_script(script)
    to_the_check(page, demo_link(server))
    page.wait_for_selector(f"[data-room-state={why}]")
    if why == "asking":
        page.click("#devices-on")
        expect(page.get_by_role("alert")).to_contain_text("Your browser has blocked it")
    page.click("#writing")
    page.wait_for_selector(LISTENING, timeout=30_000)
    assert page.locator("[data-mode=text]").count() == 1
    type_answer(page, f"{ANSWER} This was in writing, {why}.")
    expect(page.locator(".room-captions")).to_contain_text("This was in writing")
    context.close()


def test_a_second_tab_asks_before_it_takes_the_interview_over(page: Page, server: Server) -> None:
    link = demo_link(server)
    to_the_check(page, link)
    page.click("#writing")
    page.wait_for_selector(LISTENING, timeout=30_000)
    second = page.context.new_page()
    to_the_check(second, link)
    second.click("#writing")
    second.wait_for_selector("[data-room-state=elsewhere]")
    expect(second.get_by_role("heading")).to_contain_text("Continue here?")
    expect(page.locator(".room")).to_be_visible()
    second.click("#continue-here")
    second.wait_for_selector(LISTENING, timeout=30_000)
    page.wait_for_selector("[data-room-state=elsewhere]")
    expect(page.get_by_role("heading")).to_contain_text("goes on in another tab")
