"""A job's pool: files in, ranking shown, interviews launched, links managed."""

from __future__ import annotations

from io import BytesIO

import pytest
import reflex as rx

from interview_platform import routes
from interview_platform.models import Interview, Job, Match, Message, session
from interview_platform.services import invites
from interview_platform.states.recruiter_candidate import CandidateState
from interview_platform.states.recruiter_interviews import InterviewsState, LinkState
from interview_platform.states.recruiter_launch import LaunchState
from interview_platform.states.recruiter_outbox import OutboxState
from interview_platform.states.recruiter_pool import PoolState
from interview_platform.wiring import Platform
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
    """A candidate in the job's pool; the application's id."""
    with session(held.engine) as db:
        job = db.get(Job, robin.job.id)  # type: ignore[attr-defined]
        who = builders.candidate(db, robin.actor, name=name, email=f"{name.split()[0].lower()}@example.com")
        row = builders.application(db, robin.actor, job, who)
        if score is not None:
            found = {"skill": "Python", "required": True, "sentence": "Built payment services in Python."}
            spans = {"start": 14, "end": 47, "similarity": 1.0}
            db.add(
                Match(
                    application_id=row.id,
                    score=score,
                    matched=[{**found, **spans}],
                    missing=[{"skill": "PostgreSQL", "required": True}],
                    parts={"required": 0.5},
                    ranker="test",
                )
            )
    return row.id


async def test_files_that_are_no_resumes_are_named_and_the_others_are_read_and_ranked(
    held: Platform, robin: Recruiter
) -> None:
    await robin.does(PoolState.load)
    files = [upload("photo.png", b"png"), upload("ada.txt", RESUME), upload("empty.pdf", b"")]
    given = await robin.does(PoolState.take_files, files)
    page = robin.state(PoolState)
    assert [refused.filename for refused in page.refused] == ["photo.png", "empty.pdf"]
    assert given == [PoolState.read_files]
    await robin.does_in_background(PoolState.read_files)
    assert [line.name for line in page.lines] == ["Ada Candidate"]
    assert page.lines[0].score >= 0
    assert (page.working, page.waiting) == ("", 0)


async def test_the_same_file_twice_is_refused_by_name(held: Platform, robin: Recruiter) -> None:
    await robin.does(PoolState.load)
    await robin.does(PoolState.take_files, [upload("ada.txt", RESUME), upload("copy.txt", RESUME)])
    [refused] = robin.state(PoolState).refused
    assert (refused.filename, "ada.txt" in refused.error) == ("copy.txt", True)


async def test_a_requirement_that_was_not_found_is_never_called_missing(held: Platform, robin: Recruiter) -> None:
    apply(held, robin, score=82)
    await robin.does(PoolState.load)
    [line] = robin.state(PoolState).lines
    assert (line.score, line.steps) == (82, 5)
    assert [(dot.skill, dot.look, dot.said) for dot in line.dots] == [
        ("Python", "found", "found in the résumé"),
        ("PostgreSQL", "gap", "not found in the résumé"),
    ]


async def test_the_side_panel_quotes_the_sentence_behind_the_rank(held: Platform, robin: Recruiter) -> None:
    application = apply(held, robin, score=82)
    await robin.does(CandidateState.show, application)
    panel = robin.state(CandidateState)
    assert [reason.sentence for reason in panel.reasons] == ["Built payment services in Python."]
    assert panel.gaps == [["PostgreSQL", "required"]]
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
