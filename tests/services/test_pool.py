"""A page of a pool: searched, narrowed, ordered, counted and paged by the database."""

import pytest

from interview_platform.errors import NotFound
from interview_platform.models import Candidate, Duplicate, Job, Match, Resume, session
from interview_platform.services import candidates, pool, pool_standing
from interview_platform.services.pool import NOT_FOUND, PoolQuery
from tests import builders


class People:
    """A job and the candidates a test puts into it."""

    def __init__(self, engine):
        self.engine = engine
        with session(engine) as db:
            _, self.actor = builders.recruiter(db)
            self.job_id = builders.job(db, self.actor).id

    def add(self, name, score=None, *, found="", haystack="", job_id="", **values):
        with session(self.engine) as db:
            who = builders.candidate(db, self.actor, name=name, email=f"{name.lower().replace(' ', '.')}@example.com")
            row = builders.application(db, self.actor, db.get(Job, job_id or self.job_id), who, **values)
            row.score, row.found, row.name_key = score, found, name.casefold()
            row.haystack = f"{name} {who.email} {haystack}".casefold()
            db.add(row)
        return row

    def page(self, **wanted):
        with session(self.engine) as db:
            return pool.pool(db, self.actor, self.job_id, PoolQuery(**wanted))

    def names(self, **wanted):
        return [row.name for row in self.page(**wanted).rows]

    def change(self, table, row_id, **values):
        with session(self.engine) as db:
            row = db.get(table, row_id)
            for name, value in values.items():
                setattr(row, name, value)
            db.add(row)


@pytest.fixture
def people(engine):
    return People(engine)


def test_the_best_come_first_and_those_without_a_score_last(people):
    for name, score in (("Nil", None), ("Low", 10.0), ("High", 90.0), ("Zero", 0.0)):
        people.add(name, score)
    assert people.names() == ["High", "Low", "Zero", "Nil"]
    assert people.names(order="name") == ["High", "Low", "Nil", "Zero"]
    assert people.names(order="newest") == ["Zero", "High", "Low", "Nil"]
    assert people.names(search="example") == ["High", "Low", "Zero", "Nil"]


@pytest.mark.parametrize("order", pool.ORDERS)
@pytest.mark.parametrize("search", ["", "person"])
def test_pages_hold_everybody_once_in_one_order_from_either_end(people, order, search):
    for number in range(23):
        people.add(f"Person {number % 3}", None if number % 4 == 0 else float(number % 5))
    pages = [people.page(order=order, search=search, first=first, size=5) for first in range(0, 25, 5)]
    ids = [row.application_id for page in pages for row in page.rows]
    assert len(ids) == len(set(ids)) == 23
    assert ids == [row.application_id for row in people.page(order=order, search=search, size=50).rows]
    assert {page.total for page in pages} == {23}
    assert people.page(first=100).rows == ()


def test_every_word_of_a_search_must_be_found_and_signs_mean_themselves(people):
    people.add("Ada Stone", haystack="python kafka 100%_sure")
    people.add("Ben Stone", haystack="python")
    assert people.names(search="STONE kafka") == ["Ada Stone"]
    assert people.names(search="100%_") == ["Ada Stone"]
    assert people.names(search="%") == ["Ada Stone"]
    assert people.names(search="_") == ["Ada Stone"]
    assert people.names(search="/") == people.names(search="\\") == []


def test_a_stage_narrows_the_list_while_the_counts_show_every_stage(people):
    people.add("Ada", stage="new")
    people.add("Ben", stage="invited")
    people.add("Cy", stage="invited", haystack="kafka")
    page = people.page(stage="invited")
    assert (page.total, page.everyone, page.stages) == (2, 3, {"new": 1, "invited": 2})
    searched = people.page(stage="invited", search="kafka")
    assert ([row.name for row in searched.rows], searched.everyone, searched.stages) == (["Cy"], 3, {"invited": 1})


def test_a_requirement_narrows_to_found_or_not_found_and_the_unranked_are_neither(people):
    people.add("Met", 90.0, found="|python=2|postgresql=1|")
    people.add("Open", 40.0, found="|postgresql=2|")
    people.add("Unranked")
    assert people.names(requirement="Python") == ["Met"]
    assert people.names(requirement=NOT_FOUND + "Python") == ["Open"]
    assert people.names(requirement="Postgre") == []


def test_a_row_shows_each_requirement_of_the_job_as_it_is_today(people):
    people.add("Ada", 50.0, found="|python=2|kubernetes=1|gone=2|")
    [row] = people.page().rows
    assert row.requirements == (
        ("Python", True, "met"),
        ("PostgreSQL", True, "not_found"),
        ("Kubernetes", False, "partly"),
    )
    people.add("Ben")
    assert people.page(order="name").rows[1].requirements == ()


def test_hard_conditions_mark_a_row_and_narrow_the_list(people):
    people.change(Job, people.job_id, conditions=[{"kind": "licence", "value": "RN", "text": "RN licence"}])
    for name, status in (("Ada", "met"), ("Ben", "not_found")):
        row = people.add(name, 50.0, found="|python=2|#licence:rn=2|" if status == "met" else "|python=2|")
        condition = {"kind": "licence", "value": "RN", "status": status, "sentence": "", "start": 0, "end": 0}
        with session(people.engine) as db:
            db.add(Match(application_id=row.id, score=50.0, conditions=[condition]))
    assert [row.conditions for row in people.page(order="name").rows] == [
        (("licence", "RN", "met"),),
        (("licence", "RN", "not_found"),),
    ]
    assert people.names(conditions_met=True) == ["Ada"]


