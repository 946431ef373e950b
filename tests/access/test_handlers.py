"""Every event handler, called as every role of another organisation, as nobody, as another candidate, and as the lower
roles of the same organisation.

The handlers are found by walking the state classes, the rows by walking the tables: what is new is tried without being
named here. FULL_ACCESS_MATRIX=1 tries every row on every handler as every role (about 60,000 calls; minutes).
"""

from __future__ import annotations

import os

import pytest
from sqlmodel import select

from interview_platform import routes
from interview_platform.models import User, session
from interview_platform.wiring import Platform
from tests.access import world
from tests.access.caller import Handler, Tab, addresses, handlers, values

MINE, THEIRS = "OWNROWMARK", "SEALEDMARK"
FULL = bool(os.environ.get("FULL_ACCESS_MATRIX"))
FOUND_AT_LEAST = 20
"""States in which the owner herself sees her mark: below it, silence means nothing."""
NOT_AN_ACT = {"auditevent", "audithead", "sign_in_session", "second_factor"}
"""Tables that reading writes to (who looked at what is itself recorded), and what belongs to one's own account."""
REVIEWERS_MAY = {"feedback", "rating", "override", "correction", "score", "report", "turn", "application", "host_hours",
    "pool_view", "pool_habit",
}  # fmt: skip
"""What a reviewer's work leaves: ratings, comments, corrections, decisions with reasons; her own hours and views."""


class Walk:
    """Calls of handlers with somebody's cookie, and what came of them."""

    def __init__(self, held: Platform, cookie: str, theirs: world.Side, mark: str = THEIRS) -> None:
        self.held, self.cookie, self.theirs, self.mark = held, cookie, theirs, mark
        self.calls = 0
        self.told: list[str] = []
        self.changed: dict[str, set[str]] = {}

    async def over(self, some: list[Handler], few: int) -> None:
        """Try all of them; `few` rows on each besides those it speaks of, 0 for all."""
        before = self._rows()
        for kind in dict.fromkeys(handler.state for handler in some):
            tab = Tab(self.cookie)
            for handler in (handler for handler in some if handler.state is kind):
                await self._try(tab, handler, few)
            after = self._rows()
            changed = {name for name in after if after[name] != before.get(name)} - NOT_AN_ACT
            if changed:
                self.changed[kind.__name__] = changed
            before = after

    async def _try(self, tab: Tab, handler: Handler, few: int) -> None:
        places = addresses(self.theirs.ids)
        for number, value in enumerate(values(handler, self.theirs.ids, few)):
            tab.at(self._place(places, number))
            tab.pretend(handler, value)
            given = await tab.call(handler, value)
            self.calls += 1
            if self.mark in tab.told(handler) + repr(given):
                self.told.append(str(handler))
                return

    def _place(self, places: list[str], number: int) -> str:
        return places[number % len(places)]

    def _rows(self) -> dict[str, list[tuple[str, ...]]]:
        with session(self.held.engine) as db:
            return world.of_side(db, self.theirs)

    def report(self, who: str) -> None:
        """Say how much was tried."""
        print(f"\n{who}: {self.calls} calls, told {self.told}, changed {self.changed}")


class CandidatesWalk(Walk):
    """The same with a candidate's own link open."""

    token = ""

    def _place(self, places: list[str], number: int) -> str:
        return routes.interview(self.token)


@pytest.fixture
def sides(held: Platform) -> tuple[world.Side, world.Side]:
    """The stranger's organisation and the sealed one."""
    return world.build(held, MINE), world.build(held, THEIRS)


def of_side(side: str) -> list[Handler]:
    return [handler for handler in handlers() if handler.side == side]


@pytest.mark.parametrize("role", world.ROLES)
async def test_no_role_of_another_organisation_reaches_anything(
    held: Platform, sides: tuple[world.Side, world.Side], role: str
) -> None:
    mine, theirs = sides
    walk = Walk(held, mine.sessions[role], theirs)
    await walk.over(of_side("recruiter"), 0 if FULL else 3 if role == "owner" else 1)
    walk.report(f"{role} of another organisation")
    assert (walk.told, walk.changed) == ([], {})
    assert walk.calls >= 300


@pytest.mark.parametrize("cookie", ["", "made-up"])
async def test_nobody_reaches_anything(held: Platform, sides: tuple[world.Side, world.Side], cookie: str) -> None:
    walk = Walk(held, cookie, sides[1])
    await walk.over(handlers(), 0 if FULL else 1)
    walk.report("nobody")
    assert (walk.told, walk.changed) == ([], {})


async def test_a_candidate_with_a_link_of_her_own_reaches_nobody_elses_interview(
    held: Platform, sides: tuple[world.Side, world.Side]
) -> None:
    mine, theirs = sides
    walk = CandidatesWalk(held, "", theirs)
    for walk.token in (mine.token, mine.shared, theirs.shared, theirs.ids["invite"], f"{theirs.token[:-3]}xyz"):
        await walk.over(of_side("candidate"), 0)
        await walk.over(of_side("recruiter"), 1) if walk.token == mine.token else None
    walk.report("another candidate")
    assert (walk.told, walk.changed) == ([], {})


async def test_an_auditor_reads_and_changes_nothing(held: Platform, sides: tuple[world.Side, world.Side]) -> None:
    _, own = sides
    walk = Walk(held, own.sessions["auditor"], own, "no mark is looked for")
    await walk.over(of_side("recruiter"), 0 if FULL else 2)
    walk.report("auditor at home")
    assert walk.changed == {}


async def test_a_reviewer_changes_only_what_reviewing_means(
    held: Platform, sides: tuple[world.Side, world.Side]
) -> None:
    _, own = sides
    walk = Walk(held, own.sessions["reviewer"], own, "no mark is looked for")
    await walk.over(of_side("recruiter"), 0 if FULL else 2)
    walk.report("reviewer at home")
    assert {name: tables - REVIEWERS_MAY for name, tables in walk.changed.items() if tables - REVIEWERS_MAY} == {}


@pytest.mark.parametrize("role", [role for role in world.ROLES if role != "owner"])
async def test_only_owners_change_who_belongs_to_the_organisation(
    held: Platform, sides: tuple[world.Side, world.Side], role: str
) -> None:
    _, own = sides
    walk = Walk(held, own.sessions[role], own, "no mark is looked for")
    with session(held.engine) as db:
        before = _people(db, own)
    await walk.over([handler for handler in of_side("recruiter") if "Team" in handler.state.__name__], 0)
    walk.report(f"{role} at the team page")
    with session(held.engine) as db:
        assert _people(db, own) == before
    assert walk.calls > 0


def _people(db, own: world.Side) -> list[tuple[str, str, bool]]:
    found = db.exec(select(User).where(User.organisation_id == own.organisation_id))
    return sorted((user.id, user.role, user.disabled) for user in found)


async def test_the_owner_herself_is_shown_her_rows_so_that_the_walk_can_fail(
    held: Platform, sides: tuple[world.Side, world.Side]
) -> None:
    _, own = sides
    walk = Walk(held, own.sessions["owner"], own)
    await walk.over([handler for handler in of_side("recruiter") if handler.name in ("load", "enter", "show")], 0)
    walk.report("the owner herself")
    assert len({told.split(".")[0] for told in walk.told}) >= FOUND_AT_LEAST
