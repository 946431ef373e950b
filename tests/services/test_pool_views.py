"""Saved views of a pool: whose they are, who changes them, what stays of a person in them."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from interview_platform.errors import BadInput, NotAllowed, NotFound
from interview_platform.models import AuditEvent, PoolView, session
from interview_platform.services import erasure, pool_views
from interview_platform.services.access import Actor
from interview_platform.services.pool_query import PoolQuery
from interview_platform.services.pool_views import Given
from tests import builders


@dataclass(frozen=True)
class Team:
    """A job and people of one organisation, by their roles."""

    job: str
    owner: Actor
    recruiter: Actor
    reviewer: Actor
    auditor: Actor


@pytest.fixture
def team(engine: Engine) -> Team:
    with session(engine) as db:
        employer = builders.organisation(db)
        actors = [
            builders.recruiter(db, employer, email=f"{role}@example.com", role=role)[1]
            for role in ("owner", "recruiter", "reviewer", "auditor")
        ]
        return Team(builders.job(db, actors[0]).id, *actors)


def given(name: str = "Strong, not yet seen", shared: bool = False, **query: object) -> Given:
    return Given(name, shared, PoolQuery(**query), ("match", "status"))  # type: ignore[arg-type]


def names(engine: Engine, team: Team, actor: Actor) -> list[str]:
    with session(engine) as db:
        return [row.name for row in pool_views.listing(db, actor, team.job)]


def test_a_view_keeps_search_filters_order_and_columns(engine: Engine, team: Team) -> None:
    asked = {"search": "python", "stage": "new", "requirement": "!Kafka", "conditions_met": True, "order": "newest"}
    with session(engine) as db:
        made = pool_views.save(db, team.recruiter, team.job, given(**asked))
    with session(engine) as db:
        row = pool_views.opened(db, team.recruiter, team.job, made.id)
    kept = (row.search, row.stage, row.requirement, row.conditions_met, row.sort)
    assert kept == ("python", "new", "!Kafka", True, "newest")
    assert row.columns == ["match", "status"]


def test_a_view_of_ones_own_is_seen_by_nobody_else_and_a_shared_one_by_the_team(engine: Engine, team: Team) -> None:
    with session(engine) as db:
        mine = pool_views.save(db, team.recruiter, team.job, given("Mine"))
        pool_views.save(db, team.recruiter, team.job, given("Ours", shared=True))
    assert names(engine, team, team.recruiter) == ["Mine", "Ours"]
    assert names(engine, team, team.owner) == ["Ours"]
    with session(engine) as db, pytest.raises(NotFound):
        pool_views.opened(db, team.owner, team.job, mine.id)


def test_a_view_of_another_organisation_is_as_if_it_did_not_exist(engine: Engine, team: Team) -> None:
    with session(engine) as db:
        made = pool_views.save(db, team.owner, team.job, given(shared=True))
        _, stranger = builders.recruiter(db, email="stranger@example.org")
    with session(engine) as db:
        for deed in (pool_views.opened, pool_views.remove, pool_views.restore):
            with pytest.raises(NotFound):
                deed(db, stranger, team.job, made.id)


def test_only_whoever_may_change_the_job_shares_a_view_or_changes_a_shared_one(engine: Engine, team: Team) -> None:
    with session(engine) as db:
        made = pool_views.save(db, team.owner, team.job, given("Ours", shared=True))
        pool_views.save(db, team.reviewer, team.job, given("A reviewer's own"))
    with session(engine) as db:
        with pytest.raises(NotAllowed):
            pool_views.save(db, team.reviewer, team.job, given("Also ours", shared=True))
        with pytest.raises(NotAllowed):
            pool_views.save(db, team.reviewer, team.job, given("Taken"), made.id)
        with pytest.raises(NotAllowed):
            pool_views.remove(db, team.reviewer, team.job, made.id)
        with pytest.raises(NotAllowed):
            pool_views.save(db, team.auditor, team.job, given("An auditor's"))
        pool_views.save(db, team.recruiter, team.job, given("Renamed", shared=True), made.id)
    assert names(engine, team, team.owner) == ["Renamed"]


def test_a_removed_view_is_gone_from_the_list_and_can_be_put_back(engine: Engine, team: Team) -> None:
    with session(engine) as db:
        made = pool_views.save(db, team.recruiter, team.job, given("Mine"))
        pool_views.keep_default(db, team.recruiter, team.job, made.id)
        pool_views.remove(db, team.recruiter, team.job, made.id)
    with session(engine) as db:
        assert pool_views.default(db, team.recruiter, team.job) == ""
        pool_views.restore(db, team.recruiter, team.job, made.id)
    with session(engine) as db:
        assert pool_views.default(db, team.recruiter, team.job) == made.id
    assert names(engine, team, team.recruiter) == ["Mine"]


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "mine"])
def test_a_view_needs_a_name_of_its_own(engine: Engine, team: Team, name: str) -> None:
    with session(engine) as db:
        pool_views.save(db, team.recruiter, team.job, given("Mine"))
    with session(engine) as db, pytest.raises(BadInput):
        pool_views.save(db, team.recruiter, team.job, given(name))


def test_each_person_keeps_columns_and_first_view_of_her_own(engine: Engine, team: Team) -> None:
    with session(engine) as db:
        made = pool_views.save(db, team.owner, team.job, given(shared=True))
        pool_views.keep_columns(db, team.recruiter, ["status", "made-up", "match"])
        pool_views.keep_default(db, team.recruiter, team.job, made.id)
    with session(engine) as db:
        assert pool_views.columns(db, team.recruiter) == ["match", "status"]
        assert pool_views.columns(db, team.owner) == list(pool_views.COLUMNS)
        assert pool_views.default(db, team.recruiter, team.job) == made.id
        assert pool_views.default(db, team.owner, team.job) == ""


def test_what_is_changed_for_the_team_is_in_the_audit_log_by_ids_only(engine: Engine, team: Team) -> None:
    with session(engine) as db:
        made = pool_views.save(db, team.owner, team.job, given("Ilse's group", shared=True, search="ilse"))
        pool_views.remove(db, team.owner, team.job, made.id)
        pool_views.restore(db, team.owner, team.job, made.id)
    with session(engine) as db:
        told = [row for row in db.exec(select(AuditEvent)) if row.action.startswith("view.")]
        assert {row.action for row in told} == {"view.saved", "view.removed", "view.restored"}
        assert "ilse" not in repr([row.detail for row in told]).casefold()


def test_a_deletion_takes_the_views_by_which_the_person_was_looked_for(engine: Engine, team: Team) -> None:
    with session(engine) as db:
        who = builders.candidate(db, team.owner, name="Ilse Musterfrau", email="ilse@example.com")
        for name, search in (("A", "Musterfrau"), ("Ilse", ""), ("C", "ilse@example.com"), ("D", "python"), ("E", "")):
            pool_views.save(db, team.owner, team.job, given(name, search=search))
        erasure.begin(db, erasure.request(db, team.owner, who.id))
    with session(engine) as db:
        assert sorted(row.name for row in db.exec(select(PoolView))) == ["D", "E"]
