"""The main job, end to end: a job and résumés in, a spoken interview, a reviewed report out. One story, in order.

The candidate speaks with the local voice through a real browser's microphone; see evaluation/rehearse.py.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import Session, col, select

from interview_platform import routes
from interview_platform.evaluation import scenarios
from interview_platform.models import (
    AuditEvent,
    Candidate,
    Evidence,
    Interview,
    Override,
    Question,
    Recording,
    Report,
    Score,
    Turn,
    make_engine,
)
from tests import resume_files
from tests.journeys.conftest import Server, sign_in

pytestmark = pytest.mark.journey

TITLE = "Backend Engineer, payments"
OWN_QUESTION = "What would you want to know about our clinics before your first day?"
STRONG = scenarios.read("backend-strong")


@pytest.fixture(scope="module")
def story() -> dict[str, Any]:
    """What one step leaves for the next."""
    return {}


@pytest.fixture
def rows(server: Server):
    """The product's database, to look at what was written."""
    engine = make_engine(f"sqlite:///{server.folder / 'platform.db'}")
    with Session(engine) as db:
        yield db
    engine.dispose()


def test_a_recruiter_creates_a_job_with_skills_competencies_and_an_own_question(
    page: Page, server: Server, story: dict[str, Any]
) -> None:
    sign_in(page, server)
    page.goto(server.address + routes.NEW_JOB)
    page.fill("#title", TITLE)
    page.fill("#description", "You build and run payment services in Python on PostgreSQL.")
    page.select_option("#family", "backend")
    for skill in ("Python", "PostgreSQL"):
        page.locator("#required").fill(skill)
        page.locator("#required").press("Enter")
    remove = page.get_by_role("button", name="Remove Service and data design")
    expect(remove).to_be_visible()
    remove.click()
    page.get_by_role("button", name="Add question").click()
    page.fill("#question-0", OWN_QUESTION)
    page.locator("#question-0").blur()
    page.click("#save-job")
    page.wait_for_url(f"{server.address}/jobs/*", wait_until="commit")
    page.wait_for_function("() => location.pathname !== '/jobs/new'")
    story["job"] = page.url.rsplit("/", 1)[-1]
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()


def test_good_resumes_are_read_and_ranked_while_a_damaged_one_gets_its_own_message(
    page: Page, server: Server, story: dict[str, Any], tmp_path: Path
) -> None:
    good, weak, broken = tmp_path / "mira.pdf", tmp_path / "otto.docx", tmp_path / "broken.pdf"
    good.write_bytes(resume_files.pdf(STRONG.resume))
    weak.write_bytes(resume_files.docx(["Otto Example", "otto@example.com", "Florist", "Roses and tulips since 2012."]))
    broken.write_bytes(resume_files.pdf(STRONG.resume)[:400])
    sign_in(page, server)
    page.goto(server.address + routes.job(story["job"]))
    expect(page.get_by_text("No candidates yet")).to_be_visible()
    page.set_input_files("#resumes input[type=file]", [str(good), str(weak), str(broken)])
    expect(page.locator("#failures")).to_contain_text("broken.pdf", timeout=90_000)
    table = page.locator("#pool tbody tr")
    expect(table).to_have_count(2, timeout=90_000)
    expect(table.first).to_contain_text(STRONG.candidate, timeout=60_000)  # once ranked
    table.first.get_by_role("button", name=STRONG.candidate).click()
    expect(page.get_by_role("dialog")).to_contain_text("Built the payout service in Python and PostgreSQL")


def test_launching_gives_a_link_and_puts_the_mail_in_the_outbox(
    page: Page, server: Server, story: dict[str, Any]
) -> None:
    sign_in(page, server)
    page.goto(server.address + routes.job(story["job"]))
    page.get_by_role("checkbox", name=f"Choose {STRONG.candidate}").click()  # the server ticks it
    page.click("#launch-chosen")
    page.click("#launch")
    link = page.locator(".launched-link")
    expect(link).to_contain_text("/interview/", timeout=60_000)
    story["link"] = link.inner_text().strip()
    page.goto(server.address + routes.OUTBOX)
    expect(page.locator("main")).to_contain_text("mira.okonjo@example.com")


