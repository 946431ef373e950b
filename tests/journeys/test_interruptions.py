"""What an interruption costs: a closed tab nothing, a killed server at most the unfinished turn."""

from __future__ import annotations

import sqlite3

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.candidate import LISTENING, demo_link, type_answer, walk_in
from tests.journeys.conftest import Server

pytestmark = pytest.mark.journey

FIRST = "At Lantern Payments I built the refunds service, because refunds by hand took three days, and now take one."
SECOND = "I added a lock around the ledger write and a test that runs two refunds at once, which showed it was fixed."
IN_TALK = "[data-room-state=speaking], [data-room-state=listening], [data-room-state=paused]"


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


def said(server: Server) -> list[str]:
    return [text for _, text in turns(server, "candidate")]


def kill_and_start(page: Page, server: Server) -> None:
    """A power cut; the page is left alone."""
    server.kill()
    page.wait_for_selector("[data-room-state=reconnecting]")
    expect(page.locator(".room")).to_contain_text("your answers are safe")
    server.start()
    page.wait_for_selector(IN_TALK, timeout=60_000)


def test_a_killed_server_and_a_closed_tab_lose_nothing_that_was_said(page: Page, server: Server) -> None:
    link = demo_link(server)
    walk_in(page, link)
    type_answer(page, FIRST)
    asked = page.locator("#question").inner_text()
    server.kill()
    server.start()
    page.goto("about:blank")  # the tab is closed
    walk_in(page, link)
    expect(page.locator("#question")).to_have_text(asked)
    assert FIRST in said(server)
    assert [kind for kind, _ in turns(server, "agent")].count("greeting") == 1


def test_a_reloaded_tab_is_back_in_its_room_without_a_click(page: Page, server: Server) -> None:
    walk_in(page, demo_link(server))
    asked = page.locator("#question").inner_text()
    page.reload()
    page.wait_for_selector(IN_TALK, timeout=30_000)
    expect(page.locator("#question")).to_have_text(asked)


def test_a_server_killed_while_it_listens_speaks_or_thinks_comes_back_to_the_same_point(
    page: Page, server: Server
) -> None:
    walk_in(page, demo_link(server))
    asked = page.locator("#question").inner_text()
    kill_and_start(page, server)  # listening
    expect(page.locator("#question")).to_have_text(asked)

    page.wait_for_selector("[data-room-state=speaking]")
    kill_and_start(page, server)  # speaking: it is asking
    expect(page.locator("#question")).to_have_text(asked)

    page.wait_for_selector(LISTENING, timeout=60_000)
    page.click("#type")
    page.fill("#typed", SECOND)
    page.click("#say")
    kill_and_start(page, server)  # thinking: the answer was taken, or stands in the field
    page.wait_for_selector(LISTENING, timeout=60_000)
    if said(server).count(SECOND) == 0:
        expect(page.locator("#typed")).to_have_value(SECOND)
        page.click("#say:enabled")
        page.wait_for_function("before => document.querySelector('#question').innerText !== before", arg=asked)
    assert said(server).count(SECOND) == 1
    assert [kind for kind, _ in turns(server, "agent")].count("greeting") == 1


def test_ending_early_thanks_the_candidate_and_reports_what_was_not_assessed(page: Page, server: Server) -> None:
    walk_in(page, demo_link(server))
    page.click("#end")
    page.click("#end-yes")
    page.wait_for_selector("[data-step=end]", timeout=60_000)
    assert turns(server, "agent")[-1][0] == "closing"
