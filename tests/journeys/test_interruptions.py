"""What an interruption costs: a closed tab nothing, a killed server at most the unfinished turn."""

from __future__ import annotations

import sqlite3

import pytest
from playwright.sync_api import Page, expect

from interview_platform.models import make_engine, session
from interview_platform.services import seed
from interview_platform.wiring import secret_key
from tests.journeys.conftest import Server

pytestmark = pytest.mark.journey

FIRST = "At Lantern Payments I built the refunds service, because refunds by hand took three days, and now take one."
LISTENING = "[data-room-state=listening], [data-room-state=paused]"


def link_of(server: Server) -> str:
    """The demo's open interview."""
    from interview_platform.settings import Settings

    chosen = Settings(data_dir=server.folder, port=server.port, host="127.0.0.1")  # type: ignore[call-arg]
    with session(make_engine(f"sqlite:///{server.folder / 'platform.db'}")) as db:
        found = seed.demo_link(db, secret_key(chosen), server.address)
    assert found
    return found


def turns(server: Server, speaker: str) -> list[tuple[str, str]]:
    """Kind and text of what one side said so far in the demo's interview."""
    with sqlite3.connect(server.folder / "platform.db") as db:
        query = (
            "select turn.kind, turn.text from turn join interview on interview.id = turn.interview_id "
            "join invite on invite.id = interview.invite_id join candidate join application "
            "on application.candidate_id = candidate.id and application.id = interview.application_id "
            "where candidate.email = 'noor.haddad@example.org' and turn.speaker = ? order by turn.position"
        )
        return list(db.execute(query, (speaker,)))


def walk_in(page: Page, link: str) -> None:
    """From the link to the room; on a second visit without consent again."""
    page.goto(link)
    page.wait_for_selector("[data-step=welcome], [data-step=check], [data-step=room]")
    if page.locator("[data-step=welcome]").count():
        page.click("#begin")
        page.wait_for_selector("#agree")
        for box in page.locator("input[type=checkbox]").all():
            box.check()
        page.click("#agree:enabled")
    page.click("#devices-on")
    page.click("#start:enabled, #start-anyway")
    page.wait_for_selector(LISTENING, timeout=90_000)


def type_answer(page: Page, text: str) -> None:
    before = page.locator("#question").inner_text()
    if not page.locator("#typed").is_visible():
        page.click("#type")
    page.fill("#typed", text)
    page.click("#say")
    page.wait_for_function("before => document.querySelector('#question').innerText !== before", arg=before)
    page.wait_for_selector(LISTENING, timeout=90_000)


def test_a_killed_server_and_a_closed_tab_lose_nothing_that_was_said(page: Page, server: Server) -> None:
    link = link_of(server)
    walk_in(page, link)
    type_answer(page, FIRST)
    asked = page.locator("#question").inner_text()
    server.kill()
    server.start()
    page.goto("about:blank")  # the tab is closed
    walk_in(page, link)
    expect(page.locator("#question")).to_have_text(asked)
    assert FIRST in [text for _, text in turns(server, "candidate")]
    assert [kind for kind, _ in turns(server, "agent")].count("greeting") == 1


def test_ending_early_thanks_the_candidate_and_reports_what_was_not_assessed(page: Page, server: Server) -> None:
    walk_in(page, link_of(server))
    page.click("#end")
    page.click("#end-yes")
    page.wait_for_selector("[data-step=end]", timeout=60_000)
    assert turns(server, "agent")[-1][0] == "closing"
