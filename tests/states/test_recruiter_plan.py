"""The Plan tab as a recruiter uses it: a draft that is hers until she saves, the editor, material, the company page."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import reflex as rx

from interview_platform import routes
from interview_platform.adapters.model_store import ModelStore
from interview_platform.models import Organisation, session
from interview_platform.ports import Grounded, Passage
from interview_platform.services import plans, practice
from interview_platform.states.plan_lines import PlanLine
from interview_platform.states.recruiter_company import CompanyState
from interview_platform.states.recruiter_job_form import JobFormState
from interview_platform.states.recruiter_material import MaterialState
from interview_platform.states.recruiter_plan import PlanState
from interview_platform.states.recruiter_plan_bank import PlanBankState
from interview_platform.states.recruiter_plan_editor import PlanEditorState
from interview_platform.states.recruiter_practice import PracticeState
from interview_platform.states.recruiter_voice import MISSING, VoiceState
from interview_platform.wiring import Platform
from tests import builders
from tests.states.recruiter_pages import Recruiter


@pytest.fixture
def robin(held: Platform) -> Recruiter:
    """A recruiter at the page of her job."""
    made = Recruiter(held)
    with session(held.engine) as db:
        job = builders.job(db, made.actor)
    made.job_id = job.id  # type: ignore[attr-defined]
    made.at(routes.job(job.id))
    return made


def saved(held: Platform, robin: Recruiter) -> plans.Plan:
    with session(held.engine) as db:
        return plans.current(db, robin.actor, robin.job_id)  # type: ignore[attr-defined]


def core(robin: Recruiter) -> PlanLine:
    return next(line for line in robin.state(PlanState).lines if line.kind == "core")


async def typed(robin: Recruiter, text: str) -> None:
    await robin.does(PlanEditorState.open_new)
    await robin.does(PlanEditorState.write, "text", text)
    await robin.does(PlanEditorState.done)


async def test_a_new_order_is_a_draft_until_it_is_saved(held: Platform, robin: Recruiter) -> None:
    await robin.does(PlanState.load)
    before = [line.key for line in robin.state(PlanState).lines]
    await robin.does(PlanState.move, before[1], 1)
    page = robin.state(PlanState)
    assert page.unsaved
    assert [line.key for line in saved(held, robin).lines] == before
    await robin.does(PlanState.save)
    assert not page.unsaved
    assert [line.key for line in saved(held, robin).lines][1:3] == [before[2], before[1]]
    assert "version 2" in page.saved_by


async def test_who_hears_the_page_is_told_where_a_question_stands_now(robin: Recruiter) -> None:
    await robin.does(PlanState.load)
    page = robin.state(PlanState)
    second = page.lines[1]
    await robin.does(PlanState.move, second.key, -1)
    assert page.moved == f"Now question 1 of {len(page.lines)}: {second.text[:80]}"
    await robin.does(PlanState.move, second.key, -1)
    assert page.lines[0].key == second.key


async def test_a_draft_is_there_again_after_the_tab_was_lost(robin: Recruiter) -> None:
    await robin.does(PlanState.load)
    await typed(robin, "Tell me about a night that went wrong.")
    robin.root.reset()
    robin.at(routes.job(robin.job_id))  # type: ignore[attr-defined]
    await robin.does(PlanState.load)
    page = robin.state(PlanState)
    assert page.unsaved
    assert "Tell me about a night that went wrong." in [line.text for line in page.lines]
    await robin.does(PlanState.discard)
    assert "Tell me about a night that went wrong." not in [line.text for line in page.lines]


async def test_what_was_taken_out_comes_back_to_its_place(robin: Recruiter) -> None:
    await robin.does(PlanState.load)
    page = robin.state(PlanState)
    before = [line.key for line in page.lines]
    await robin.does(PlanState.remove, before[2])
    assert before[2] not in [line.key for line in page.lines]
    assert "Taken out" in page.removed
    await robin.does(PlanState.undo)
    assert [line.key for line in page.lines] == before


async def test_an_edited_question_is_saved_as_a_new_row_with_its_points(held: Platform, robin: Recruiter) -> None:
    await robin.does(PlanState.load)
    old = core(robin).key
    await robin.does(PlanEditorState.open, old)
    await robin.does(PlanEditorState.write, "text", "What broke last?")
    await robin.does(PlanEditorState.write, "minutes", "3,5")
    await robin.does(PlanEditorState.write_point, 0, "follow_up", "What was it in the end?")
    await robin.does(PlanEditorState.done)
    assert core(robin).state == "edited"
    await robin.does(PlanState.save)
    line = core(robin)
    assert (line.text, line.minutes, line.points[0].follow_up) == ("What broke last?", "3.5", "What was it in the end?")
    assert line.key != old
    assert line.competency


async def test_protected_ground_is_flagged_while_typing_and_kept_only_when_confirmed(robin: Recruiter) -> None:
    await robin.does(PlanState.load)
    await robin.does(PlanEditorState.open_new)
    await robin.does(PlanEditorState.write, "text", "Do you have children?")
    editor = robin.state(PlanEditorState)
    assert editor.flags[0].stop
    await robin.does(PlanEditorState.done)
    assert editor.is_open
    assert editor.asking
    await robin.does(PlanEditorState.use_instead, 0)
    assert "children" not in editor.text
    await robin.does(PlanEditorState.write, "text", "Do you have children?")
    await robin.does(PlanEditorState.keep)
    kept = next(line for line in robin.state(PlanState).lines if line.kind == "custom")
    assert kept.flags[0].kind == "protected"


async def test_what_was_kept_against_advice_stays_with_the_question(held: Platform, robin: Recruiter) -> None:
    await robin.does(PlanState.load)
    await robin.does(PlanEditorState.open_new)
    await robin.does(PlanEditorState.write, "text", "Do you have children?")
    await robin.does(PlanEditorState.keep)
    await robin.does(PlanState.save)
    own = [line.question for line in saved(held, robin).lines if line.question and line.question.kind == "custom"]
    assert own[0].flags[0]["kind"] == "protected"


@pytest.mark.parametrize(("name", "text", "words"), [("minutes", "much", "number"), ("text", " ", "no words")])
async def test_a_mistake_in_the_editor_is_said_and_nothing_is_lost(
    robin: Recruiter, name: str, text: str, words: str
) -> None:
    await robin.does(PlanState.load)
    await robin.does(PlanEditorState.open, core(robin).key)
    await robin.does(PlanEditorState.write, name, text)
    await robin.does(PlanEditorState.done)
    editor = robin.state(PlanEditorState)
    assert editor.is_open
    assert words in editor.wrong
    assert not robin.state(PlanState).unsaved


async def test_a_bank_question_is_found_added_once_and_saved(held: Platform, robin: Recruiter) -> None:
    await robin.does(PlanState.load)
    await robin.does(PlanBankState.show)
    await robin.does(PlanBankState.find, "password")
    offer = robin.state(PlanBankState).offers[0]
    await robin.does(PlanState.add_bank, offer.key)
    [refusal] = await robin.does(PlanState.add_bank, offer.key)
    assert "in the plan already" in str(refusal)
    await robin.does(PlanState.save)
    assert offer.key in {line.question.source for line in saved(held, robin).lines if line.question}


async def test_a_bank_question_changed_before_saving_says_where_it_came_from(held: Platform, robin: Recruiter) -> None:
    await robin.does(PlanState.load)
    await robin.does(PlanState.add_bank, "backend-debugging-2")
    await robin.does(PlanEditorState.open, "bank:backend-debugging-2")
    await robin.does(PlanEditorState.write, "text", "Which slow request did you track down?")
    await robin.does(PlanEditorState.done)
    await robin.does(PlanState.save)
    rows = [line.question for line in saved(held, robin).lines if line.question]
    made = next(row for row in rows if row.text == "Which slow request did you track down?")
    assert (made.source, made.kind) == ("edited:backend-debugging-2", "core")


async def test_somebody_elses_version_is_told_before_it_is_written_over(held: Platform, robin: Recruiter) -> None:
    await robin.does(PlanState.load)
    keys = [line.key for line in robin.state(PlanState).lines]
    await robin.does(PlanState.move, keys[1], 1)
    with session(held.engine) as db:
        plans.remove(db, robin.actor, robin.job_id, keys[0])  # type: ignore[attr-defined]
    await robin.does(PlanState.save)
    page = robin.state(PlanState)
    assert page.overtaken
    assert "has changed since" in page.wrong
    await robin.does(PlanState.save_over)
    assert saved(held, robin).lines[0].key == keys[0]
    assert not page.unsaved


async def test_an_earlier_version_is_restored_only_without_unsaved_changes(robin: Recruiter) -> None:
    await robin.does(PlanState.load)
    await typed(robin, "Tell me about a night that went wrong.")
    [refusal] = await robin.does(PlanState.restore, 1)
    assert "Save or discard" in str(refusal)
    await robin.does(PlanState.save)
    await robin.does(PlanState.restore, 1)
    page = robin.state(PlanState)
    assert page.version == 3
    assert "Tell me about a night that went wrong." not in [line.text for line in page.lines]
    assert [line.version for line in page.versions] == [3, 2, 1]


async def test_coverage_follows_the_draft(robin: Recruiter) -> None:
    await robin.does(PlanState.load)
    line = core(robin)
    await robin.does(PlanState.remove, line.key)
    page = robin.state(PlanState)
    assert any(line.competency in text and "no question" in text for text in page.warnings)
    assert next(share for share in page.shares if share.name == line.competency).time == 0


async def test_saving_the_job_form_shows_the_plan_anew(robin: Recruiter) -> None:
    await robin.does(PlanState.load)
    await robin.does(JobFormState.load_job)
    await robin.does(JobFormState.add_question)
    await robin.does(JobFormState.write_question, 0, "Don't you agree that nights are fun?")
    form = robin.state(JobFormState)
    assert form.asked[0].flags[0].kind == "leading"
    await robin.does(JobFormState.use_instead, 0, 0)
    assert form.questions[0] != "Don't you agree that nights are fun?"
    [events] = await robin.does(JobFormState.save)
    assert PlanState.load in events


async def test_practice_opens_in_a_new_tab_and_is_deleted_with_a_question_before(
    held: Platform, robin: Recruiter
) -> None:
    await robin.does(PlanState.load)
    await robin.does(PracticeState.load)
    events = await robin.does(PracticeState.start)
    page = robin.state(PracticeState)
    assert page.link in str(events)
    assert [row.who for row in page.rows] == ["Practice (Robin Reyes)"]
    key = page.rows[0].interview
    await robin.does(PracticeState.ask, key)
    await robin.does(PracticeState.delete, key)
    assert page.rows == []
    with session(held.engine) as db:
        assert practice.listing(db, robin.actor, held.secret, robin.job_id, "") == []  # type: ignore[attr-defined]


class Beep:
    """Says a short tone."""

    name, rate = "beep", 8000

    def speak(self, text: str) -> Iterator[np.ndarray]:
        yield np.zeros(800, dtype=np.float32)


async def test_a_question_is_heard_in_the_voice_that_is_named(held: Platform, robin: Recruiter) -> None:
    held.__dict__["voice"] = Beep()
    await robin.does_in_background(VoiceState.hear, "one", "How are you?")
    page = robin.state(VoiceState)
    assert (page.voice, page.busy, page.wrong) == ("beep", False, "")
    assert page.address.startswith("http")


async def test_without_the_voices_weights_the_page_says_so(held: Platform, robin: Recruiter, tmp_path: Path) -> None:
    held.store = ModelStore(tmp_path)
    await robin.does_in_background(VoiceState.hear, "one", "How are you?")
    page = robin.state(VoiceState)
    assert (page.address, page.wrong) == ("", MISSING)


# --- texts to answer from ----------------------------------------------------------------------------------------


async def write(robin: Recruiter, title: str, text: str) -> None:
    await robin.does(MaterialState.write, "title", title)
    await robin.does(MaterialState.write, "text", text)
    await robin.does(MaterialState.save)


async def test_a_text_is_added_changed_put_back_and_removed(robin: Recruiter) -> None:
    await robin.does(MaterialState.load)
    await robin.does(MaterialState.open_new)
    await write(robin, "Benefits", "Everybody has 30 days of holiday.")
    page = robin.state(MaterialState)
    [line] = page.lines
    await robin.does(MaterialState.open, line.series)
    await write(robin, "Benefits", "Everybody has 28 days of holiday.")
    await robin.does(MaterialState.show_past, line.series)
    assert [past.version for past in page.past] == [2, 1]
    await robin.does(MaterialState.put_back, 1)
    assert "30 days" in page.lines[0].text
    await robin.does(MaterialState.remove, line.series)
    assert page.lines == []


async def test_a_file_becomes_a_text_and_the_same_file_again_its_next_version(robin: Recruiter) -> None:
    await robin.does(MaterialState.load)
    for words in (b"We give every engineer a laptop.", b"We give every engineer two laptops."):
        await robin.does(MaterialState.take_files, [rx.UploadFile(io.BytesIO(words), path=Path("handbook.md"))])
    page = robin.state(MaterialState)
    [line] = page.lines
    assert "two laptops" in line.text
    assert "Version 2" in line.facts


async def test_a_file_that_cannot_be_read_is_named_and_the_others_are_kept(robin: Recruiter) -> None:
    await robin.does(MaterialState.load)
    files = [("film.mp4", b"-"), ("handbook.txt", b"We give every engineer a laptop.")]
    await robin.does(MaterialState.take_files, [rx.UploadFile(io.BytesIO(one), path=Path(name)) for name, one in files])
    page = robin.state(MaterialState)
    assert len(page.lines) == 1
    assert "film.mp4" in page.problems[0]


async def test_texts_of_a_job_and_of_the_employer_are_kept_apart(robin: Recruiter) -> None:
    await robin.does(MaterialState.load)
    await robin.does(MaterialState.open_new)
    await write(robin, "Team", "The team is nine people.")
    robin.at(routes.COMPANY)
    await robin.does(MaterialState.load)
    page = robin.state(MaterialState)
    assert page.lines == []
    assert page.try_job == robin.job_id  # type: ignore[attr-defined]


class Knows:
    """Answers one question."""

    def answer_for(self, job_id: str, question: str) -> Grounded:
        if "holiday" not in question:
            return Grounded("", reason="No source speaks of it.")
        return Grounded("You have 30 days.", (Passage("1", "material", "Benefits", "30 days.", 0.9),))


async def test_a_tried_question_shows_the_answer_with_its_source_or_why_there_is_none(
    held: Platform, robin: Recruiter
) -> None:
    held.__dict__["answerer"] = Knows()
    await robin.does(MaterialState.load)
    await robin.does(MaterialState.write_question, "How much holiday is there?")
    await robin.does_in_background(MaterialState.try_it)
    page = robin.state(MaterialState)
    assert (page.answer, page.sources[0].title, page.trying) == ("You have 30 days.", "Material: Benefits", False)
    await robin.does(MaterialState.write_question, "Is there a pool?")
    await robin.does_in_background(MaterialState.try_it)
    assert (page.answer, page.reason, page.sources) == ("", "No source speaks of it.", [])


async def test_the_company_page_starts_from_a_template_whose_open_places_are_not_kept(
    held: Platform, robin: Recruiter
) -> None:
    await robin.does(CompanyState.load)
    await robin.does(CompanyState.use_template)
    page = robin.state(CompanyState)
    assert page.open_places >= 3
    first, rest = page.about.split("\n", 2)[0], page.about.split("\n", 2)[2]
    await robin.does(CompanyState.write, "about", f"{first}\nWe run clinics.\n{rest}")
    await robin.does(CompanyState.write, "values_text", "We ask first.\n\n  We say so. ")
    await robin.does(CompanyState.save)
    with session(held.engine) as db:
        row = db.get_one(Organisation, robin.actor.organisation_id)
    assert row.about == f"{first}\nWe run clinics."
    assert row.values == "We ask first.\nWe say so."
    assert not page.unsaved
    [refusal] = await robin.does(CompanyState.use_template)
    assert "has words already" in str(refusal)


async def test_the_preview_of_the_company_page_shows_markdown_and_runs_nothing(robin: Recruiter) -> None:
    await robin.does(CompanyState.load)
    await robin.does(CompanyState.write, "about", "## Us\n<script>go()</script> [a](javascript:go())")
    await robin.does(CompanyState.preview)
    shown = robin.state(CompanyState).shown
    assert "<h2>Us</h2>" in shown
    assert "<script" not in shown
    assert "href" not in shown
    await robin.does(CompanyState.preview)
    assert robin.state(CompanyState).shown == ""


async def test_another_organisations_job_shows_no_plan(held: Platform, robin: Recruiter) -> None:
    other = Recruiter(held, "other@example.com")
    other.at(routes.job(robin.job_id))  # type: ignore[attr-defined]
    await other.does(PlanState.load)
    assert not other.state(PlanState).ready
    assert other.state(PlanState).lines == []
    [refusal] = await other.does(PracticeState.start)
    assert "does not exist" in str(refusal)


async def test_a_question_shows_its_levels_until_its_points_are_changed(held: Platform, robin: Recruiter) -> None:
    await robin.does(PlanState.load)
    line = core(robin)
    assert len(line.levels) == 5
    await robin.does(PlanEditorState.open, line.key)
    await robin.does(PlanEditorState.write, "text", "Tell me about a fault that you found last year.")
    await robin.does(PlanEditorState.done)
    assert len(core(robin).levels) == 5
    await robin.does(PlanEditorState.open, line.key)
    await robin.does(PlanEditorState.write_point, 0, "point", "Says which tool was used to find it")
    await robin.does(PlanEditorState.done)
    assert core(robin).levels == []
