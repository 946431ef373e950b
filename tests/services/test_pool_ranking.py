"""A job's pool ranked in bulk, weighed anew, and people found in the whole organisation."""

import numpy as np
import pytest
from sqlalchemy import event
from sqlmodel import select

from interview_platform.errors import BadInput, NotAllowed, NotFound, ServiceUnavailable
from interview_platform.models import Application, AuditEvent, Match, Organisation, Resume, session
from interview_platform.services import pool, pool_index, pool_ranking, smartfilter, talent_pool
from interview_platform.services.resumes import read_facts
from tests import builders
from tests.fakes import HashingEmbeddings, MemoryVectors
from tests.resume_files import TEXT

CHEF = (
    "Sam Cook\nsam@example.com\n\nHead Chef\nExperience\nHead Chef, Blue Door\t2015 - Present\nRan a kitchen of ten.\n"
)
NURSE = (
    "Pat Ward\npat@example.com\n\nNurse\nExperience\nNurse, Keele Ward\t2019 - Present\nGave medication on a ward.\n"
)


class CountingEmbeddings(HashingEmbeddings):
    """Counts the texts it was asked to embed."""

    def __init__(self):
        super().__init__(64)
        self.texts = 0

    def embed_documents(self, texts):
        self.texts += len(texts)
        return super().embed_documents(texts)


class BrokenVectors:
    """A store that is down."""

    name = "broken"

    def _down(self, *_):
        raise ServiceUnavailable("The store does not answer.")

    put = get = keys = delete = _down


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
    return builders.job(db, actor)


def person(db, actor, text, name, job=None, **values):
    """A candidate with a read résumé, in the job's pool where one is given."""
    who = builders.candidate(db, actor, name=name, email=f"{name.split()[0].lower()}@example.com")
    facts = read_facts(text)
    read = {
        "text": facts.text,
        "facts": facts.as_json(),
        "sha256": str(abs(hash(text)))[:64],
        "filename": f"{name}.pdf",
    }
    if job is None:
        return who, builders.resume(db, actor, who, **{**read, **values})
    application = builders.application(db, actor, job, who)
    row = db.get_one(Resume, application.resume_id)
    for key, value in {**read, **values}.items():
        setattr(row, key, value)
    db.flush()
    return application, row


def match_of(db, application):
    return db.exec(select(Match).where(Match.application_id == application.id)).one()


def test_ranking_writes_scores_parts_requirements_and_what_the_pool_searches_by(db, actor, job):
    maya, _ = person(db, actor, TEXT, "Maya Okafor", job)
    sam, _ = person(db, actor, CHEF, "Sam Cook", job)
    assert pool_ranking.rank(db, actor, HashingEmbeddings(), None, job.id) == 2
    assert maya.score > sam.score
    assert "|python=2|" in maya.found
    assert sam.found == ""
    assert "maya@example.com" in maya.haystack
    assert "maya okafor.pdf" in maya.haystack
    assert maya.name_key == "maya okafor"
    held = match_of(db, maya)
    assert held.score == maya.score
    assert set(held.parts) <= set(smartfilter.WEIGHTS)
    assert held.ranker.startswith(f"{smartfilter.VERSION}/hashing")


def test_hard_conditions_stand_in_the_match_and_not_in_the_score(db, actor, job):
    maya, _ = person(db, actor, TEXT, "Maya Okafor", job)
    pool_ranking.rank(db, actor, HashingEmbeddings(), None, job.id)
    before = maya.score
    job.conditions = [{"kind": "language", "value": "Icelandic", "text": "Fluent Icelandic"}]
    pool_ranking.rank(db, actor, HashingEmbeddings(), None, job.id)
    (condition,) = match_of(db, maya).conditions
    assert (condition["kind"], condition["status"]) == ("language", "not_found")
    assert maya.score == before
    assert "#" not in maya.found


def test_a_met_condition_is_found_by_the_pools_filter(db, actor, job):
    maya, _ = person(db, actor, TEXT, "Maya Okafor", job)
    person(db, actor, CHEF, "Sam Cook", job)
    job.conditions = [{"kind": "language", "value": "Python | Fluent", "text": ""}]
    pool_ranking.rank(db, actor, HashingEmbeddings(), None, job.id)
    assert "|#language:python fluent=2|" in maya.found
    page = pool.pool(db, actor, job.id, pool.PoolQuery(conditions_met=True))
    assert [row.application_id for row in page.rows] == [maya.id]
    job.conditions = [*job.conditions, {"kind": "language", "value": "Icelandic", "text": ""}]
    assert pool.pool(db, actor, job.id, pool.PoolQuery(conditions_met=True)).total == 0


