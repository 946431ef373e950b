"""The talent pool's page: everybody, the best for a job, added to its pool by a person."""

from __future__ import annotations

import pytest
from sqlmodel import select

from interview_platform import routes
from interview_platform.models import Application, AuditEvent, Resume, session
from interview_platform.services import pool_index, pool_ranking
from interview_platform.services.resumes import read_facts
from interview_platform.states.recruiter_talent import TalentState
from interview_platform.wiring import Platform
from tests import builders
from tests.fakes import HashingEmbeddings
from tests.states.recruiter_pages import Recruiter

PEOPLE = {
    "Ada Nwosu": "Wrote billing services in Python on PostgreSQL.",
    "Ben Ortiz": "Ran the kitchen of a large hotel.",
}


@pytest.fixture
def robin(held: Platform) -> Recruiter:
    """A recruiter with two people in an old job, and a new job with nobody."""
    pool_index.forget()
    held.__dict__["embeddings"] = HashingEmbeddings()
    made = Recruiter(held)
    with session(held.engine) as db:
        old = builders.job(db, made.actor, title="Old job", status="closed")
        made.job = builders.job(db, made.actor, title="New job")  # type: ignore[attr-defined]
        for name, work in PEOPLE.items():
            facts = read_facts(f"{name}\nExperience\nEngineer, Acme\t2019 - Present\n{work}\n")
            row = builders.application(db, made.actor, old, builders.candidate(db, made.actor, name=name, email=""))
            resume = db.get_one(Resume, row.resume_id)
            resume.text, resume.facts, resume.sha256 = facts.text, facts.as_json(), name
            db.add(resume)
            db.flush()
            pool_ranking.refresh_row(db, row)
    made.at(routes.TALENT)
    return made


def line_of(page: TalentState, name: str) -> object:
    return next(line for line in page.lines if line.name == name)


async def test_everybody_is_listed_with_skills_and_the_job_they_came_for(robin: Recruiter) -> None:
    await robin.does(TalentState.load)
    page = robin.state(TalentState)
    assert (page.size, page.shown) == ("2 people in all jobs", "Rows 1–2 of 2")
    ada = line_of(page, "Ada Nwosu")
    assert {"Python", "PostgreSQL"} <= {dot.skill for dot in ada.dots}
    assert [(job.title, job.stage) for job in ada.jobs] == [("Old job", "New")]
    assert page.jobs == [[robin.job.id, "New job"]]
    await robin.does(TalentState.find, "postgresql")
    assert [line.name for line in page.lines] == ["Ada Nwosu"]
    await robin.does(TalentState.find, "nobody of this name")
    assert (page.lines, page.shown, page.everyone) == ([], "", 2)


async def test_the_best_for_a_job_come_first_with_what_it_asks_for(robin: Recruiter) -> None:
    await robin.does(TalentState.load)
    assert await robin.does(TalentState.pick_job, robin.job.id) == [TalentState.rank]
    await robin.does_in_background(TalentState.rank)
    page = robin.state(TalentState)
    assert [line.name for line in page.lines] == ["Ada Nwosu", "Ben Ortiz"]
    assert [(dot.skill, dot.look) for dot in page.lines[0].dots] == [
        ("Python", "found"),
        ("PostgreSQL", "found"),
        ("Kubernetes", "gap"),
    ]
    assert page.lines[0].score > page.lines[1].score >= 0
    await robin.does(TalentState.pick_job, "")
    assert [line.score for line in page.lines] == [-1, -1]


async def test_the_chosen_are_added_to_the_jobs_pool_once_and_ranked_there(held: Platform, robin: Recruiter) -> None:
    await robin.does(TalentState.load)
    page = robin.state(TalentState)
    await robin.does(TalentState.choose_page)
    await robin.does(TalentState.ask, True)
    assert (page.asking, page.target, sorted(page.names.values())) == (True, robin.job.id, sorted(PEOPLE))
    said = await robin.does_in_background(TalentState.consider)
    assert "2 people added to New job" in str(said[0])
    assert (page.asking, page.chosen) == (False, [])
    with session(held.engine) as db:
        rows = db.exec(select(Application).where(Application.job_id == robin.job.id)).all()
        assert len(rows) == 2
        assert all(row.score is not None for row in rows)
        assert len(db.exec(select(AuditEvent).where(AuditEvent.action == "candidate.taken")).all()) == 2
    await robin.does(TalentState.choose_page)
    await robin.does(TalentState.ask, True)
    assert "in the pool of New job already" in str((await robin.does_in_background(TalentState.consider))[0])


async def test_a_closed_job_or_one_of_others_cannot_be_picked(robin: Recruiter) -> None:
    await robin.does(TalentState.load)
    for handler in (TalentState.pick_job, TalentState.pick_target):
        assert "not open" in str(await robin.does(handler, "somebody-elses"))


async def test_the_dialog_opens_for_somebody_only(robin: Recruiter) -> None:
    await robin.does(TalentState.load)
    await robin.does(TalentState.ask, True)
    assert robin.state(TalentState).asking is False


async def test_who_is_chosen_stays_chosen_on_other_pages_and_searches(robin: Recruiter) -> None:
    await robin.does(TalentState.load)
    page = robin.state(TalentState)
    await robin.does(TalentState.choose, line_of(page, "Ben Ortiz").candidate)
    await robin.does(TalentState.find, "ada")
    assert list(page.names.values()) == ["Ben Ortiz"]
    assert page.all_here is False
    await robin.does(TalentState.clear)
    assert page.chosen == []


async def test_a_page_that_does_not_exist_is_refused(robin: Recruiter) -> None:
    await robin.does(TalentState.load)
    assert "no such page" in str(await robin.does(TalentState.page, "middle"))
    await robin.does(TalentState.page, "last")
    assert robin.state(TalentState).first == 1
