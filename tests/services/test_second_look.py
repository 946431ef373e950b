"""The second look at a pool's best: what the model is given, what is kept beside the score, which order is read."""

import pytest
from sqlmodel import select

from interview_platform.errors import BadInput, NotAllowed, NotFound, ServiceUnavailable
from interview_platform.models import AuditEvent, Match, Resume, session
from interview_platform.ports import Grade
from interview_platform.services import pool, pool_index, pool_ranking, second_look
from interview_platform.services.pool import PoolQuery
from interview_platform.services.resumes import read_facts
from tests import builders
from tests.fakes import HashingEmbeddings

LONG = "{name}\n{mail}\n\nEngineer\nExperience\nEngineer, Acme\t2019 - Present\n{work}\n"
WORK = {
    "Ada Nwosu": "Wrote billing services in Python on PostgreSQL.\nRan them on Kubernetes for two years.",
    "Ben Ortiz": "Wrote reports in Python for the whole company.",
    "Cy Tan": "Moved a warehouse to PostgreSQL and tuned its slow queries.",
    "Di Vogel": "Sold shoes in a shop.",
}


class Model:
    """A language model that grades what the text names: 3 for PostgreSQL, 1 for the rest, each with the line."""

    name, label = "model", "Model One"

    def __init__(self):
        self.asked: list[str] = []
        self.fails_at = 99

    def grade(self, job, requirements, texts):
        grades = []
        for place, text in enumerate(texts):
            self.asked.append(text)
            if len(self.asked) > self.fails_at:
                raise ServiceUnavailable("The model does not answer.")
            for number, requirement in enumerate(requirements):
                line = next((line for line in text.splitlines() if requirement in line), "")
                level = (3 if requirement == "PostgreSQL" else 1) if line else 2
                grades.append(Grade(place, number, level, line or "Led a team of forty"))
        return grades


@pytest.fixture(autouse=True)
def nothing_held():
    pool_index.forget()


@pytest.fixture
def db(engine):
    with session(engine) as opened:
        yield opened


@pytest.fixture
def actor(db):
    return builders.recruiter(db)[1]


@pytest.fixture
def job(db, actor):
    made = builders.job(db, actor)
    for name, work in WORK.items():
        facts = read_facts(LONG.format(name=name, mail=f"{name.split()[0].lower()}@example.com", work=work))
        who = builders.candidate(db, actor, name=name, email=facts.email)
        row = builders.application(db, actor, made, who)
        resume = db.get(Resume, row.resume_id)
        resume.text, resume.facts, resume.sha256 = facts.text, facts.as_json(), name
        db.add(resume)
    db.flush()
    pool_ranking.rank(db, actor, HashingEmbeddings(), None, made.id)
    return made


def look(db, actor, job, model=None):
    model = model or Model()
    asked = second_look.ask(db, actor, job.id)
    return second_look.keep(db, actor, job.id, model.label, asked, second_look.grade(model, asked))


def names(db, actor, job, **wanted):
    return [row.name for row in pool.pool(db, actor, job.id, PoolQuery(**wanted)).rows]


def test_the_model_reads_the_blind_text_of_the_best_first(db, actor, job):
    asked = second_look.ask(db, actor, job.id)
    ids = [row.application_id for row in pool.pool(db, actor, job.id).rows]
    assert [key for key, _ in asked.candidates] == ids
    text = asked.candidates[0][1]
    assert "PostgreSQL" in text
    assert not any(word in text for word in ("Ada", "Nwosu", "example.com"))


def test_the_look_is_kept_beside_the_score_and_moves_nothing_by_itself(db, actor, job):
    before = [(row.name, row.score) for row in pool.pool(db, actor, job.id).rows]
    assert look(db, actor, job) == 4
    page = pool.pool(db, actor, job.id)
    assert [(row.name, row.score) for row in page.rows] == before
    assert (page.looked, page.look.model) == (4, "Model One")
    event = db.exec(select(AuditEvent).where(AuditEvent.action == "pool.looked_again")).one()
    assert event.detail == {"candidates": 4, "model": "Model One"}