def test_ranking_again_replaces_what_was_there_and_is_audited_each_time(db, actor, job):
    maya, _ = person(db, actor, TEXT, "Maya Okafor", job)
    for _ in range(2):
        pool_ranking.rank(db, actor, HashingEmbeddings(), None, job.id)
    assert match_of(db, maya).score == maya.score
    events = db.exec(select(AuditEvent).where(AuditEvent.action == "pool.ranked")).all()
    assert [event.detail["resumes"] for event in events] == [1, 1]


def test_a_resume_is_embedded_once_for_all_jobs_and_after_a_restart(db, actor, job):
    person(db, actor, TEXT, "Maya Okafor", job)
    embeddings, vectors = CountingEmbeddings(), MemoryVectors()
    pool_ranking.rank(db, actor, embeddings, vectors, job.id)
    first = embeddings.texts
    pool_index.forget()
    pool_ranking.rank(db, actor, embeddings, vectors, job.id)
    assert embeddings.texts - first == len(smartfilter.wish_texts(smartfilter.wish_of(job)))


def test_a_restart_changes_no_score(db, actor, job):
    held = [person(db, actor, text, name, job)[0] for text, name in ((TEXT, "Maya Okafor"), (NURSE, "Pat Ward"))]
    vectors = MemoryVectors()
    pool_ranking.rank(db, actor, HashingEmbeddings(), vectors, job.id)
    before = [(row.score, row.found, match_of(db, row).parts) for row in held]
    pool_index.forget()
    pool_ranking.rank(db, actor, HashingEmbeddings(), vectors, job.id)
    assert [(row.score, row.found, match_of(db, row).parts) for row in held] == before


def test_a_resume_that_changed_gets_a_new_vector_and_loses_the_old_one(db, actor, job):
    _, row = person(db, actor, TEXT, "Maya Okafor", job)
    vectors = MemoryVectors()
    pool_ranking.rank(db, actor, HashingEmbeddings(), vectors, job.id)
    ((space, before),) = ((name, set(held)) for name, held in vectors.spaces.items())
    facts = read_facts(CHEF)
    row.text, row.facts, row.sha256 = facts.text, facts.as_json(), "changed"
    db.flush()
    pool_ranking.rank(db, actor, HashingEmbeddings(), vectors, job.id)
    after = vectors.keys(space)
    assert len(after) == 1
    assert after.isdisjoint(before)


def test_the_vectors_of_a_resume_that_is_gone_go_with_the_next_ones(db, actor, job):
    application, row = person(db, actor, TEXT, "Maya Okafor", job)
    vectors = MemoryVectors()
    pool_ranking.rank(db, actor, HashingEmbeddings(), vectors, job.id)
    application.resume_id = None
    db.flush()
    gone = row.id
    db.delete(row)
    db.flush()
    person(db, actor, NURSE, "Pat Ward", job)
    pool_ranking.rank(db, actor, HashingEmbeddings(), vectors, job.id)
    (held,) = vectors.spaces.values()
    assert len(held) == 1
    assert not any(key.startswith(gone) for key in held)


def test_a_store_that_is_down_costs_time_and_no_ranking(db, actor, job):
    maya, _ = person(db, actor, TEXT, "Maya Okafor", job)
    assert pool_ranking.rank(db, actor, HashingEmbeddings(), BrokenVectors(), job.id) == 1
    assert maya.score is not None


def test_schools_are_read_only_where_the_organisation_says_so(db, actor, job):
    person(db, actor, TEXT, "Maya Okafor", job)
    vectors = MemoryVectors()
    pool_ranking.rank(db, actor, HashingEmbeddings(), vectors, job.id)
    db.get_one(Organisation, actor.organisation_id).blind_schools = False
    db.flush()
    embeddings = HashingEmbeddings()
    kind = pool_index.kind_of(db, actor.organisation_id, embeddings)
    assert not kind.blind_schools
    assert pool_ranking.rank(db, actor, embeddings, vectors, job.id) == 1