def test_the_candidate_holds_a_spoken_interview_in_a_browser(
    server: Server, story: dict[str, Any], tmp_path: Path, rows: Session
) -> None:
    out = tmp_path / "rehearsal.json"
    server.command("rehearse", "backend-strong", "--url", story["link"], "--json", str(out))
    held = json.loads(out.read_text())
    print(json.dumps(held["summary"]))
    kinds = [turn["kind"] for turn in held["turns"]]
    assert held["summary"]["turns"] >= 4
    assert {"resume", "custom", "follow_up"} <= set(kinds)
    asked = [turn["asked"] for turn in held["turns"] if turn["kind"] == "custom"]
    assert asked == [OWN_QUESTION]
    assert sum(bool(turn["heard"]) for turn in held["turns"]) >= 4
    story["interview"] = held["report_url"].rsplit("/", 1)[-1]
    plan = rows.get_one(Interview, story["interview"]).plan
    resume_question = rows.exec(select(Question).where(col(Question.id).in_(plan), Question.kind == "resume")).first()
    assert resume_question is not None
    assert resume_question.source.startswith("resume:")


def test_the_report_quotes_the_candidate_word_for_word_and_the_recording_is_whole(
    page: Page, server: Server, story: dict[str, Any], rows: Session
) -> None:
    sign_in(page, server)
    page.goto(server.address + routes.report(story["interview"]))
    expect(page.locator("#overall")).to_contain_text("of 5", timeout=60_000)
    expect(page.locator("#labels")).to_contain_text("Offline judge")
    report = rows.exec(select(Report).where(Report.interview_id == story["interview"])).one()
    scores = {score.id for score in rows.exec(select(Score).where(Score.report_id == report.id))}
    quotes = rows.exec(select(Evidence).where(col(Evidence.score_id).in_(scores), Evidence.quote != "")).all()
    assert quotes
    for evidence in quotes:
        said = rows.get_one(Turn, evidence.turn_id)
        assert said.speaker == "candidate"
        assert said.text[evidence.start_char : evidence.end_char] == evidence.quote
        assert evidence.started_seconds is not None
    # The report does not wait for the recording to be joined; the open page shows it when it is there.
    page.wait_for_function("() => document.querySelector('video')?.readyState >= 1", timeout=60_000)
    whole = rows.exec(select(Recording).where(Recording.interview_id == story["interview"], Recording.part == 0)).one()
    last = max(turn.ended_seconds for turn in rows.exec(select(Turn).where(Turn.interview_id == story["interview"])))
    assert whole.seconds == pytest.approx(last, abs=6)
    assert page.evaluate("document.querySelector('video').duration") == pytest.approx(whole.seconds, abs=1)


def test_the_recruiter_overrides_a_level_flags_a_part_and_decides_and_all_of_it_is_audited(
    page: Page, server: Server, story: dict[str, Any], rows: Session
) -> None:
    sign_in(page, server)
    page.goto(server.address + routes.report(story["interview"]))
    page.get_by_role("button", name="Change").first.click()
    page.click("#level-4")
    page.fill("#override-reason", "She also described how it was monitored.")
    page.click("#save-override")
    expect(page.locator("#report")).to_contain_text("She also described how it was monitored.")
    page.get_by_role("button", name="Flag interview").click()
    page.get_by_role("radio", name="Something else").click()
    page.fill("#flag-text", "Please listen to the first answer again.")
    page.click("#save-flag")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.click("#decide")
    page.click("#decision-next_step")
    page.click("#save-decision")
    expect(page.locator("main")).to_contain_text("Next step")
    override = rows.exec(select(Override)).one()
    machine = rows.get_one(Score, override.score_id)
    assert override.level == 4
    assert machine.level is not None
    actions = set(rows.exec(select(AuditEvent.action)))
    assert {"job.created", "interview.launched", "consent.given", "interview.reported", "score.overridden"} <= actions


def test_the_link_shows_the_end_after_the_interview(page: Page, server: Server, story: dict[str, Any]) -> None:
    page.goto(story["link"])
    expect(page.locator("[data-step=end]")).to_be_visible()


def test_nothing_personal_stands_in_the_servers_log(server: Server, rows: Session) -> None:
    people = rows.exec(select(Candidate)).all()
    answers = rows.exec(select(Turn).where(Turn.speaker == "candidate")).all()
    secrets = [value for who in people for value in (who.name, who.email) if value]
    secrets += [turn.text[:40] for turn in answers if len(turn.text) > 20]
    assert [secret for secret in secrets if secret in server.log] == []
