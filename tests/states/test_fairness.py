"""The fairness page and the candidate's two questions, handler by handler, as a socket client may call them."""

from __future__ import annotations

from typing import Any

import pytest
from reflex.istate.data import RouterData
from reflex.state import State
from sqlmodel import select

from interview_platform import routes
from interview_platform.models import Interview, Invite, User, session
from interview_platform.models.demographics import Demographics
from interview_platform.services import demographics, invites
from interview_platform.states.demographics import DemographicsState
from interview_platform.states.fairness import FairnessState
from interview_platform.states.recruiter import RecruiterState
from interview_platform.wiring import Platform
from tests import builders
from tests.states.recruiter_pages import Recruiter


class Tab:
    """A candidate's tab at her link."""

    def __init__(self, held: Platform, interview: Interview) -> None:
        with held.db() as db:
            self.token = invites.token_of(held.secret, db.get_one(Invite, interview.invite_id))
        root = State(_reflex_internal_init=True)  # type: ignore[call-arg]
        root.router = RouterData.from_router_data(
            {"headers": {"origin": "http://127.0.0.1:3000"}, "asPath": routes.interview(self.token), "query": {}}
        )
        self.state: Any = root.get_substate(DemographicsState.get_full_name().split("."))

    async def do(self, handler: str, *values: object) -> list[object]:
        """Call a handler as the framework does."""
        run = DemographicsState.event_handlers[handler].fn
        return [event async for event in run(self.state, *values) if event is not None]


def interviewed(held: Platform, status: str = "ended", count: int = 1) -> list[Interview]:
    """People at the end of an interview."""
    made = []
    with session(held.engine) as db:
        _, actor = builders.recruiter(db)
        job = builders.job(db, actor)
        for at in range(count):
            who = builders.candidate(db, actor, email=f"c{at}@example.com")
            application = builders.application(db, actor, job, who, stage="next_step" if at % 2 else "rejected")
            made.append(builders.interview(db, actor, application, status=status))
    return made


def rows(held: Platform) -> list[Demographics]:
    """What is kept."""
    with session(held.engine) as db:
        return list(db.exec(select(Demographics)))


async def test_a_candidate_answers_changes_and_deletes(held: Platform) -> None:
    tab = Tab(held, interviewed(held)[0])
    await tab.do("load")
    assert (tab.state.asked, tab.state.given) == (True, False)
    await tab.do("change")
    await tab.do("choose_sex", "female")
    assert not tab.state.complete
    assert rows(held) == []  # nothing is kept by choosing
    await tab.do("choose_race", "unsaid")
    await tab.do("keep")
    assert (tab.state.given, tab.state.sex, tab.state.race) == (True, "", "")
    assert len(rows(held)) == 1
    await tab.do("take_back")
    assert (rows(held), tab.state.given) == ([], False)


async def test_what_was_said_is_never_sent_to_the_page_again(held: Platform) -> None:
    interview = interviewed(held)[0]
    first, again = Tab(held, interview), Tab(held, interview)
    await first.do("choose_sex", "male")
    await first.do("choose_race", "asian")
    await first.do("keep")
    await again.do("load")
    assert again.state.given
    shown = {name: getattr(again.state, name) for name in DemographicsState.base_vars}
    assert "male" not in repr(shown)
    assert "asian" not in repr(shown)


async def test_skipping_keeps_nothing_and_is_not_held_against_a_later_answer(held: Platform) -> None:
    tab = Tab(held, interviewed(held)[0])
    await tab.do("load")
    await tab.do("skip")
    assert (tab.state.skipped, rows(held)) == (True, [])
    await tab.do("change")
    assert tab.state.changing


async def test_before_the_end_a_socket_client_gets_nothing_kept(held: Platform) -> None:
    tab = Tab(held, interviewed(held, "live")[0])
    await tab.do("load")
    assert not tab.state.asked
    await tab.do("choose_sex", "male")
    await tab.do("choose_race", "asian")
    assert "come after the interview" in str(await tab.do("keep"))
    assert rows(held) == []


def as_role(held: Platform, role: str) -> Recruiter:
    """Somebody signed in with this role."""
    person = Recruiter(held, f"{role}@example.com")
    with session(held.engine) as db:
        user = db.get_one(User, person.actor.user_id)
        user.role = role
        db.add(user)
    return person


@pytest.mark.parametrize("role", ["recruiter", "hiring_manager", "reviewer"])
async def test_no_recruiter_reads_totals(held: Platform, role: str) -> None:
    person = as_role(held, role)
    for handler in ("load", "choose_job", "export_csv", "export_json", "export_summary"):
        given = await person.does(FairnessState.event_handlers[handler], *([""] if handler == "choose_job" else []))
        state = person.state(FairnessState)
        assert not state.ready
        assert "download" not in repr(given)
        assert state.problem or "role does not allow" in repr(given)


@pytest.mark.parametrize(("role", "shown"), [("owner", True), ("auditor", True), ("recruiter", False)])
async def test_the_way_to_the_page_is_shown_to_owners_and_auditors(held: Platform, role: str, shown: bool) -> None:
    person = as_role(held, role)
    await person.does(RecruiterState.event_handlers["enter"])
    assert person.state(RecruiterState).audits is shown


async def test_an_empty_page_says_so_and_an_auditor_exports_totals(held: Platform) -> None:
    person = as_role(held, "auditor")
    await person.does(FairnessState.event_handlers["load"])
    state = person.state(FairnessState)
    assert (state.ready, state.enough, state.flags) == (True, False, [])
    assert "download" in repr(await person.does(FairnessState.event_handlers["export_json"]))


async def test_an_auditor_sees_rates_once_enough_people_answered(held: Platform) -> None:
    made = interviewed(held, "reported", 24)
    with session(held.engine) as db:
        for at, interview in enumerate(made):
            link = invites.token_of(held.secret, db.get_one(Invite, interview.invite_id))
            sex = "male" if at % 2 else "female"
            demographics.give(db, held.vault, invites.open_link(db, held.secret, link), sex, "white")
    person = as_role(held, "auditor")
    with session(held.engine) as db:
        user = db.get_one(User, person.actor.user_id)
        user.organisation_id = made[0].organisation_id
        db.add(user)
    await person.does(FairnessState.event_handlers["load"])
    state = person.state(FairnessState)
    assert state.enough
    decision = next(part for part in state.stages if part.key == "decision-selection")
    found = {row.name: (row.people, row.rate, row.ratio) for table in decision.tables[:1] for row in table.rows}
    assert found == {"Female": ("12", "0.0%", "0.00"), "Male": ("12", "100.0%", "1.00")}
    assert state.flags[0].title.startswith("Female")


async def test_a_deletion_reaches_what_the_candidate_said(held: Platform) -> None:
    from interview_platform.models import Application
    from interview_platform.services import access, erasure

    interview, other = interviewed(held, count=2)
    for one in (interview, other):
        tab = Tab(held, one)
        await tab.do("choose_sex", "male")
        await tab.do("choose_race", "asian")
        await tab.do("keep")
    with session(held.engine) as db:
        candidate = db.get_one(Application, interview.application_id).candidate_id
        gone = held.vault.name(interview.organisation_id, candidate)
    actor = access.system(interview.organisation_id)
    with session(held.engine) as db:
        asked = erasure.request(db, actor, candidate).id
        interview = db.get_one(Interview, interview.id)
        interview.status = "reported"
        db.add(interview)
    row = held.upkeep.eraser.run(asked)
    assert (row.status, row.left) == (erasure.DONE, {})
    assert len(rows(held)) == 1
    assert gone not in {kept.id for kept in rows(held)}
