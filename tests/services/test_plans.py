"""The plan a recruiter sees and changes: versions, what editing leaves alone, how it follows the job."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from interview_platform.errors import BadInput, NotAllowed, NotFound
from interview_platform.models import PlanVersion, Question, session
from interview_platform.services import audit, jobs, plans, reports
from interview_platform.services.access import Actor
from interview_platform.services.jobs import CompetencyDraft, JobDraft
from interview_platform.services.plan_drafts import Edit
from tests import builders
from tests.services.planned import another, application, planned, set_values


@pytest.fixture
def db(engine: Engine):
    with session(engine) as opened:
        yield opened


def keys(db: Session, actor: Actor, job_id: str) -> list[str]:
    return [line.key for line in plans.current(db, actor, job_id).lines]


def core(held: plans.Plan) -> Question:
    return next(line.question for line in held.lines if line.question is not None)


def saved_draft(db: Session, actor: Actor, job_id: str, **values: object) -> JobDraft:
    held = jobs.draft_of(db, actor, job_id)
    return JobDraft(**{**vars(held), **values})


def test_looking_at_a_plan_makes_its_first_version_once(db):
    actor, job, _ = application(db)
    first = plans.current(db, actor, job.id)
    again = plans.current(db, actor, job.id)
    assert first.version.version == again.version.version == 1
    assert first.lines[0].key == "resume:1"
    assert first.coverage.minutes > 10
    assert all(one.questions == 1 for one in first.coverage.shares)


def test_saving_the_same_plan_makes_no_version(db):
    actor, job, _ = application(db)
    held = plans.current(db, actor, job.id)
    assert plans.save(db, actor, job.id, [line.key for line in held.lines]).version == 1


def test_a_saved_order_is_what_the_next_candidate_is_asked_and_the_earlier_keeps_theirs(db):
    actor, job, applied = application(db)
    before = planned(db, actor, applied)
    turned = list(reversed(keys(db, actor, job.id)))
    plans.save(db, actor, job.id, turned)
    after = planned(db, actor, another(db, actor, job))
    core_before = [one for one in before.plan if one in turned]
    assert [one for one in after.plan if one in turned] == list(reversed(core_before))
    assert (before.plan_version, after.plan_version) == (1, 2)
    assert audit.newest(db, actor, contains="plan.saved")[0].detail["version"] == 2


def test_editing_makes_a_new_row_and_retires_the_old(db):
    actor, job, applied = application(db)
    before = planned(db, actor, applied)
    old = core(plans.current(db, actor, job.id))
    points = (("Names the cause", "What was the cause?"),)
    plans.edit_question(
        db, actor, old.id, Edit("What broke last?", points=points, competency_id=old.competency_id or "")
    )
    held = plans.current(db, actor, job.id)
    new = core(held)
    assert new.text == "What broke last?"
    assert new.id != old.id
    assert new.competency_id == old.competency_id
    assert new.source == f"edited:{old.source}"
    assert old.id in before.plan
    assert (old.retired, new.retired) == (True, False)
    assert "What broke last" in held.version.note or "Changed" in held.version.note


def test_an_edit_that_changes_nothing_makes_no_version(db):
    actor, job, _ = application(db)
    old = core(plans.current(db, actor, job.id))
    same = Edit(
        old.text,
        old.plain_text,
        tuple((one["point"], one["follow_up"]) for one in old.points),
        old.minutes,
        old.competency_id or "",
    )
    assert plans.edit_question(db, actor, old.id, same).version == 1


def test_an_own_question_stands_before_the_values_and_in_the_job_form(db):
    actor, job, _ = application(db)
    plans.add_own(db, actor, job.id, Edit("Why us, and why NOW?"))
    lines = plans.current(db, actor, job.id).lines
    assert lines[-1].question.source.startswith("values:")
    assert (lines[-2].question.text, lines[-2].question.kind) == ("Why us, and why NOW?", "custom")
    assert len(lines[-2].question.points) == 3
    assert jobs.draft_of(db, actor, job.id).custom_questions == ("Why us, and why NOW?",)


def test_a_question_of_the_bank_speaks_to_the_jobs_competency_of_that_name(db):
    actor, job, _ = application(db)
    plans.current(db, actor, job.id)
    plans.add_from_bank(db, actor, job.id, "backend-debugging-2")
    lines = [line for line in plans.current(db, actor, job.id).lines if line.question is not None]
    line = next(line for line in lines if line.question.source == "backend-debugging-2")
    assert line.competency == "Debugging in production"
    with pytest.raises(NotFound):
        plans.add_from_bank(db, actor, job.id, "no-such-question")


def test_removing_can_be_undone_by_restoring(db):
    actor, job, _ = application(db)
    before = keys(db, actor, job.id)
    plans.remove(db, actor, job.id, before[2])
    assert before[2] not in keys(db, actor, job.id)
    assert db.get(Question, before[2]).retired
    restored = plans.restore(db, actor, job.id, 1)
    assert list(restored.items) == before
    assert not db.get(Question, before[2]).retired
    newest, *_ = plans.history(db, actor, job.id)
    assert (newest.version, newest.note) == (3, "Version 1 restored")


def test_the_history_says_who_what_and_for_how_many_interviews(db):
    actor, job, applied = application(db)
    planned(db, actor, applied)
    plans.remove(db, actor, job.id, "resume:1")
    newest, first = plans.history(db, actor, job.id)
    assert (newest.by, newest.interviews, first.by, first.interviews) == ("Robin Reyes", 0, "", 1)
    assert "Removed a question from the résumé" in newest.note


def test_somebody_elses_version_in_between_is_not_written_over_unseen(db):
    actor, job, _ = application(db)
    before = keys(db, actor, job.id)
    plans.remove(db, actor, job.id, before[1])
    with pytest.raises(BadInput, match="has changed since"):
        plans.save(db, actor, job.id, list(reversed(before)), base=1)


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (Edit("  "), "no words"),
        (Edit("x" * 700), "heard, not read"),
        (Edit("Why?", minutes=45), "minutes"),
        (Edit("Why?", points=(("Says why", ""),)), "follow-up"),
        (Edit("Why?", competency_id="nothing"), "competency"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_with_the_reason(db, edit, words):
    actor, job, _ = application(db)
    with pytest.raises(BadInput, match=words):
        plans.add_own(db, actor, job.id, edit)


def test_another_organisation_and_a_reader_change_nothing(db):
    actor, job, _ = application(db)
    one = keys(db, actor, job.id)[1]
    _, stranger = builders.recruiter(db, email="s@example.com")
    reviewer = Actor(organisation_id=actor.organisation_id, role="reviewer")
    with pytest.raises(NotFound):
        plans.current(db, stranger, job.id)
    with pytest.raises(NotFound):
        plans.edit_question(db, stranger, one, Edit("Mine now?"))
    assert plans.current(db, reviewer, job.id).lines
    with pytest.raises(NotAllowed):
        plans.save(db, reviewer, job.id, [one])


def test_a_question_of_another_job_cannot_be_put_in(db):
    actor, job, _ = application(db)
    other = builders.question(db, builders.job(db, actor, title="Other"))
    with pytest.raises(NotFound):
        plans.save(db, actor, job.id, [*keys(db, actor, job.id), other.id])


def test_the_job_form_changes_the_plan_by_a_new_version_and_keeps_what_was_edited(db):
    actor, job, applied = application(db)
    old = core(plans.current(db, actor, job.id))
    plans.edit_question(db, actor, old.id, Edit("What broke last?", competency_id=old.competency_id or ""))
    before = planned(db, actor, applied)
    jobs.update(db, actor, job.id, saved_draft(db, actor, job.id, custom_questions=("Which nights?",)))
    held = plans.current(db, actor, job.id)
    texts = [line.question.text for line in held.lines if line.question]
    assert "What broke last?" in texts
    assert texts[-2] == "Which nights?"
    assert held.version.note == "Follows a change of the job"
    assert "Which nights?" not in [db.get(Question, one).text for one in before.plan]


def test_a_competency_changed_in_the_form_leaves_running_interviews_as_they_were(db):
    actor, job, applied = application(db)
    running = planned(db, actor, applied)
    old = core(plans.current(db, actor, job.id))
    plans.edit_question(db, actor, old.id, Edit("What broke last?", competency_id=old.competency_id or ""))
    held = jobs.draft_of(db, actor, job.id).competencies
    changed = (CompetencyDraft(held[0].name, held[0].group, 5.0, "Another meaning", held[0].anchors), *held[1:])
    jobs.update(db, actor, job.id, saved_draft(db, actor, job.id, competencies=changed))
    now = plans.current(db, actor, job.id)
    assert [one.weight for one in now.competencies if one.name == held[0].name] == [5.0]
    assert core(now).text == "What broke last?"
    assert core(now).competency_id in {one.id for one in now.competencies}
    judged = [one for one in reports._material(db, running.id).criteria if one.name == held[0].name]
    assert [one.weight for one in judged] == [1.0]
    assert judged[0].asked


def test_a_competency_taken_off_takes_its_questions_out_of_an_edited_plan(db):
    actor, job, _ = application(db)
    plans.remove(db, actor, job.id, "resume:1")
    held = jobs.draft_of(db, actor, job.id).competencies
    jobs.update(db, actor, job.id, saved_draft(db, actor, job.id, competencies=held[1:]))
    asked = [line.competency for line in plans.current(db, actor, job.id).lines]
    assert held[0].name not in asked
    assert held[1].name in asked
    assert [one.name for one in jobs.draft_of(db, actor, job.id).competencies] == [one.name for one in held[1:]]


def test_a_removed_question_does_not_come_back_when_the_job_changes(db):
    actor, job, _ = application(db)
    gone = core(plans.current(db, actor, job.id))
    plans.remove(db, actor, job.id, gone.id)
    jobs.update(db, actor, job.id, saved_draft(db, actor, job.id, custom_questions=("Which nights?",)))
    assert gone.id not in keys(db, actor, job.id)


def test_values_written_anew_replace_their_question_in_an_edited_plan(db):
    actor, job, _ = application(db)
    plans.remove(db, actor, job.id, "resume:1")
    set_values(db, actor, "We ask before we assume.")
    assert "ask before" in plans.current(db, actor, job.id).lines[-1].question.text
    set_values(db, actor, "")
    sources = [line.question.source for line in plans.current(db, actor, job.id).lines if line.question]
    assert not any(source.startswith("values") for source in sources)


def test_versions_count_up_one_by_one(db):
    actor, job, _ = application(db)
    for item in keys(db, actor, job.id)[1:4]:
        plans.remove(db, actor, job.id, item)
    rows = db.exec(select(PlanVersion.version).where(PlanVersion.job_id == job.id)).all()
    assert sorted(rows) == [1, 2, 3, 4]
