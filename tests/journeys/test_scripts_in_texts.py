"""Every text a candidate, an applicant tracking system or a colleague can supply, full of scripts, on every page that
shows it, in Chromium: none runs, and the pages' own policy is never broken by the pages themselves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page
from sqlmodel import Session, select

from interview_platform import routes
from interview_platform.models import (
    Application,
    Candidate,
    CandidateQuestion,
    Feedback,
    Job,
    Material,
    Message,
    Report,
    Score,
    User,
    make_engine,
    new_id,
    now,
    session,
)
from interview_platform.services import seed
from interview_platform.services.access import Actor
from tests import builders
from tests.journeys.conftest import Server, sign_in

pytestmark = pytest.mark.journey
RUN = "window.__ran=(window.__ran||0)+1"
PAYLOADS = (
    f"<script>{RUN}</script>",
    f"<img src=x onerror='{RUN}'>",
    f"<svg onload={RUN}>",
    f'"><iframe srcdoc="<script>parent.{RUN}</script>"></iframe>',
    f"<details open ontoggle='{RUN}'>",
    f"<a href='javascript:{RUN}'>press</a>",
    f"[press](javascript:{RUN})",
    f"![x](x' onerror='{RUN})",
    f"</script><script>{RUN}</script>",
    f"<math><mtext></form><form><mglyph><style></math><img src onerror={RUN}>",
    f"{{{{constructor.constructor('{RUN}')()}}}}",
    f"${{{RUN}}}`+{RUN}+`",
    f"<style>@import'x'</style><body onload={RUN}>",
    f"\\u003cimg src=x onerror={RUN}\\u003e",
    f"<template><script>{RUN}</script></template><video><source onerror={RUN}>",
)
ALL = " MARKER ".join(("", *PAYLOADS))


def planted(db: Session) -> tuple[str, str, str]:
    """Job, application and interview whose every text is made of the payloads."""
    owner = db.exec(select(User).where(User.email == seed.EMAIL)).one()
    actor = Actor(organisation_id=owner.organisation_id, role="owner", user_id=owner.id)
    job = builders.job(
        db, actor, title=ALL[:190], description=ALL, location=ALL[:190], required_skills=[PAYLOADS[0], PAYLOADS[1]]
    )
    competency = builders.competency(db, job, name=PAYLOADS[1], description=ALL)
    question = builders.question(db, job, text=ALL)
    links = [f"javascript:{RUN}", f"https://x.example/'onclick='{RUN}", PAYLOADS[5]]
    who = builders.candidate(
        db, actor, name=ALL[:190], email=f'"{PAYLOADS[2]}"@example.com', headline=ALL[:190], location=ALL[:190],
        phone=PAYLOADS[2][:40], links=links,
    )  # fmt: skip
    application = builders.application(db, actor, job, who)
    builders.resume(db, actor, who, job_id=job.id, filename=f"{PAYLOADS[1]}.pdf", text=ALL, blob_key="resumes/none.pdf")
    interview = builders.interview(
        db, actor, application, plan=[question.id], status="reported", started_at=now(), ended_at=now()
    )
    turn = builders.turn(db, interview, 1, "agent", ALL, question_id=question.id)
    answer = builders.turn(db, interview, 2, "candidate", ALL, question_id=question.id)
    said = [{"text": ALL, "turn_id": answer.id, "quote": ALL}]
    report = Report(interview_id=interview.id, overall=3.0, coverage=1.0, strengths=said, concerns=said, judge=ALL[:90])
    db.add(report)
    db.flush()
    db.add_all(
        [
            Score(report_id=report.id, name=PAYLOADS[1], level=3, competency_id=competency.id),
            Message(organisation_id=actor.organisation_id, application_id=application.id, dedup_key=new_id(),
                    purpose="invite", to_address="a@example.com", subject=ALL, text=ALL, html=ALL, status="failed"),
            Feedback(organisation_id=actor.organisation_id, interview_id=interview.id, turn_id=turn.id, text=ALL,
                     kind="comment", user_id=owner.id),
        ]
    )  # fmt: skip
    db.add_all(
        [
            CandidateQuestion(
                organisation_id=actor.organisation_id, interview_id=interview.id, turn_id=answer.id, text=ALL
            ),
            Material(
                organisation_id=actor.organisation_id, job_id=job.id, series_id=new_id(), title=ALL[:190], text=ALL,
                filename=f"{PAYLOADS[1]}.md",
            ),
        ]
    )  # fmt: skip
    return job.id, application.id, interview.id


def taken_out(db: Session, job_id: str, application_id: str) -> None:
    """Nothing of it stays for the journeys that follow."""
    for kind, key in ((Candidate, db.get_one(Application, application_id).candidate_id), (Job, job_id)):
        db.delete(db.get_one(kind, key))
        db.flush()


@pytest.fixture
def rows(server: Server) -> Iterator[tuple[str, str, str]]:
    """The planted rows, until the test is over."""
    engine = make_engine(f"sqlite:///{server.folder / 'platform.db'}")
    with session(engine) as db:
        made = planted(db)
    yield made
    with session(engine) as db:
        taken_out(db, made[0], made[1])
    engine.dispose()


def test_no_text_runs_a_script_on_any_page(server: Server, page: Page, rows: tuple[str, str, str]) -> None:
    job, application, interview = rows
    ran, refused, shown = [], [], 0
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda said: refused.append(said.text[:200]) if "Content Security Policy" in said.text else None)
    sign_in(page, server)
    places = (
        routes.HOME, routes.JOBS, routes.job(job), routes.candidate(job, application), routes.rubric(job),
        routes.TALENT, routes.INTERVIEWS, routes.LIVE, routes.REPORTS, routes.report(interview),
        f"{routes.COMPARE}?ids={interview}", routes.CALIBRATION, routes.OUTBOX, routes.AUDIT, routes.COMPANY,
        routes.SETTINGS, routes.TEAM, routes.ACCOUNT,
    )  # fmt: skip
    for place in places:
        page.goto("about:blank")  # nothing of the page before is still on its way
        page.goto(server.address + place)
        page.wait_for_selector("main h1")
        page.wait_for_timeout(500)
        if page.evaluate("window.__ran || 0"):
            ran.append(place)
        bad = page.eval_on_selector_all("a[href]", "all => all.filter(a => /^\\s*javascript:/i.test(a.href)).length")
        if bad:
            ran.append(f"{place}: {bad} javascript: links")
        shown += "MARKER" in page.inner_text("body") or "__ran" in page.inner_text("body")
    print(
        f"\n{len(PAYLOADS)} payloads, {len(places)} pages ({shown} show them): {len(ran)} ran, {len(refused)} refused"
    )
    assert ran == []
    assert refused == []
    assert shown >= 6
