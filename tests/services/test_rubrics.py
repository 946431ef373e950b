"""A job's rubric as people change it: points, anchors, weights, the company's values, versions, what is flagged."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from interview_platform.errors import BadInput, NotAllowed, NotFound
from interview_platform.models import Competency, Organisation, Question, session
from interview_platform.services import jobs, plans, reports, rubrics
from interview_platform.services.access import Actor
from interview_platform.services.rubric_check import CONFIRM, HINT, STOP, AskedDraft, LineDraft, check
from tests import builders
from tests.services.scoring.material import FOUND, SetJudge, ended


@pytest.fixture
def made(engine: Engine) -> tuple[str, Actor]:
    """A backend job of an employer with two written values."""
    with session(engine) as db:
        employer = builders.organisation(db, values="We say what went wrong.\nWe help each other finish.")
        _, actor = builders.recruiter(db, employer)
        return builders.job(db, actor).id, actor


def opened(engine: Engine, made: tuple[str, Actor]) -> rubrics.Rubric:
    with session(engine) as db:
        return rubrics.current(db, made[1], made[0])


def saved(engine: Engine, made: tuple[str, Actor], lines: list[LineDraft], base: int | None = None) -> rubrics.Rubric:
    with session(engine) as db:
        rubrics.save(db, made[1], made[0], lines, base)
    return opened(engine, made)


def with_points(line: LineDraft, *points: tuple[str, str]) -> LineDraft:
    return replace(line, asked=(replace(line.asked[0], points=points), *line.asked[1:]))


def test_the_rubric_shows_each_competency_with_its_anchors_and_the_points_of_its_questions(
    engine: Engine, made
) -> None:
    held = opened(engine, made)

    technical = next(line for line in held.lines if line.group == "technical")
    assert (held.number, sorted(technical.anchors)) == (1, list("12345"))
    assert technical.asked[0].points


def test_points_can_be_reworded_added_taken_out_and_put_in_another_order(engine: Engine, made) -> None:
    first, *rest = opened(engine, made).lines
    old = first.asked[0].points
    mine = ("Names the measure that showed it", "What did you measure?")

    held = saved(engine, made, [with_points(first, *reversed(old[1:]), mine), *rest])

    assert held.lines[0].asked[0].points == (*reversed(old[1:]), mine)
    assert held.number == 2
    texts = [change.text for change in held.versions[0].changes]
    assert any("taken out" in text for text in texts)
    assert any("added" in text for text in texts)


def test_a_version_says_who_saved_it_and_what_it_changed(engine: Engine, made) -> None:
    first, *rest = opened(engine, made).lines
    anchors = {**first.anchors, "3": "Tells what happened and what they did."}

    held = saved(engine, made, [replace(first, weight=1.4, anchors=anchors), *rest])

    assert held.versions[0].by == "Robin Reyes"
    assert {change.text for change in held.versions[0].changes} == {
        f"Its weight went from {first.weight:g} to 1.4.",
        "Level 3 means something else.",
    }
    assert held.versions[0].changes[1].after == "Tells what happened and what they did."


def test_what_is_saved_without_a_change_is_no_new_version(engine: Engine, made) -> None:
    held = opened(engine, made)

    assert saved(engine, made, list(held.lines)).number == held.number


def test_a_change_made_in_the_jobs_settings_is_a_version_too(engine: Engine, made) -> None:
    opened(engine, made)
    with session(engine) as db:
        draft = jobs.draft_of(db, made[1], made[0])
        first, *rest = draft.competencies
        jobs.update(db, made[1], made[0], replace(draft, competencies=(replace(first, weight=5.0), *rest)))

    held = opened(engine, made)

    assert (held.number, held.versions[0].by) == (2, "")


def test_a_written_value_becomes_a_line_with_its_own_question_and_anchors(engine: Engine, made) -> None:
    before = opened(engine, made)
    assert before.values == ("We help each other finish.",)
    line = rubrics.value_line("We help each other finish.")
    line = replace(
        line, anchors={**line.anchors, "5": "Stayed until the other's work was done, and says what came of it."}
    )

    held = saved(engine, made, [*before.lines, line])

    kept = next(one for one in held.lines if one.value == "We help each other finish.")
    assert (kept.group, kept.anchors["5"]) == ("cultural_fit", line.anchors["5"])
    assert "We help each other finish." in kept.asked[0].text
    assert held.values == ()
    with session(engine) as db:
        texts = [held.question.text for held in plans.current(db, made[1], made[0]).lines if held.question]
    assert kept.asked[0].text in texts


def test_the_anchors_of_the_value_that_is_asked_about_can_be_changed(engine: Engine, made) -> None:
    before = opened(engine, made)
    value = next(line for line in before.lines if line.value == "We say what went wrong.")
    changed = replace(value, anchors={**value.anchors, "1": "Says nothing of a mistake."})

    held = saved(engine, made, [changed if line is value else line for line in before.lines])

    lines = [line for line in held.lines if line.value == "We say what went wrong."]
    assert [line.anchors["1"] for line in lines] == ["Says nothing of a mistake."]


def test_cultural_fit_is_judged_by_written_values_only(engine: Engine, made) -> None:
    before = opened(engine, made)
    mine = LineDraft("Fun to be with", "cultural_fit", asked=(AskedDraft("What do you do for fun?", (("a", "b?"),)),))

    with pytest.raises(BadInput, match="none of the values on your company page"):
        saved(engine, made, [*before.lines, mine])


def test_a_line_without_a_point_cannot_be_saved(engine: Engine, made) -> None:
    first, *rest = opened(engine, made).lines

    with pytest.raises(BadInput, match="needs at least one point"):
        saved(engine, made, [with_points(first), *rest])


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (LineDraft(""), STOP),
        (LineDraft("A", weight=0), STOP),
        (LineDraft("A", asked=(AskedDraft("Q", (("Says what", ""),)),)), STOP),
        (LineDraft("A", asked=(AskedDraft("Q", (("Says what", "What?"), ("says what", "What else?"))),)), STOP),
        (LineDraft("A", asked=(AskedDraft("Q", (("Is pregnant or plans to be", "Are you pregnant?"),)),)), CONFIRM),
        (LineDraft("A", asked=(AskedDraft("Q", (("Says what", "You did like it, didn't you?"),)),)), HINT),
        (LineDraft("A"), HINT),
    ],
)
def test_what_is_wrong_or_doubtful_is_said(line: LineDraft, kind: str) -> None:
    assert kind in [found.kind for found in check([line])]


def test_two_lines_of_one_name_are_refused() -> None:
    assert check([LineDraft("Care"), LineDraft(" care ")])[0].kind == STOP


def test_points_are_not_read_as_questions() -> None:
    long = "Says how the cause was found, " + "and what was looked at before that, " * 3 + "and why"
    line = LineDraft("A", anchors=dict.fromkeys("12345", "x"), asked=(AskedDraft("Q", ((long, "How?"),)),))

    assert check([line]) == []


def test_a_rubric_that_somebody_else_changed_meanwhile_is_not_overwritten(engine: Engine, made) -> None:
    held = opened(engine, made)
    first, *rest = held.lines
    saved(engine, made, [replace(first, weight=4.0), *rest])

    with pytest.raises(BadInput, match="version 2 is there now"):
        saved(engine, made, [replace(first, weight=2.0), *rest], base=held.number)


def test_a_reviewer_reads_the_rubric_and_cannot_change_it(engine: Engine, made) -> None:
    reviewer = replace(made[1], role="reviewer")
    with session(engine) as db:
        lines = rubrics.current(db, reviewer, made[0]).lines
        with pytest.raises(NotAllowed):
            rubrics.save(db, reviewer, made[0], lines)


def test_another_organisations_rubric_is_not_there(engine: Engine, made) -> None:
    with session(engine) as db:
        _, other = builders.recruiter(db, builders.organisation(db, name="Other"), email="o@example.com")
        with pytest.raises(NotFound):
            rubrics.current(db, other, made[0])


def test_an_interview_keeps_what_it_was_planned_with_until_it_is_judged_by_the_present_rubric(engine: Engine) -> None:
    held = ended(engine)
    reports.build(engine, held.interview.id, SetJudge())
    made = (held.job.id, held.actor)
    with session(engine) as db:
        plans.save(db, held.actor, held.job.id, [held.question.id])
    line = next(one for one in opened(engine, made).lines if one.name == held.competency.name)
    saved(engine, made, [with_points(line, (FOUND, "How?"), ("Names who was told", "Whom did you tell?"))])

    with session(engine) as db:
        before = reports.view(db, held.actor, held.interview.id)
    reports.build(engine, held.interview.id, SetJudge())
    with session(engine) as db:
        planned = reports.view(db, held.actor, held.interview.id)
    reports.build(engine, held.interview.id, SetJudge(), present=True)
    with session(engine) as db:
        present = reports.view(db, held.actor, held.interview.id)

    def points(view) -> list[str]:
        return [one.point for one in view.scores[0].evidence]

    assert before.rubric_changed
    assert points(planned) == points(before)
    assert points(present) == [FOUND, "Names who was told"]
    assert not present.rubric_changed


def test_a_question_asked_in_other_words_keeps_the_points_it_was_asked_with(engine: Engine) -> None:
    held = ended(engine)
    reports.build(engine, held.interview.id, SetJudge())
    with session(engine) as db:
        edit = plans.Edit(
            "Tell me about a bug you found.", points=(("Names it", "Which?"),), question_id=held.question.id
        )
        edit = replace(edit, competency_id=held.competency.id)
        plans.save(db, held.actor, held.job.id, [held.question.id])
        plans.save(db, held.actor, held.job.id, [edit])
    reports.build(engine, held.interview.id, SetJudge(), present=True)

    with session(engine) as db:
        view = reports.view(db, held.actor, held.interview.id)
        assert [one.point for one in view.scores[0].evidence] == [
            p["point"] for p in db.get(Question, held.question.id).points
        ]


def test_a_rubric_without_values_offers_none(engine: Engine, made) -> None:
    with session(engine) as db:
        employer = db.get(Organisation, made[1].organisation_id)
        employer.values = ""
        db.add(employer)

    assert opened(engine, made).values == ()


def test_a_competency_that_left_the_job_is_not_judged_by_the_present_rubric(engine: Engine) -> None:
    held = ended(engine)
    with session(engine) as db:
        builders.competency(db, held.job, name="Care", position=1)
        plans.save(db, held.actor, held.job.id, [held.question.id])
    made = (held.job.id, held.actor)
    lines = [line for line in opened(engine, made).lines if line.name == "Care"]
    saved(engine, made, lines)
    reports.build(engine, held.interview.id, SetJudge(), present=True)

    with session(engine) as db:
        names = [score.name for score in reports.view(db, held.actor, held.interview.id).scores]
        assert db.get(Competency, held.competency.id) is not None
    assert held.competency.name not in names
    assert "Care" in names
