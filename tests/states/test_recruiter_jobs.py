"""Jobs as a recruiter sees them: the list, the form with its draft, the job's page."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import reflex as rx

from interview_platform import routes
from interview_platform.errors import ResumeUnreadable
from interview_platform.models import session
from interview_platform.ports import ParsedFile
from interview_platform.services import jobs
from interview_platform.states.job_reading import JobReadingState
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.recruiter_job import JobState
from interview_platform.states.recruiter_job_form import JobFormState
from interview_platform.states.recruiter_jobs import JobsState
from interview_platform.wiring import Platform
from tests import builders
from tests.states.recruiter_pages import Recruiter


@pytest.fixture
def robin(held: Platform) -> Recruiter:
    """A recruiter of an organisation without jobs."""
    return Recruiter(held)


async def test_a_job_typed_in_is_created_with_its_skills_and_questions(held: Platform, robin: Recruiter) -> None:
    await robin.does(JobFormState.load)
    await robin.does(JobFormState.write, "title", "Staff nurse, night shift")
    await robin.does(JobFormState.add_skill, "required", "Triage, Wound care; triage")
    await robin.does(JobFormState.add_question)
    await robin.does(JobFormState.write_question, 0, "What would you change about handovers?")
    await robin.does(JobFormState.save)
    with session(held.engine) as db:
        [row] = jobs.listing(db, robin.actor)
        asked = jobs.custom_questions(db, robin.actor, row.job.id)
        looked_for = jobs.competencies(db, robin.actor, row.job.id)
    assert row.job.required_skills == ["Triage", "Wound care"]
    assert row.job.role_family == "nursing"
    assert [question.text for question in asked] == ["What would you change about handovers?"]
    assert looked_for != []
    assert all(competency.anchors for competency in looked_for)


async def test_a_job_without_a_title_is_not_saved_and_loses_nothing(held: Platform, robin: Recruiter) -> None:
    await robin.does(JobFormState.load)
    await robin.does(JobFormState.add_skill, "preferred", "Kafka")
    await robin.does(JobFormState.save)
    form = robin.state(JobFormState)
    assert form.wrong_title == "Give the job a title."
    assert list(form.preferred) == ["Kafka"]
    with session(held.engine) as db:
        assert jobs.listing(db, robin.actor) == []


async def test_unsaved_input_is_there_again_in_another_tab(held: Platform, robin: Recruiter) -> None:
    await robin.does(JobFormState.load)
    await robin.does(JobFormState.write, "title", "Backend Engineer")
    await robin.does(JobFormState.write_competency, 0, "description", "Finds the cause.")
    first = robin.state(JobFormState)
    robin.root.reset()
    robin.at()
    await robin.does(JobFormState.load)
    form = robin.state(JobFormState)
    assert first is form
    assert form.title == "Backend Engineer"
    assert form.competencies[0].description == "Finds the cause."
    assert form.touched


async def test_another_role_family_brings_its_competencies_only_while_they_are_untouched(robin: Recruiter) -> None:
    await robin.does(JobFormState.load)
    await robin.does(JobFormState.write, "family", "nursing")
    form = robin.state(JobFormState)
    suggested = [item.name for item in form.competencies]
    await robin.does(JobFormState.write_competency, 0, "name", "Calm under load")
    await robin.does(JobFormState.write, "family", "backend")
    assert [item.name for item in form.competencies] == ["Calm under load", *suggested[1:]]


async def test_a_competency_of_the_question_bank_is_added_once_with_its_levels(robin: Recruiter) -> None:
    await robin.does(JobFormState.load)
    form = robin.state(JobFormState)
    offered = form.further[0]
    await robin.does(JobFormState.take_competency, offered)
    await robin.does(JobFormState.take_competency, offered)
    assert [item.name for item in form.competencies].count(offered) == 1
    assert all(form.competencies[-1].anchors)
    assert offered not in form.further


async def test_a_weight_that_is_no_number_is_named(robin: Recruiter) -> None:
    await robin.does(JobFormState.load)
    await robin.does(JobFormState.write, "title", "Backend Engineer")
    await robin.does(JobFormState.write_competency, 0, "weight", "much")
    await robin.does(JobFormState.save)
    assert "must be a number" in robin.state(JobFormState).wrong


async def test_the_list_narrows_by_words_in_any_order(held: Platform, robin: Recruiter) -> None:
    with session(held.engine) as db:
        builders.job(db, robin.actor, title="Backend Engineer", location="Leeds")
        builders.job(db, robin.actor, title="Ward nurse", location="York")
    await robin.does(JobsState.load)
    await robin.does(JobsState.find, "york nurse")
    assert [line.title for line in robin.state(JobsState).lines] == ["Ward nurse"]


async def test_a_job_of_another_organisation_looks_like_one_that_does_not_exist(
    held: Platform, robin: Recruiter
) -> None:
    other = Recruiter(held, "other@example.com")
    with session(held.engine) as db:
        theirs = builders.job(db, other.actor)
    robin.at(routes.job(theirs.id))
    await robin.does(JobState.load)
    page = robin.state(JobState)
    assert not page.ready
    assert page.title == ""
    assert "does not exist, or is not yours" in page.problem


async def test_going_to_another_job_leaves_nothing_of_the_first(held: Platform, robin: Recruiter) -> None:
    with session(held.engine) as db:
        first = builders.job(db, robin.actor, title="First")
        builders.competency(db, first)
        second = builders.job(db, robin.actor, title="Second")
    robin.at(routes.job(first.id))
    await robin.does(JobState.load)
    await robin.does(JobState.pick_tab, "plan")
    robin.at(routes.job(second.id))
    await robin.does(JobState.load)
    page = robin.state(JobState)
    assert (page.title, page.tab, list(page.competencies)) == ("Second", "pool", [])


async def test_without_a_session_the_page_is_emptied_and_sign_in_opens(held: Platform, robin: Recruiter) -> None:
    with session(held.engine) as db:
        builders.job(db, robin.actor)
    await robin.does(JobsState.load)
    assert robin.state(JobsState).lines
    robin.at(cookie="")
    [event] = await robin.does(JobsState.load)
    assert not robin.state(JobsState).lines
    assert "/sign-in" in str(event)


async def test_another_person_in_the_same_tab_finds_nothing_of_the_first(held: Platform, robin: Recruiter) -> None:
    with session(held.engine) as db:
        builders.job(db, robin.actor)
    await robin.does(RecruiterState.enter)
    await robin.does(JobsState.load)
    robin.session_id = Recruiter(held, "other@example.com").session_id
    robin.at(routes.JOBS)
    await robin.does(RecruiterState.enter)
    assert robin.state(JobsState).user_email == "other@example.com"
    assert list(robin.state(JobsState).lines) == []


# --- reading an advert ------------------------------------------------------------------------------------------

ADVERT = """Ward Nurse
Location: York

