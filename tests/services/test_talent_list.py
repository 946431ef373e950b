"""Everybody the organisation knows: searched, paged, each with skills and the jobs they came for."""

import pytest

from interview_platform.errors import NotAllowed
from interview_platform.models import Resume, session
from interview_platform.services import pool_ranking, talent_list
from interview_platform.services.access import Actor
from interview_platform.services.resumes import read_facts
from tests import builders

TEXT = "{name}\n{mail}\n\nExperience\nEngineer, Acme\t2019 - Present\n{work}\n"


@pytest.fixture
def db(engine):
    with session(engine) as opened:
        yield opened


@pytest.fixture
def actor(db):
    return builders.recruiter(db)[1]


@pytest.fixture
def job(db, actor):
    return builders.job(db, actor)


def person(db, actor, job, name, work="Wrote services in Python.", **values):
    mail = f"{name.split()[0].lower()}@example.com"
    facts = read_facts(TEXT.format(name=name, mail=mail, work=work))
    who = builders.candidate(db, actor, name=name, email=mail, **values)
    row = builders.application(db, actor, job, who)
    held = db.get(Resume, row.resume_id)
    held.text, held.facts = facts.text, facts.as_json()
    db.add(held)
    db.flush()
    pool_ranking.refresh_row(db, row)
    db.flush()
    return who


def names(page):
    return [row.name for row in page.rows]


def test_everybody_stands_there_once_newest_first_with_skills_and_jobs(db, actor, job):
    ada = person(db, actor, job, "Ada Nwosu")
    person(db, actor, job, "Ben Ortiz", "Tuned slow queries in PostgreSQL.")
    other = builders.job(db, actor, title="Data Engineer")
    builders.application(db, actor, other, ada, stage="invited")
    page = talent_list.search(db, actor)
    assert (names(page), page.total, page.everyone) == (["Ben Ortiz", "Ada Nwosu"], 2, 2)
    assert [(one.title, one.stage) for one in page.rows[1].jobs] == [
        ("Data Engineer", "invited"),
        ("Backend Engineer", "new"),
    ]
    assert "PostgreSQL" in page.rows[0].skills


def test_every_word_narrows_by_name_mail_or_skill(db, actor, job):
    person(db, actor, job, "Ada Nwosu")
    person(db, actor, job, "Ben Ortiz", "Tuned slow queries in PostgreSQL.")
    assert names(talent_list.search(db, actor, "postgresql")) == ["Ben Ortiz"]
    assert names(talent_list.search(db, actor, "ADA python")) == ["Ada Nwosu"]
    assert names(talent_list.search(db, actor, "ben@example")) == ["Ben Ortiz"]
    found = talent_list.search(db, actor, "python ortiz 100%")
    assert (found.rows, found.total, found.everyone) == ((), 0, 2)


def test_pages_hold_everybody_once(db, actor, job):
    for number in range(5):
        person(db, actor, job, f"P{number} Q")
    pages = [names(talent_list.search(db, actor, first=first, size=2)) for first in (0, 2, 4)]
    assert [len(page) for page in pages] == [2, 2, 1]
    assert len({name for page in pages for name in page}) == 5


def test_merged_people_practice_and_other_organisations_are_not_there(db, actor, job):
    kept = person(db, actor, job, "Ada Nwosu")
    person(db, actor, job, "Ada Again", merged_into=kept.id)
    trying = builders.candidate(db, actor, name="Robin Reyes", email="robin@example.com")
    builders.application(db, actor, job, trying, stage="practice")
    _, stranger = builders.recruiter(db, email="two@example.com")
    person(db, stranger, builders.job(db, stranger), "Foreign Person")
    assert names(talent_list.search(db, actor)) == ["Ada Nwosu"]
    assert talent_list.rows(db, stranger, [kept.id]) == ()


def test_only_open_jobs_are_offered(db, actor, job):
    closed = builders.job(db, actor, title="Old one")
    closed.status = "closed"
    db.add(closed)
    db.flush()
    assert talent_list.open_jobs(db, actor) == [(job.id, job.title)]


def test_who_may_not_read_candidates_sees_nobody(db, actor):
    nobody = Actor(organisation_id=actor.organisation_id, role="nobody", user_id="x")
    with pytest.raises(NotAllowed):
        talent_list.search(db, nobody)
