"""A recruiter follows a running interview unseen and ends it; the candidate asks for more time, pauses, reloads."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from interview_platform import routes
from tests.adapters.github_server import GitHubServer
from tests.journeys.candidate import LISTENING, demo_link, type_answer, walk_in
from tests.journeys.conftest import Server, free_port, sign_in

pytestmark = pytest.mark.journey

ANSWER = "At Lantern Payments I built the refunds service, because refunds by hand took three days, and now take one."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, github_api: GitHubServer) -> Iterator[Server]:
    """A product of its own: other journeys end the demo's one interview, and so does this one."""
    made = Server(tmp_path_factory.mktemp("live"), free_port(), github=github_api.address)
    made.command("migrate")
    made.command("seed")
    made.start()
    yield made
    made.stop()


@pytest.fixture
def candidate(browser: Browser) -> Iterator[Page]:
    """Another visitor, on a phone."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, permissions=["camera", "microphone"], locale="en-GB"
    )
    made = context.new_page()
    made.set_default_timeout(30_000)
    yield made
    context.close()


def audited(server: Server) -> list[tuple[str, str]]:
    with sqlite3.connect(server.folder / "platform.db") as db:
        query = "select action, detail from auditevent where action like 'interview.%' order by at"
        return list(db.execute(query))


def test_more_time_is_asked_for_before_and_holds_through_a_reload(candidate: Page, server: Server) -> None:
    candidate.goto(demo_link(server))
    candidate.wait_for_selector("[data-step=welcome]")
    candidate.click(".cand-help summary")
    candidate.click("#ask-more-time")
    expect(candidate.locator("#ask-more-time")).to_have_attribute("aria-pressed", "true")
    walk_in(candidate, demo_link(server))
    more = candidate.locator("#more-time")
    expect(more).to_have_attribute("aria-pressed", "true")
    expect(candidate.locator(".room-options-said")).to_contain_text("waits longer")
    candidate.wait_for_timeout(3000)
    before = seconds(candidate)
    candidate.reload()
    candidate.wait_for_selector(f"[data-room-state=speaking], {LISTENING}", timeout=60_000)
    expect(more).to_have_attribute("aria-pressed", "true")
    candidate.wait_for_function("() => document.querySelector('.room-time').innerText !== '0:00'")
    assert seconds(candidate) >= before, "the page's clock goes on"
    more.click()
    expect(more).to_have_attribute("aria-pressed", "false")


def seconds(page: Page) -> int:
    minutes, rest = page.locator(".room-time").inner_text().split(":")
    return 60 * int(minutes) + int(rest)


def test_captions_text_size_and_pause_are_the_candidates_own(candidate: Page, server: Server) -> None:
    walk_in(candidate, demo_link(server))
    candidate.click("#captions")
    expect(candidate.locator(".room-captions")).to_have_count(0)
    candidate.click("#captions")
    expect(candidate.locator(".room-captions")).to_be_visible()
    candidate.click("#text-size")
    expect(candidate.locator(".room")).to_have_class(re.compile("text-large"))
    candidate.click("#pause")
    expect(candidate.get_by_role("heading", name="Paused")).to_be_visible()
    expect(candidate.locator("#repeat")).to_be_disabled()
    expect(candidate.locator("[data-room-state=paused]")).to_be_visible()
    candidate.click("#resume")
    candidate.wait_for_selector(LISTENING, timeout=60_000)
    expect(candidate.locator(".room-picture video")).to_be_visible()


def test_a_recruiter_reads_along_unseen_and_ends_it_and_the_candidate_gets_a_kind_page(
    page: Page, candidate: Page, server: Server
) -> None:
    walk_in(candidate, demo_link(server))
    sign_in(page, server)
    page.goto(server.address + routes.INTERVIEWS)
    page.get_by_role("link", name="Follow live").click()
    page.wait_for_url(f"**{routes.LIVE}*")
    row = page.locator("#live-list .live-row")
    expect(row).to_contain_text("Noor Haddad")
    expect(row).to_contain_text(re.compile(r"Question 1 of \d"))
    expect(row).to_contain_text("Offline interviewer")
    words = page.locator("#live-words")
    expect(words).to_contain_text("AI interviewer")
    shown = candidate.locator("body").inner_text()
    assert "Dana" not in shown.split("Help")[0], "nobody is shown who follows"

    type_answer(candidate, ANSWER)
    expect(words).to_contain_text(ANSWER)
    expect(page.locator("#live-why")).to_be_visible()

    page.click("#end-interview")
    expect(page.locator("#end-now")).to_be_disabled()
    page.click("#end-technical")
    page.click("#end-now:enabled")
    candidate.wait_for_selector("[data-step=end]", timeout=60_000)
    expect(candidate.locator("h1")).to_contain_text("ended early")
    expect(candidate.locator("main")).to_contain_text("no judgement of your answers")
    expect(page.locator("#followed")).to_contain_text("The interview is over", timeout=30_000)
    actions = audited(server)
    assert "interview.followed" in [action for action, _ in actions]
    assert [detail for action, detail in actions if action == "interview.stopped"] == ['{"reason": "technical"}']
