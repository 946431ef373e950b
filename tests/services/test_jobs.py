"""Jobs: what may be typed, what stays when a job is changed, and what the list counts."""

import pytest

from interview_platform.errors import BadInput, NotAllowed, NotFound
from interview_platform.models import Report, now, session
from interview_platform.services import audit, jobs
from interview_platform.services.job_conditions import Condition
from interview_platform.services.jobs import CompetencyDraft, JobDraft
from tests import builders

DRAFT = JobDraft(
    title="  Ward   Nurse ",
    description="Nights on ward 4.",
    role_family="nursing",
    required_skills=("Triage", "triage", " "),
    preferred_skills=("Triage", "Wound care"),
    competencies=(
        CompetencyDraft("Calm", "communication", 2.0, anchors={"1": "loud", "5": "quiet"}),
        CompetencyDraft("Triage"),
    ),
    custom_questions=("Which nights can you work?", "Which nights can you work?"),
)


@pytest.fixture
def db(engine):
    with session(engine) as opened:
        yield opened


@pytest.fixture
def actor(db):
    return builders.recruiter(db)[1]


def changed(**values):
    return JobDraft(**{**{name: getattr(DRAFT, name) for name in DRAFT.__dataclass_fields__}, **values})


def test_a_job_is_tidied_and_kept(db, actor):
    job = jobs.create(db, actor, DRAFT)
    assert (job.title, job.required_skills, job.preferred_skills) == ("Ward Nurse", ["Triage"], ["Wound care"])
    assert [row.text for row in jobs.custom_questions(db, actor, job.id)] == ["Which nights can you work?"]
    first, second = jobs.competencies(db, actor, job.id)
    assert (first.name, first.weight, first.anchors["5"], second.name) == ("Calm", 2.0, "quiet", "Triage")
    assert audit.newest(db, actor)[0].action == "job.created"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"title": "  "}, "title"),
        ({"level": "guru"}, "level"),
        ({"required_skills": ("x" * 101,)}, "skill"),
        ({"competencies": (CompetencyDraft("A"), CompetencyDraft("a"))}, "same name"),
        ({"competencies": (CompetencyDraft("A", "charm"),)}, "counts towards"),
        ({"competencies": (CompetencyDraft("A", weight=0),)}, "weight"),
        ({"custom_questions": tuple(f"Question {n}?" for n in range(13))}, "questions"),
        ({"conditions": (Condition("charm", "Nice"),)}, "about"),
        ({"conditions": (Condition("licence", "x" * 121),)}, "short name"),
        ({"conditions": (Condition("years", "several"),)}, "whole number"),
        ({"conditions": (Condition("years", "3"), Condition("years", "5"))}, "Two conditions"),
        ({"conditions": tuple(Condition("licence", f"Paper {n}") for n in range(21))}, "More than 20"),
    ],
)
def test_what_cannot_be_used_is_said(db, actor, values, words):
    with pytest.raises(BadInput, match=words):
        jobs.create(db, actor, changed(**values))


def test_what_stays_keeps_its_row(db, actor):
    job = jobs.create(db, actor, DRAFT)
    before = {row.name: row.id for row in jobs.competencies(db, actor, job.id)}
    question = jobs.custom_questions(db, actor, job.id)[0].id
    jobs.update(db, actor, job.id, changed(competencies=(CompetencyDraft("calm", "technical"), CompetencyDraft("New"))))
    after = {row.name: row.id for row in jobs.competencies(db, actor, job.id)}
    assert after["calm"] == before["Calm"]
    assert set(after) == {"calm", "New"}
    assert jobs.custom_questions(db, actor, job.id)[0].id == question


def test_a_question_in_somebodys_plan_outlives_its_removal_from_the_job(db, actor):
    job = jobs.create(db, actor, DRAFT)
    question = jobs.custom_questions(db, actor, job.id)[0]
    builders.interview(db, actor, builders.application(db, actor, job), plan=[question.id])
    jobs.update(db, actor, job.id, changed(custom_questions=()))
    assert jobs.custom_questions(db, actor, job.id) == []
    assert db.get(type(question), question.id).text == "Which nights can you work?"


def test_a_jobs_draft_fills_the_form_with_what_was_kept(db, actor):
    job = jobs.create(db, actor, DRAFT)
    again = jobs.draft_of(db, actor, job.id)
    jobs.update(db, actor, job.id, again)
    assert jobs.draft_of(db, actor, job.id) == again
    assert again.competencies[0].anchors == {"1": "loud", "5": "quiet"}


def test_the_list_counts_candidates_begun_interviews_and_ready_reports(db, actor):
    job, empty = builders.job(db, actor), builders.job(db, actor, title="Another")
    first, second = (
        builders.application(db, actor, job, builders.candidate(db, actor, email=f"{n}@example.com")) for n in "ab"
    )
    begun = builders.interview(db, actor, first, started_at=now())
    builders.interview(db, actor, second)
    db.add_all([Report(interview_id=begun.id), Report(interview_id=begun.id)])
    db.flush()
    counts = {row.job.id: (row.candidates, row.interviews, row.reports) for row in jobs.listing(db, actor)}
    assert counts == {job.id: (2, 1, 1), empty.id: (0, 0, 0)}


def test_open_jobs_stand_before_closed_ones(db, actor):
    old = builders.job(db, actor)
    jobs.set_status(db, actor, builders.job(db, actor, title="Newer").id, "closed")
    assert jobs.listing(db, actor)[0].job.id == old.id


def test_other_organisations_and_readers_change_nothing(db, actor):
    job = jobs.create(db, actor, DRAFT)
    _, stranger = builders.recruiter(db, email="s@example.com")
    _, reviewer = builders.recruiter(db, email="r@example.com", role="reviewer")
    with pytest.raises(NotFound):
        jobs.update(db, stranger, job.id, DRAFT)
    with pytest.raises(NotAllowed):
        jobs.create(db, reviewer, DRAFT)
    assert jobs.listing(db, stranger) == []


def test_conditions_are_kept_with_the_words_of_the_advert(db, actor):
    wanted = (
        Condition("licence", " Driving  licence ", "You have a driving licence.", 8, 23),
        Condition("licence", "driving licence"),
        Condition("language", ""),
    )
    job = jobs.create(db, actor, changed(conditions=wanted))
    [kept] = jobs.draft_of(db, actor, job.id).conditions
    assert job.conditions == [{"kind": "licence", "value": "Driving licence", "text": "You have a driving licence."}]
    assert (kept.kind, kept.value, kept.text) == ("licence", "Driving licence", "You have a driving licence.")


def test_a_change_of_conditions_is_audited_by_field(db, actor):
    job = jobs.create(db, actor, DRAFT)
    jobs.update(db, actor, job.id, changed(conditions=(Condition("years", "3"),)))
    assert audit.newest(db, actor)[0].detail == {"fields": ["conditions"]}
