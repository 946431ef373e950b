"""The second look in the pool, with a local Gemini server: asked for, told, in two orders; and without a model."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from interview_platform import routes
from interview_platform.adapters.langchain_chat import chat_model
from interview_platform.adapters.langchain_reranker import LangChainReranker
from interview_platform.models import Match, Resume, session
from interview_platform.services import pool_index
from interview_platform.services.resumes import read_facts
from interview_platform.states.pool_second import SecondLookState
from interview_platform.states.recruiter_candidate import CandidateState
from interview_platform.states.recruiter_pool import PoolState
from interview_platform.wiring import Platform
from tests import builders
from tests.adapters.gemini_server import Gemini, gemini
from tests.fakes import HashingEmbeddings
from tests.states.recruiter_pages import Recruiter

PEOPLE = {
    "Ada Nwosu": "Wrote billing services in Python on PostgreSQL.",
    "Ben Ortiz": "Wrote reports in Python for the whole company.",
}


def brain(prompt: str, _schema: dict[str, Any]) -> object:
    """Ben's line alone deserves full marks."""
    numbers = re.findall(r"(?m)^(\d+)\. ", prompt[prompt.rindex("Requirements:") : prompt.rindex("Résumé:")])
    quote = "Wrote reports in Python for the whole company"
    level = 3 if quote in prompt else 0
    return {
        "grades": [
            {"requirement_number": int(number), "level": level, "quote": quote if level else ""} for number in numbers
        ]
    }


@pytest.fixture
def server() -> Iterator[Gemini]:
    with gemini(brain) as running:
        yield running


@pytest.fixture
def robin(held: Platform) -> Recruiter:
    """A recruiter whose only job has a ranked pool of two."""
    pool_index.forget()
    held.__dict__["embeddings"] = HashingEmbeddings()
    made = Recruiter(held)
    with session(held.engine) as db:
        job = builders.job(db, made.actor)
        for name, work in PEOPLE.items():
            facts = read_facts(f"{name}\nExperience\nEngineer, Acme\t2019 - Present\n{work}\n")
            row = builders.application(db, made.actor, job, builders.candidate(db, made.actor, name=name, email=""))
            resume = db.get_one(Resume, row.resume_id)
            resume.text, resume.facts, resume.sha256 = facts.text, facts.as_json(), name
            db.add(resume)
    held.intake.rank(made.actor, job.id)
    made.at(routes.job(job.id))
    return made


def look_with(held: Platform, server: Gemini) -> None:
    model = chat_model("google_genai:gemini-local", "a-key", server.address, attempts=1)
    held.__dict__["reranker"] = LangChainReranker(model, "Gemini local")


async def test_the_second_look_is_told_and_the_list_stays_as_ranked_until_somebody_switches(
    held: Platform, robin: Recruiter, server: Gemini
) -> None:
    look_with(held, server)
    await robin.does(PoolState.load)
    pool, panel = robin.state(PoolState), robin.state(SecondLookState)
    ranked = [line.name for line in pool.lines]
    await robin.does(SecondLookState.toggle)
    assert (panel.model, panel.why_not) == ("Gemini local", "")
    assert PoolState.refresh in await robin.does_in_background(SecondLookState.look)
    await robin.does(PoolState.refresh)
    assert [line.name for line in pool.lines] == ranked == ["Ada Nwosu", "Ben Ortiz"]
    assert pool.looked == "Gemini local looked again at the best 2 · now"
    await robin.does(PoolState.show_second_look, True)
    assert [(line.name, line.second) for line in pool.lines] == [
        ("Ben Ortiz", "Second look 3.0 of 3 · #2 → #1"),
        ("Ada Nwosu", "Second look 0.0 of 3 · #1 → #2"),
    ]
    await robin.does(PoolState.show_second_look, False)
    assert [line.name for line in pool.lines] == ranked


async def test_each_candidate_shows_the_grades_with_their_quotes(
    held: Platform, robin: Recruiter, server: Gemini
) -> None:
    look_with(held, server)
    await robin.does(SecondLookState.toggle)
    await robin.does_in_background(SecondLookState.look)
    await robin.does(PoolState.load)
    [ben] = [line for line in robin.state(PoolState).lines if line.name == "Ben Ortiz"]
    await robin.does(CandidateState.show, ben.application)
    panel = robin.state(CandidateState)
    assert [(held.skill, held.said) for held in panel.second] == [
        ("Python", "fully"),
        ("PostgreSQL", "fully"),
        ("Kubernetes", "fully"),
    ]
    assert all(held.sentence == "Wrote reports in Python for the whole company" for held in panel.second)
    assert panel.second_by.startswith("Gemini local, ")


async def test_when_the_model_fails_the_pool_is_as_it_was_and_a_toast_says_why(
    held: Platform, robin: Recruiter, server: Gemini
) -> None:
    look_with(held, server)
    server.faults[:] = [503, 503, 503, 503]
    await robin.does(SecondLookState.toggle)
    [answer] = await robin.does_in_background(SecondLookState.look)
    assert "Nothing was changed" in str(answer)
    assert robin.state(SecondLookState).running is False
    with session(held.engine) as db:
        assert all(not row.notes for row in db.query(Match))
    server.faults.clear()
    assert PoolState.refresh in await robin.does_in_background(SecondLookState.look)


async def test_two_people_do_not_ask_at_once(held: Platform, robin: Recruiter, server: Gemini) -> None:
    look_with(held, server)
    await robin.does(SecondLookState.toggle)
    held.sessions.put(f"second-look:{robin.state(SecondLookState).shown_job}", {"by": "somebody"}, 60)
    [answer] = await robin.does_in_background(SecondLookState.look)
    assert "just now" in str(answer)
    assert server.asked == []


async def test_without_a_model_the_panel_says_how_to_set_one_up(held: Platform, robin: Recruiter) -> None:
    await robin.does(SecondLookState.toggle)
    panel = robin.state(SecondLookState)
    assert panel.model == ""
    assert "GOOGLE_API_KEY" in panel.why_not
    [answer] = await robin.does_in_background(SecondLookState.look)
    assert "GOOGLE_API_KEY" in str(answer)
