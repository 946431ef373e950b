"""A job's pool: files in, ranking shown, interviews launched, links managed."""

from __future__ import annotations

from io import BytesIO

import pytest
import reflex as rx

from interview_platform import routes
from interview_platform.models import Interview, Job, Match, Message, session
from interview_platform.services import invites, pool_standing
from interview_platform.states import pool_work
from interview_platform.states.pool_intake import IntakeState
from interview_platform.states.pool_weights import WeightsState
from interview_platform.states.recruiter_candidate import CandidateState
from interview_platform.states.recruiter_interviews import InterviewsState, LinkState
from interview_platform.states.recruiter_launch import LaunchState
from interview_platform.states.recruiter_outbox import OutboxState
from interview_platform.states.recruiter_pool import PoolState
from interview_platform.wiring import Platform
from interview_platform.workflows.ingest import Progress
from tests import builders
from tests.fakes import HashingEmbeddings
from tests.states.recruiter_pages import Recruiter

RESUME = (
    b"Ada Candidate\nada@example.com\n\nExperience\nBackend Engineer, Acme, 2019 - 2024\n- Wrote services in Python.\n"
)


@pytest.fixture
def robin(held: Platform) -> Recruiter:
    """A recruiter at the page of her only job; sentence similarity is deterministic."""
    held.__dict__["embeddings"] = HashingEmbeddings()
    made = Recruiter(held)
    with session(held.engine) as db:
        made.job = builders.job(db, made.actor)  # type: ignore[attr-defined]
    made.at(routes.job(made.job.id))  # type: ignore[attr-defined]
    return made


def upload(name: str, content: bytes) -> rx.UploadFile:
    """A file as the framework hands it over."""
    from pathlib import Path

    return rx.UploadFile(file=BytesIO(content), path=Path(name))


def apply(held: Platform, robin: Recruiter, name: str = "Ada Candidate", score: float | None = None) -> str:
    """A candidate in the job's pool, with what ranking would have written; the application's id."""
    with session(held.engine) as db:
        job = db.get(Job, robin.job.id)  # type: ignore[attr-defined]
        who = builders.candidate(db, robin.actor, name=name, email=f"{name.split()[0].lower()}@example.com")
        row = builders.application(db, robin.actor, job, who)
        row.haystack, row.name_key = f"{name} {who.email}".casefold(), name.casefold()
        if score is not None:
            row.score, row.found = score, "|python=2|kubernetes=1|"
            ranker = pool_standing.ranker(job, "test")
            db.add(Match(application_id=row.id, score=score, parts={"required": 0.5}, ranker=ranker))
        db.add(row)
    return row.id


async def test_files_that_are_no_resumes_are_named_and_the_others_are_read_and_ranked(
    held: Platform, robin: Recruiter
) -> None:
    await robin.does(IntakeState.load)
    files = [upload("photo.png", b"png"), upload("ada.txt", RESUME), upload("empty.pdf", b"")]
    given = await robin.does(IntakeState.take_files, files)
    page = robin.state(IntakeState)
    assert [refused.filename for refused in page.refused] == ["photo.png", "empty.pdf"]
    assert given == [IntakeState.read_files]
    assert page.reading == "Reading begins"  # not "1 file waits" until the first word on progress is there
    after = await robin.does_in_background(IntakeState.read_files)
    assert PoolState.refresh in after
    assert (page.reading, page.waiting, page.taken) == ("", 0, 1)
    await robin.does(PoolState.load)
    [line] = robin.state(PoolState).lines
    assert line.name == "Ada Candidate"
    assert line.score >= 0


async def test_the_same_file_twice_is_refused_by_name_and_the_others_go_on(held: Platform, robin: Recruiter) -> None:
    await robin.does(IntakeState.load)
    files = [upload("ada.txt", RESUME), upload("copy.txt", RESUME), upload("ben.txt", RESUME + b"Rust\n")]
    await robin.does(IntakeState.take_files, files)
    [refused] = robin.state(IntakeState).refused
    assert (refused.filename, "ada.txt" in refused.error) == ("copy.txt", True)
    assert robin.state(IntakeState).waiting == 2