He works with our young team on ward 4.

Requirements
- Experience with triage and wound care
- RN licence
- Fluent in Polish

Nice to have
- Phlebotomy training
"""


class OneText:
    """Reads every file as the same text, or not at all."""

    def __init__(self, text: str = "", reason: str = "") -> None:
        self.text, self.reason = text, reason

    def parse(self, filename: str, content: bytes) -> ParsedFile:
        if self.reason:
            raise ResumeUnreadable("This résumé cannot be read.", self.reason)
        return ParsedFile(self.text, 1, "text/plain")


async def opened(robin: Recruiter, path: str = routes.NEW_JOB) -> None:
    robin.at(path)
    await robin.does(JobFormState.load)
    await robin.does(JobReadingState.load)


def upload(name: str, content: bytes = b"x") -> rx.UploadFile:
    return rx.UploadFile(file=io.BytesIO(content), path=Path(name))


async def test_a_pasted_advert_fills_the_form_and_saves_nothing(held: Platform, robin: Recruiter) -> None:
    await opened(robin)
    await robin.does(JobReadingState.read_text, ADVERT)
    form = robin.state(JobFormState)
    assert (form.title, form.location, form.family) == ("Ward Nurse", "York", "nursing")
    assert {"Triage", "Wound care"} <= set(form.required)
    assert form.description == ADVERT.strip()
    assert [(item.kind, item.value) for item in form.conditions] == [
        ("licence", "Registered nurse"),
        ("language", "Polish"),
    ]
    assert form.sources["Triage"] == "Experience with triage and wound care"
    assert "nothing is saved yet" in robin.state(JobReadingState).told
    with session(held.engine) as db:
        assert jobs.listing(db, robin.actor) == []


async def test_what_was_read_is_saved_when_the_person_says_so(held: Platform, robin: Recruiter) -> None:
    await opened(robin)
    await robin.does(JobReadingState.read_text, ADVERT)
    await robin.does(JobFormState.write_condition, 1, "value", "German")
    await robin.does(JobFormState.save)
    with session(held.engine) as db:
        [row] = jobs.listing(db, robin.actor)
    assert row.job.title == "Ward Nurse"
    assert [held["value"] for held in row.job.conditions] == ["Registered nurse", "German"]
    assert row.job.conditions[0]["text"] == "RN licence"


async def test_reading_asks_before_it_overwrites_and_can_be_undone(robin: Recruiter) -> None:
    await opened(robin)
    await robin.does(JobFormState.write, "title", "Night nurse")
    await robin.does(JobFormState.add_skill, "required", "Kafka")
    await robin.does(JobReadingState.read_text, ADVERT)
    form, reading = robin.state(JobFormState), robin.state(JobReadingState)
    assert reading.asking == "This would overwrite the title and the skills."
    assert (form.title, form.description) == ("Night nurse", "")
    await robin.does(JobReadingState.overwrite)
    assert form.title == "Ward Nurse"
    assert "Kafka" not in form.required
    await robin.does(JobReadingState.undo)
    assert (form.title, list(form.required), form.description) == ("Night nurse", ["Kafka"], "")
    assert list(form.conditions) == []


async def test_after_the_form_is_discarded_there_is_no_reading_to_undo(robin: Recruiter) -> None:
    await opened(robin)
    await robin.does(JobReadingState.read_text, ADVERT)
    await robin.does(JobReadingState.forget)
    assert robin.state(JobReadingState).told
    await robin.does(JobFormState.discard)
    await robin.does(JobReadingState.forget)
    assert robin.state(JobReadingState).told == ""
    await robin.does(JobReadingState.undo)
    assert robin.state(JobFormState).title == ""


async def test_what_was_typed_can_stay_beside_what_was_read(robin: Recruiter) -> None:
    await opened(robin)
    await robin.does(JobFormState.write, "title", "Night nurse")
    await robin.does(JobFormState.add_skill, "preferred", "Triage")
    await robin.does(JobReadingState.read_text, ADVERT)
    await robin.does(JobReadingState.fill_gaps)
    form = robin.state(JobFormState)
    assert (form.title, form.location) == ("Night nurse", "York")
    assert "Triage" in form.preferred
    assert "Triage" not in form.required
    assert "Wound care" in form.required


async def test_a_reading_that_was_called_off_changes_nothing(robin: Recruiter) -> None:
    await opened(robin)
    await robin.does(JobFormState.write, "title", "Night nurse")
    await robin.does(JobReadingState.read_text, ADVERT)
    await robin.does(JobReadingState.cancel)
    assert robin.state(JobReadingState).asking == ""
    assert robin.state(JobFormState).description == ""


@pytest.mark.parametrize(("text", "words"), [("A nurse.", "too short"), ("1234567890 " * 8, "Nothing was found")])
async def test_what_is_no_advert_is_refused_with_the_way_on(robin: Recruiter, text: str, words: str) -> None:
    await opened(robin)
    await robin.does(JobReadingState.read_text, text)
    assert words in robin.state(JobReadingState).wrong
    assert robin.state(JobFormState).title == ""


async def test_an_advert_is_read_out_of_a_file(held: Platform, robin: Recruiter) -> None:
    held.__dict__["parser"] = OneText(ADVERT)
    await opened(robin)
    await robin.does(JobReadingState.take_file, [upload("advert.PDF")])
    assert robin.state(JobFormState).title == "Ward Nurse"
    assert not robin.state(JobReadingState).reading


@pytest.mark.parametrize(
    ("name", "reason", "words"),
    [
        ("advert.pdf", "encrypted", "password"),
        ("advert.pdf", "scanned", "picture"),
        ("advert.docx", "zip_bomb", "could not be read"),
        ("advert.exe", "", "not a PDF"),
    ],
)
async def test_a_file_that_cannot_be_read_says_why(
    held: Platform, robin: Recruiter, name: str, reason: str, words: str
) -> None:
    held.__dict__["parser"] = OneText(reason=reason)
    await opened(robin)
    await robin.does(JobReadingState.take_file, [upload(name)])
    reading = robin.state(JobReadingState)
    assert words in reading.wrong
    assert "résumé" not in reading.wrong
    assert not reading.reading


async def test_a_skill_changes_lists_by_one_click(robin: Recruiter) -> None:
    await opened(robin)
    await robin.does(JobFormState.add_skill, "required", "Triage, Wound care")
    await robin.does(JobFormState.move_skill, "required", "Triage")
    form = robin.state(JobFormState)
    assert (list(form.required), list(form.preferred)) == (["Wound care"], ["Triage"])
    await robin.does(JobFormState.move_skill, "preferred", "Triage")
    assert (list(form.required), list(form.preferred)) == (["Wound care", "Triage"], [])


async def test_wording_is_pointed_at_replaced_and_put_back(robin: Recruiter) -> None:
    await opened(robin)
    await robin.does(JobFormState.write, "description", "He joins our young team.")
    form = robin.state(JobFormState)
    assert [item.words for item in form.wording] == ["He", "young"]
    await robin.does(JobReadingState.replace_words, form.wording[0].key)
    assert form.description == "They joins our young team."
    await robin.does(JobReadingState.undo_replacement)
    assert form.description == "He joins our young team."
    assert "".join(part.text for part in form.marked) == form.description


async def test_words_a_person_keeps_are_not_pointed_at_again(robin: Recruiter) -> None:
    await opened(robin)
    await robin.does(JobFormState.write, "description", "He joins our young team. He leads.")
    await robin.does(JobReadingState.keep_words, "He")
    form = robin.state(JobFormState)
    assert [item.words for item in form.wording] == ["young"]
    await robin.does(JobFormState.write, "description", "He joins our team.")
    assert list(form.wording) == []
    await robin.does(JobReadingState.show_kept)
    assert [item.words for item in form.wording] == ["He"]


async def test_a_place_that_was_edited_away_is_not_replaced(robin: Recruiter) -> None:
    await opened(robin)
    await robin.does(JobFormState.write, "description", "Our chairman decides.")
    key = robin.state(JobFormState).wording[0].key
    await robin.does(JobFormState.write, "description", "The board decides.")
    await robin.does(JobReadingState.replace_words, key)
    assert robin.state(JobFormState).description == "The board decides."


async def test_an_existing_jobs_conditions_are_changed_on_its_settings(held: Platform, robin: Recruiter) -> None:
    with session(held.engine) as db:
        job = builders.job(db, robin.actor, title="Driver")
    robin.at(routes.job(job.id))
    await robin.does(JobFormState.load_job)
    await robin.does(JobReadingState.load)
    assert not robin.state(JobReadingState).is_open
    await robin.does(JobFormState.add_condition)
    await robin.does(JobFormState.write_condition, 0, "value", "Driving licence")
    await robin.does(JobFormState.save)
    with session(held.engine) as db:
        kept = jobs.draft_of(db, robin.actor, job.id).conditions
    assert [(one.kind, one.value) for one in kept] == [("licence", "Driving licence")]
    await robin.does(JobFormState.remove_condition, 0)
    await robin.does(JobFormState.save)
    with session(held.engine) as db:
        assert jobs.draft_of(db, robin.actor, job.id).conditions == ()