def test_who_wants_it_reads_the_order_after_the_look_with_both_places(db, actor, job):
    look(db, actor, job)
    rows = pool.pool(db, actor, job.id, PoolQuery(order="second")).rows
    assert [row.name for row in rows][-1] == "Di Vogel"
    assert [row.second.place for row in rows] == [1, 2, 3, 4]
    assert sorted(row.second.was for row in rows) == [1, 2, 3, 4]
    assert rows[0].second.level >= rows[1].second.level >= rows[2].second.level


def test_a_grade_whose_quote_is_not_in_the_text_counts_for_nothing(db, actor, job):
    look(db, actor, job)
    row = next(row for row in pool.pool(db, actor, job.id).rows if row.name == "Di Vogel")
    assert [(grade.requirement, grade.level, grade.quote) for grade in row.second.grades] == [
        ("Python", 0, ""),
        ("PostgreSQL", 0, ""),
        ("Kubernetes", 0, ""),
    ]


def test_the_grades_stand_in_the_jobs_own_order_each_with_its_quote(db, actor, job):
    look(db, actor, job)
    row = next(row for row in pool.pool(db, actor, job.id).rows if row.name == "Ada Nwosu")
    assert [grade.requirement for grade in row.second.grades] == ["Python", "PostgreSQL", "Kubernetes"]
    assert "on PostgreSQL" in row.second.grades[1].quote


def test_search_status_and_pages_keep_to_the_second_order(db, actor, job):
    look(db, actor, job)
    extra = builders.application(db, actor, job, builders.candidate(db, actor, name="Ed New", email="ed@example.com"))
    pool_ranking.refresh_row(db, extra)
    whole = names(db, actor, job, order="second")
    assert whole[-1] == "Ed New"
    paged = [name for first in range(0, 6, 2) for name in names(db, actor, job, order="second", first=first, size=2)]
    assert paged == whole
    assert names(db, actor, job, order="second", search="ben") == ["Ben Ortiz"]
    assert names(db, actor, job, order="second", stage="invited") == []
    found = pool.matching(db, actor, job.id, PoolQuery(order="second"), 3)
    assert found == [row.application_id for row in pool.pool(db, actor, job.id, PoolQuery(order="second")).rows][:3]


def test_when_the_model_fails_midway_nothing_is_kept(db, actor, job):
    model = Model()
    model.fails_at = 2
    with pytest.raises(ServiceUnavailable, match="Nothing was changed"):
        look(db, actor, job, model)
    assert pool.pool(db, actor, job.id).looked == 0


def test_a_later_look_takes_the_place_of_the_earlier_one(db, actor, job):
    look(db, actor, job)
    model = Model()
    model.label = "Model Two"
    look(db, actor, job, model)
    page = pool.pool(db, actor, job.id)
    assert (page.looked, page.look.model) == (4, "Model Two")
    kinds = [[note["kind"] for note in row.notes] for row in db.exec(select(Match))]
    assert all(held.count(second_look.KIND) == 1 for held in kinds)


def test_weights_keep_the_look_and_a_new_ranking_forgets_it(db, actor, job):
    look(db, actor, job)
    pool_ranking.reweigh(db, actor, job.id, {"words": 1.0})
    assert pool.pool(db, actor, job.id).looked == 4
    pool_ranking.rank(db, actor, HashingEmbeddings(), None, job.id)
    assert pool.pool(db, actor, job.id).looked == 0


def test_progress_is_told_before_each_group(db, actor, job):
    told = []
    second_look.grade(Model(), second_look.ask(db, actor, job.id), lambda *place: told.append(place))
    assert told == [(0, 4)]


def test_nobody_is_looked_at_before_a_ranking_nor_by_others(db, actor, job):
    unranked = builders.job(db, actor, title="Another")
    with pytest.raises(BadInput, match="Rank the pool first"):
        second_look.ask(db, actor, unranked.id)
    _, other = builders.recruiter(db, email="two@example.com")
    _, reader = builders.recruiter(db, email="three@example.com", role="auditor")
    for who, refusal in ((other, NotFound), (reader, NotAllowed)):
        with pytest.raises(refusal):
            second_look.ask(db, who, job.id)
