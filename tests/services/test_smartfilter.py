"""Ranking: evidence for skills, nearness of work, and blindness to names."""

import pytest

from interview_platform.errors import NotAllowed, NotFound
from interview_platform.models import Match, session
from interview_platform.services import smartfilter
from interview_platform.services.resumes import read_facts
from interview_platform.services.smartfilter import Ranker, Wish, score
from tests import builders
from tests.fakes import HashingEmbeddings
from tests.resume_files import TEXT

WISH = Wish(
    "Backend Engineer",
    "Backend Engineer\nBuilds payment services in Python on PostgreSQL.",
    (("Python", True), ("Kubernetes", True), ("SQL", True), ("Terraform", False)),
)
CHEF = "Pia Cook\npia@example.com\n\nExperience\nSous Chef, Harbour Restaurant\t2019 - Present\n• Plated banquets.\n"


@pytest.fixture
def ranker():
    return Ranker(HashingEmbeddings(), WISH)


def test_each_found_skill_shows_the_resumes_own_sentence(ranker):
    facts = read_facts(TEXT)
    found = {match.skill: match for match in ranker.fit(facts).matched}
    assert found["Kubernetes"].sentence == "Ran a dozen services on k8s and wrote their alerts."
    for match in found.values():
        assert " ".join(facts.text[match.start : match.end].split()) == match.sentence


def test_a_narrower_skill_shows_a_broader_one_a_little_less(ranker):
    found = {match.skill: match for match in ranker.fit(read_facts(TEXT)).matched}
    assert "MySQL" in found["SQL"].sentence
    assert 0 < found["SQL"].similarity < found["Python"].similarity == 1


def test_what_was_not_found_is_named_with_whether_it_is_required(ranker):
    assert [(gap.skill, gap.required) for gap in ranker.fit(read_facts(TEXT)).missing] == [("Terraform", False)]


def test_a_sentence_may_mean_a_skill_it_does_not_name():
    wish = Wish("Nurse", "Nurse", (("Calming frightened visitors", True),))
    text = "Experience\nNurse, Keele Ward\t2019 - Present\n• Calmed frightened visitors daily.\n"
    (match,) = Ranker(HashingEmbeddings(), wish).fit(read_facts(text)).matched
    assert match.sentence == "Calmed frightened visitors daily."
    assert match.similarity < 1


def test_the_nearer_resume_scores_higher(ranker):
    assert ranker.fit(read_facts(TEXT)).score > ranker.fit(read_facts(CHEF)).score + 30


def test_the_same_input_gives_the_same_score(ranker):
    assert ranker.fit(read_facts(TEXT)) == Ranker(HashingEmbeddings(), WISH).fit(read_facts(TEXT))


@pytest.mark.parametrize("name", ["Emily Walsh", "Lakisha Washington", "Jamal Jones", "Ng Thi Minh Khai"])
def test_another_name_mailbox_and_town_change_nothing(ranker, name):
    other = TEXT.replace("Maya Okafor", name).replace("maya.okafor", name.split()[0].lower())
    other = other.replace("Leeds, United Kingdom", "Lagos, Nigeria")
    before, after = ranker.fit(read_facts(TEXT)), ranker.fit(read_facts(other))
    assert (after.score, after.parts) == (before.score, before.parts)


def test_repeating_a_skill_does_not_raise_its_part(ranker):
    stuffed = read_facts(TEXT + "Python, Python, Python, Python\n" * 20)
    assert ranker.fit(stuffed).parts["required"] == ranker.fit(read_facts(TEXT)).parts["required"]


def test_a_job_without_lists_of_skills_is_ranked_by_nearness_alone():
    assert score({"semantic": 0.5}) == 50
    assert score({"semantic": 0.5, "required": 1.0}) == pytest.approx(100 * (0.5 + 0.175) / 0.85)


def test_every_parsed_application_gets_a_match_and_progress_is_told(engine):
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        job = builders.job(db, actor)
        application = builders.application(db, actor, job)
        seen = []
        ranked = smartfilter.rank(db, actor, HashingEmbeddings(), job.id, lambda *step: seen.append(step))
        match = db.get(Match, db.query(Match.id).scalar())
        assert (ranked, seen, match.application_id) == (1, [(1, 1)], application.id)
        assert match.ranker == f"{smartfilter.VERSION}/hashing"
        assert {item["skill"] for item in match.matched + match.missing} == {"Python", "PostgreSQL", "Kubernetes"}


def test_only_the_jobs_own_writers_may_rank(engine):
    with session(engine) as db:
        _, actor = builders.recruiter(db, email="one@example.com")
        _, other = builders.recruiter(db, email="two@example.com")
        _, reader = builders.recruiter(db, email="three@example.com", role="auditor")
        job = builders.job(db, actor)
        with pytest.raises(NotFound):
            smartfilter.rank(db, other, HashingEmbeddings(), job.id)
        with pytest.raises(NotAllowed):
            smartfilter.rank(db, reader, HashingEmbeddings(), job.id)