async def test_a_paused_intake_keeps_what_arrives_and_resumes_with_one_click(held: Platform, robin: Recruiter) -> None:
    await robin.does(IntakeState.load)
    await robin.does(IntakeState.pause)
    assert await robin.does(IntakeState.take_files, [upload("ada.txt", RESUME)]) == []
    page = robin.state(IntakeState)
    assert (page.paused, page.waiting) == (True, 1)
    await robin.does(IntakeState.load)  # the page opened again, as after a restart
    assert (page.paused, page.waiting) == (True, 1)
    assert await robin.does(IntakeState.resume) == [IntakeState.read_files]
    await robin.does_in_background(IntakeState.read_files)
    assert (page.paused, page.waiting) == (False, 0)


async def test_files_the_browser_did_not_send_are_listed_with_the_way_out(held: Platform, robin: Recruiter) -> None:
    await robin.does(IntakeState.load)
    await robin.does(IntakeState.turn_away, [["notes.xlsx", "kind"], ["huge.pdf", "size"], ["gone.pdf", "unreadable"]])
    told = {refused.filename: refused.error for refused in robin.state(IntakeState).refused}
    assert told == {
        "notes.xlsx": pool_work.WRONG_KIND,
        "huge.pdf": pool_work.TOO_LARGE,
        "gone.pdf": pool_work.UNREADABLE,
    }


def test_progress_is_said_with_failures_and_the_time_left() -> None:
    words = pool_work.progress_words
    assert words(Progress(0, 500, 0, None)) == "Reading file 1 of 500"
    assert words(Progress(120, 500, 3, 240)) == "Reading file 121 of 500 · 3 could not be read · about 4 minutes left"
    assert words(Progress(499, 500, 0, 2)) == "Reading file 500 of 500 · less than a minute left"
    assert words(Progress(500, 500, 0, 0, ranking=True)) == "Ranking candidates"


async def test_a_requirement_that_was_not_found_is_never_called_missing(held: Platform, robin: Recruiter) -> None:
    apply(held, robin, score=82)
    await robin.does(PoolState.load)
    [line] = robin.state(PoolState).lines
    assert (line.score, line.steps) == (82, 5)
    assert [(dot.skill, dot.look, dot.said) for dot in line.dots] == [
        ("Python", "found", "found in the résumé"),
        ("PostgreSQL", "gap", "not found in the résumé"),
        ("Kubernetes", "near", "partly found in the résumé (preferred)"),
    ]


async def test_search_status_and_requirement_narrow_the_list_and_are_cleared_at_once(
    held: Platform, robin: Recruiter
) -> None:
    for name, score in (("Ada Candidate", 82), ("Ben Candidate", 40), ("Cy Other", None)):
        apply(held, robin, name, score)
    await robin.does(PoolState.load)
    page = robin.state(PoolState)
    assert [line.name for line in page.lines] == ["Ada Candidate", "Ben Candidate", "Cy Other"]
    assert ["!PostgreSQL", "PostgreSQL: not found"] in page.requirements
    await robin.does(PoolState.find, "candidate")
    await robin.does(PoolState.pick_requirement, "!PostgreSQL")
    assert [line.name for line in page.lines] == ["Ada Candidate", "Ben Candidate"]
    assert (page.shown, page.narrowed) == ("Rows 1–2 of 2", True)
    await robin.does(PoolState.pick_stage, "rejected")
    assert (page.lines, page.everyone) == ([], 3)
    await robin.does(PoolState.clear_filters)
    assert (len(page.lines), page.narrowed, page.search) == (3, False, "")