def test_somebody_merged_into_another_candidate_is_not_shown_nor_counted(people):
    kept, gone = people.add("Kept", 50.0), people.add("Gone", 60.0)
    people.change(Candidate, gone.candidate_id, merged_into=kept.candidate_id)
    page = people.page()
    assert ([row.name for row in page.rows], page.total, page.everyone) == (["Kept"], 1, 1)
    assert people.page(search="gone").everyone == 1


def test_marks_say_unseen_text_unchecked_files_other_sources_and_possible_duplicates(people):
    ada, ben = people.add("Ada"), people.add("Ben")
    people.change(Resume, ada.resume_id, unseen=[{"kind": "tiny", "page": 1, "text": "best", "count": 1}], checked=True)
    with session(people.engine) as db:
        who = db.get(Candidate, ada.candidate_id)
        builders.resume(db, people.actor, who, source="github", filename="ada", checked=False)
        values = {"candidate_id": ada.candidate_id, "other_id": ben.candidate_id}
        db.add(Duplicate(organisation_id=people.actor.organisation_id, reasons=["same telephone number"], **values))
    first, second = people.page(order="name").rows
    assert (first.unseen, first.checked, first.sources, first.duplicates) == (True, True, ("resume", "github"), 1)
    assert (second.unseen, second.checked, second.sources, second.duplicates) == (False, False, ("resume",), 1)


def test_choosing_all_that_match_keeps_the_order_and_the_limit(people):
    rows = [people.add(f"P{number}", float(number)) for number in range(6)]
    with session(people.engine) as db:
        held = pool.matching(db, people.actor, people.job_id, PoolQuery(first=50), most=4)
        again = pool.rows(db, people.actor, held)
    assert held == [row.id for row in rows[::-1][:4]]
    assert [row.application_id for row in again] == held


def test_other_jobs_and_other_organisations_stay_apart(people, engine):
    with session(engine) as db:
        other = builders.job(db, people.actor, title="Other").id
        _, stranger = builders.recruiter(db, email="s@example.com")
    people.add("Mine")
    people.add("Theirs", job_id=other)
    assert people.names() == ["Mine"]
    with session(engine) as db, pytest.raises(NotFound):
        pool.pool(db, stranger, people.job_id)


def test_one_candidate_is_shown_with_the_sentences_behind_the_stored_score(people):
    row = people.add("Ada Candidate", 71.0, found="|python=2|")
    with session(people.engine) as db:
        db.add(Match(application_id=row.id, score=71.0, parts={"required": 0.5}, ranker="smartfilter-9/x#1"))
    with session(people.engine) as db:
        shown = candidates.detail(db, people.actor, row.id)
    assert (shown.fit.score, shown.fit.parts, shown.ranker) == (71.0, {"required": 0.5}, "smartfilter-9/x#1")
    python = next(held for held in shown.fit.requirements if held.skill == "Python")
    assert shown.text[python.start : python.end].split() == python.sentence.split()
    assert [source.id for source in shown.sources] == [row.resume_id]
    assert [held.required for held in shown.fit.requirements] == [True, True, False]


def test_before_a_ranking_there_are_no_reasons(people):
    row = people.add("Ada Candidate")
    with session(people.engine) as db:
        assert candidates.detail(db, people.actor, row.id).fit is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, ""),
        ({"required_skills": ["Python", "Rust"]}, "The job changed"),
        ({"conditions": [{"kind": "licence", "value": "RN", "text": "RN"}]}, "The job changed"),
        ({"intake_paused": True, "status": "closed", "location": "Leeds"}, ""),
    ],
)
def test_a_ranking_is_out_of_date_once_what_it_read_of_the_job_changes(people, change, words):
    row = people.add("Ada", 50.0)
    with session(people.engine) as db:
        ranker = pool_standing.ranker(db.get(Job, people.job_id), "x")
        db.add(Match(application_id=row.id, score=50.0, ranker=ranker))
    people.change(Job, people.job_id, **change)
    with session(people.engine) as db:
        why = pool_standing.rank_standing(db, people.actor, people.job_id).why
    assert why.startswith(words)
    assert bool(why) is bool(words)


def test_candidates_without_a_score_and_an_earlier_version_are_said(people):
    row = people.add("Ada", 50.0)
    with session(people.engine) as db:
        db.add(Match(application_id=row.id, score=50.0, ranker="smartfilter-0/x"))
        assert "earlier version" in pool_standing.rank_standing(db, people.actor, people.job_id).why
    people.change(type(row), row.id, score=None)
    with session(people.engine) as db:
        standing = pool_standing.rank_standing(db, people.actor, people.job_id)
    assert (standing.unranked, standing.why) == (1, "1 candidate is not ranked yet.")


@pytest.mark.parametrize("order", ["match", "name", "newest"])
def test_a_requirement_that_one_of_many_meets_is_found_and_so_are_the_many(people, order):
    for place in range(30):
        people.add(f"P{place:02d}", float(place), found="|kafka=2|" if place == 7 else "|python=2|")
    assert people.names(requirement="Kafka", order=order) == ["P07"]
    many = people.names(requirement="Python", order=order)
    whole = [name for name in people.names(order=order) if name != "P07"]
    assert many == whole
    paged = [
        name
        for first in range(0, 30, 10)
        for name in people.names(requirement="Python", order=order, first=first, size=10)
    ]
    assert paged == whole