def test_a_merged_candidate_is_not_ranked_and_loses_its_score(db, actor, job):
    maya, _ = person(db, actor, TEXT, "Maya Okafor", job)
    twin, _ = person(db, actor, TEXT + "More.", "Maya Okaforr", job)
    assert pool_ranking.rank(db, actor, HashingEmbeddings(), None, job.id) == 2
    from interview_platform.models import Candidate

    db.get_one(Candidate, twin.candidate_id).merged_into = maya.candidate_id
    db.flush()
    assert pool_ranking.rank(db, actor, HashingEmbeddings(), None, job.id) == 1
    db.refresh(twin)
    assert (twin.score, twin.found) == (None, "")


def test_an_empty_pool_is_ranked_as_empty(db, actor, job):
    assert pool_ranking.rank(db, actor, HashingEmbeddings(), MemoryVectors(), job.id) == 0


def test_progress_is_told_up_to_the_whole(db, actor, job):
    for place in range(3):
        person(db, actor, TEXT + f"Line {place}.", f"P{place} Q", job)
    seen = []
    pool_ranking.rank(db, actor, HashingEmbeddings(), None, job.id, lambda *step: seen.append(step))
    assert seen[-1] == (3, 3)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_a_large_pool_is_written_by_few_statements(db, actor, job, engine):
    for place in range(40):
        person(db, actor, TEXT + f"Line {place}.", f"P{place} Q", job)
    embeddings, vectors = HashingEmbeddings(32), MemoryVectors()
    pool_ranking.rank(db, actor, embeddings, vectors, job.id)
    statements = []
    event.listen(engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    pool_ranking.rank(db, actor, embeddings, vectors, job.id)
    assert len(statements) < 30


def test_new_weights_reorder_the_pool_without_the_model(db, actor, job):
    maya, _ = person(db, actor, TEXT, "Maya Okafor", job)
    sam, _ = person(db, actor, CHEF, "Sam Cook", job)
    pool_ranking.rank(db, actor, HashingEmbeddings(), None, job.id)
    weights = dict.fromkeys(smartfilter.WEIGHTS, 0.0) | {"required": 1.0}
    assert pool_ranking.reweigh(db, actor, job.id, weights) == 2
    for row in (maya, sam):
        db.refresh(row)
        held = match_of(db, row)
        db.refresh(held)
        assert row.score == held.score == pytest.approx(100 * held.parts["required"], abs=0.01)
    assert pool_ranking.weights_of(job) == weights
    assert db.exec(select(AuditEvent).where(AuditEvent.action == "pool.reweighed")).one().detail["resumes"] == 2


def test_the_same_weights_give_the_same_scores_as_ranking_did(db, actor, job):
    held = [person(db, actor, text, name, job)[0] for text, name in ((TEXT, "Maya Okafor"), (NURSE, "Pat Ward"))]
    pool_ranking.rank(db, actor, HashingEmbeddings(), None, job.id)
    before = [row.score for row in held]
    pool_ranking.reweigh(db, actor, job.id, smartfilter.WEIGHTS)
    assert [row.score for row in held] == before
    pool_ranking.reweigh(db, actor, job.id, {"words": 1.0})
    assert [row.score for row in held] == [match_of(db, row).score for row in held] != before


def test_ranking_anew_keeps_to_the_jobs_weights(db, actor, job):
    maya, _ = person(db, actor, TEXT, "Maya Okafor", job)
    pool_ranking.rank(db, actor, HashingEmbeddings(), None, job.id)
    pool_ranking.reweigh(db, actor, job.id, {"required": 0.5, "words": 0.5})
    db.refresh(maya)
    weighed = maya.score
    pool_ranking.rank(db, actor, HashingEmbeddings(), None, job.id)
    db.refresh(maya)
    assert maya.score == pytest.approx(weighed, abs=0.02)


def test_a_job_without_weights_of_its_own_has_smartfilters(job):
    assert pool_ranking.weights_of(job) == smartfilter.WEIGHTS


@pytest.mark.parametrize(
    ("weights", "says"),
    [
        ({"charm": 1.0}, "no part called"),
        ({"required": 1.5}, "between 0 and 1"),
        ({"required": float("nan")}, "between 0 and 1"),
        ({"required": -0.1, "words": 1.0}, "between 0 and 1"),
        ({"required": 0.0}, "at least one"),
        ({}, "at least one"),
    ],
)
def test_weights_that_mean_nothing_are_refused_with_the_way_out(db, actor, job, weights, says):
    with pytest.raises(BadInput, match=says):
        pool_ranking.reweigh(db, actor, job.id, weights)
    assert job.weights == {}


def test_one_row_is_refreshed_with_its_candidates_name_and_skills(db, actor, job):
    maya, _ = person(db, actor, TEXT, "Maya  Okafor", job)
    pool_ranking.refresh_row(db, maya)
    assert maya.name_key == "maya okafor"
    assert "python" in maya.haystack


def test_only_the_organisations_own_writers_may_rank_and_reweigh(db, actor, job):
    _, other = builders.recruiter(db, email="two@example.com")
    _, reader = builders.recruiter(db, email="three@example.com", role="auditor")
    for who, refusal in ((other, NotFound), (reader, NotAllowed)):
        with pytest.raises(refusal):
            pool_ranking.rank(db, who, HashingEmbeddings(), None, job.id)
        with pytest.raises(refusal):
            pool_ranking.reweigh(db, who, job.id, {"required": 1.0})
        with pytest.raises(refusal):
            talent_pool.talent(db, who, HashingEmbeddings(), None, job.id)
        with pytest.raises(refusal):
            talent_pool.take(db, who, job.id, [])


def test_people_of_earlier_jobs_are_found_best_first_without_those_already_in_the_pool(db, actor, job):
    person(db, actor, TEXT, "Maya Okafor", job)
    person(db, actor, TEXT + "Second.", "Ada Again")
    person(db, actor, CHEF, "Sam Cook")
    found = talent_pool.talent(db, actor, HashingEmbeddings(), MemoryVectors(), job.id)
    assert [one.name for one in found] == ["Ada Again", "Sam Cook"]
    assert found[0].score > found[1].score
    assert [fit.status for fit in found[0].requirements if fit.skill == "Python"] == ["met"]
    assert db.exec(select(Match)).all() == []


def test_a_person_with_two_resumes_is_found_once_by_the_newer(db, actor, job):
    who, _ = person(db, actor, CHEF, "Sam Cook")
    facts = read_facts(TEXT)
    newer = builders.resume(db, actor, who, text=facts.text, facts=facts.as_json(), sha256="newer")
    (found,) = talent_pool.talent(db, actor, HashingEmbeddings(), None, job.id)
    assert found.resume_id == newer.id


def test_no_more_people_are_found_than_asked_for_and_none_of_another_organisation(db, actor, job):
    _, other = builders.recruiter(db, email="two@example.com")
    person(db, other, TEXT, "Foreign Person")
    for place in range(4):
        person(db, actor, TEXT + f"Line {place}.", f"P{place} Q")
    found = talent_pool.talent(db, actor, HashingEmbeddings(), None, job.id, most=3)
    assert len(found) == 3
    assert "Foreign Person" not in [one.name for one in found]


def test_people_who_are_taken_join_the_pool_once_with_their_newest_resume(db, actor, job):
    who, read = person(db, actor, TEXT, "Ada Again")
    assert talent_pool.take(db, actor, job.id, [who.id, who.id]) == 1
    assert talent_pool.take(db, actor, job.id, [who.id]) == 0
    application = db.exec(select(Application).where(Application.job_id == job.id)).one()
    assert (application.resume_id, application.stage, application.name_key) == (read.id, "new", "ada again")
    assert pool_ranking.rank(db, actor, HashingEmbeddings(), None, job.id) == 1


def test_nobody_of_another_organisation_can_be_taken(db, actor, job):
    _, other = builders.recruiter(db, email="two@example.com")
    who, _ = person(db, other, TEXT, "Foreign Person")
    with pytest.raises(NotFound):
        talent_pool.take(db, actor, job.id, [who.id])


def test_embeddings_that_give_arrays_are_taken_without_lists():
    class Arrays(HashingEmbeddings):
        def embed_array(self, texts):
            return np.full((len(texts), 2), len(texts), dtype=np.float32)

    assert pool_index.embed(Arrays(), ["a", "b", "a"]).tolist() == [[2, 2], [2, 2], [2, 2]]