async def test_pages_turn_to_the_last_and_back_and_everybody_found_can_be_chosen(
    held: Platform, robin: Recruiter
) -> None:
    for number in range(120):
        apply(held, robin, f"Person {number:03}", score=100 - number / 2)
    await robin.does(PoolState.load)
    page = robin.state(PoolState)
    await robin.does(PoolState.page, "last")
    assert (page.shown, len(page.lines)) == ("Rows 101–120 of 120", 20)
    assert page.lines[-1].number == 120
    await robin.does(PoolState.page, "first")
    await robin.does(PoolState.choose_page)
    assert (len(page.chosen), page.all_here, page.more_match) == (50, True, True)
    await robin.does(PoolState.choose_all)
    assert (len(page.chosen), page.more_match) == (120, False)
    await robin.does(PoolState.page, "later")
    assert all(line.chosen for line in page.lines)
    await robin.does(PoolState.clear)
    assert not any(line.chosen for line in page.lines)


async def test_moving_a_weight_ranks_the_list_at_once_and_resetting_takes_it_back(
    held: Platform, robin: Recruiter
) -> None:
    first, second = apply(held, robin, "Ada Candidate", 60), apply(held, robin, "Ben Candidate", 50)
    with session(held.engine) as db:
        for match in db.exec(rows_of(Match)).all():
            whole = {"required": 1.0, "meaning": 0.0} if match.application_id == first else {"required": 0.0}
            match.parts = {"meaning": 1.0, **whole}
            db.add(match)
    await robin.does(PoolState.load)
    await robin.does(WeightsState.toggle)
    panel, page = robin.state(WeightsState), robin.state(PoolState)
    assert not panel.own
    for part in ("required", "meaning"):
        assert await robin.does(WeightsState.write, part, "0" if part == "required" else "100") == [WeightsState.apply]
    await robin.does_in_background(WeightsState.apply)
    await robin.does(PoolState.refresh)
    assert [line.application for line in page.lines] == [second, first]
    assert panel.own
    await robin.does(WeightsState.reset_weights)
    await robin.does_in_background(WeightsState.apply)
    assert not panel.own
    await robin.does(WeightsState.toggle)
    await robin.does(WeightsState.toggle)
    assert not panel.own


async def test_another_jobs_page_begins_with_its_own_weights(held: Platform, robin: Recruiter) -> None:
    apply(held, robin, score=60)
    await robin.does(WeightsState.toggle)
    with session(held.engine) as db:
        other = builders.job(db, robin.actor, title="Other", preferred_skills=[])
    robin.at(routes.job(other.id))
    await robin.does(WeightsState.load)
    panel = robin.state(WeightsState)
    assert not panel.is_open
    await robin.does(WeightsState.toggle)
    assert "preferred" not in [slider.part for slider in panel.sliders]


async def test_a_score_of_no_part_at_all_is_refused_and_the_list_stays(held: Platform, robin: Recruiter) -> None:
    apply(held, robin, score=60)
    await robin.does(WeightsState.toggle)
    panel = robin.state(WeightsState)
    given = []
    for slider in list(panel.sliders):
        given = await robin.does(WeightsState.write, slider.part, "0")
    assert (given, panel.wrong.startswith("At least one part")) == ([], True)


async def test_a_changed_job_asks_for_a_new_ranking(held: Platform, robin: Recruiter) -> None:
    apply(held, robin, score=82)
    await robin.does(PoolState.load)
    page = robin.state(PoolState)
    assert page.rank_why == ""
    with session(held.engine) as db:
        job = db.get(Job, robin.job.id)  # type: ignore[attr-defined]
        job.required_skills = ["Python", "Rust"]
        db.add(job)
    await robin.does(PoolState.refresh)
    assert page.rank_why == "The job changed since this ranking."
    await robin.does_in_background(PoolState.rank)
    assert page.rank_why == ""


