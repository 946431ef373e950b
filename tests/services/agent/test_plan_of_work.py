"""Plans of jobs outside the shipped families ask about their own work; a recruiter's questions get fitting points."""

from __future__ import annotations

from sqlalchemy import Engine
from sqlmodel import select

from interview_platform.models import Competency, session
from tests import builders
from tests.services.agent.scripted import another, application
from tests.services.agent.test_plan import planned


def test_a_job_outside_the_families_asks_about_its_own_duty_and_skill(engine: Engine) -> None:
    advert = "Responsibilities\n- Plan weekly menus around seasons\nRequirements\n- HACCP certificate"
    values = {"title": "Head Chef", "role_family": "general", "description": advert, "required_skills": ["HACCP"]}
    with session(engine) as db:
        actor, job, applied = application(db, **values)
        _, rows = planned(db, actor, applied)
        again, _ = planned(db, actor, another(db, actor, job))
    texts = [row.text for row in rows if row.kind == "core"]
    assert "plan weekly menus around seasons" in texts[0]
    assert sum("HACCP" in text for text in texts) == 1
    core = [row.id for row in rows if row.kind == "core"]
    assert [key for key in again.plan if key in core] == core


def test_a_skill_that_is_a_core_question_is_not_asked_from_the_resume_again(engine: Engine) -> None:
    values = {"title": "Head Chef", "role_family": "general", "description": "", "required_skills": ["Python"]}
    with session(engine) as db:
        actor, _, applied = application(db, **values)
        _, rows = planned(db, actor, applied)
    assert sum("Python" in row.text for row in rows) == 1


def test_a_job_outside_the_families_is_asked_half_of_the_core_on_its_own_work(engine: Engine) -> None:
    advert = "You order ingredients, train two commis and keep the allergen sheets."
    values = {"title": "Pastry Chef", "role_family": "general", "description": advert}
    with session(engine) as db:
        actor, job, applied = application(db, **values, required_skills=["Lamination", "Sugar work"])
        _, rows = planned(db, actor, applied)
        core = [row for row in rows if row.kind == "core"]
        asked = {row.competency_id for row in core}
        held = {row.id for row in db.exec(select(Competency).where(Competency.job_id == job.id))}
    own = [row for row in core if row.source.startswith("template")]
    assert len(own) * 2 >= len(core)
    assert held <= asked
    assert sum("lamination" in row.text for row in core) == 1


def test_own_questions_get_points_of_their_kind(engine: Engine) -> None:
    with session(engine) as db:
        actor, job, applied = application(db)
        asked = "What do you do in the last ten minutes of a lesson?"
        builders.question(db, job, kind="custom", source="recruiter", text=asked, points=[])
        _, rows = planned(db, actor, applied)
    points = [entry["point"] for row in rows if row.kind == "custom" for entry in row.points]
    assert points == [
        "Says in which steps they go about it",
        "Says why they do it that way",
        "Gives a concrete recent example",
    ]