async def test_the_side_panel_quotes_the_sentence_behind_the_rank(held: Platform, robin: Recruiter) -> None:
    application = apply(held, robin, score=82)
    await robin.does(CandidateState.show, application)
    panel = robin.state(CandidateState)
    held_by_skill = {reason.skill: reason for reason in panel.reasons}
    assert "payment services in Python" in held_by_skill["Python"].sentence
    assert held_by_skill["PostgreSQL"].said == "required, not found"
    assert panel.href == routes.candidate(robin.job.id, application)  # type: ignore[attr-defined]
    assert panel.may_launch


async def test_a_candidate_of_another_organisation_does_not_open(held: Platform, robin: Recruiter) -> None:
    other = Recruiter(held, "other@example.com")
    application = apply(held, robin)
    await other.does(CandidateState.show, application)
    assert not other.state(CandidateState).is_open
    assert other.state(CandidateState).name == ""


async def test_launching_gives_each_chosen_candidate_a_link_and_a_mail(held: Platform, robin: Recruiter) -> None:
    for name in ("Ada Candidate", "Ben Candidate"):
        await robin.does(PoolState.choose, apply(held, robin, name))
    await robin.does(LaunchState.prepare, [])
    await robin.does_in_background(LaunchState.launch)
    people = robin.state(LaunchState).people
    assert [person.state for person in people] == ["done", "done"]
    with session(held.engine) as db:
        opened = [invites.open_link(db, held.secret, person.link.rsplit("/", 1)[1]) for person in people]
        mails = db.exec(rows_of(Message)).all()
    assert [invited.candidate.name for invited in opened] == ["Ada Candidate", "Ben Candidate"]
    assert {mail.status for mail in mails} == {"kept"}


async def test_launching_twice_keeps_one_open_link(held: Platform, robin: Recruiter) -> None:
    application = apply(held, robin)
    links = []
    for _ in range(2):
        await robin.does(LaunchState.prepare, [application])
        await robin.does_in_background(LaunchState.launch)
        links.append(robin.state(LaunchState).people[0].link)
    assert links[0] == links[1]
    with session(held.engine) as db:
        assert len(db.exec(rows_of(Interview)).all()) == 1


async def test_days_out_of_range_are_named_before_anything_is_launched(held: Platform, robin: Recruiter) -> None:
    application = apply(held, robin)
    await robin.does(LaunchState.prepare, [application])
    await robin.does(LaunchState.write_days, "400")
    await robin.does_in_background(LaunchState.launch)
    assert robin.state(LaunchState).wrong == "Type a number of days, 1 to 90."
    with session(held.engine) as db:
        assert db.exec(rows_of(Interview)).all() == []


async def test_a_link_can_be_extended_and_withdrawn_from_the_list(held: Platform, robin: Recruiter) -> None:
    await robin.does(LaunchState.prepare, [apply(held, robin)])
    await robin.does_in_background(LaunchState.launch)
    await robin.does(InterviewsState.load)
    [line] = robin.state(InterviewsState).lines
    await robin.does(LinkState.show, line.invite)
    dialog = robin.state(LinkState)
    before = dialog.until
    await robin.does(LinkState.extend)
    assert dialog.until != before
    await robin.does(LinkState.revoke)
    assert dialog.withdrawn
    await robin.does(InterviewsState.load)
    assert robin.state(InterviewsState).lines[0].status == "Link withdrawn"


async def test_the_outbox_shows_a_failed_mail_with_its_error_and_tries_again(held: Platform, robin: Recruiter) -> None:
    await robin.does(LaunchState.prepare, [apply(held, robin)])
    await robin.does_in_background(LaunchState.launch)
    with session(held.engine) as db:
        mail = db.exec(rows_of(Message)).one()
        mail.status, mail.error = "failed", "The mail server refused it."
        db.add(mail)
    await robin.does(OutboxState.load)
    [line] = robin.state(OutboxState).lines
    assert (line.status, line.error) == ("Failed", "The mail server refused it.")
    await robin.does_in_background(OutboxState.retry, line.key)
    assert robin.state(OutboxState).lines[0].status == "Kept here"


def rows_of(table: type) -> object:
    """All rows of a table."""
    from sqlmodel import select

    return select(table)
