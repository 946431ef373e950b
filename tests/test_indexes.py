"""The most used queries keep to indexes. SQLite's plans follow from the schema, not from the number of rows."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from benchmarks import indexes
from interview_platform.models import Candidate


@pytest.fixture
def filled(engine: Engine) -> tuple[Engine, list[tuple[str, indexes.Ask]]]:
    """A small pool, and what is asked of it."""
    actor, job_id = indexes.fill(engine, candidates=120, events=40)
    return engine, list(indexes.asked(actor, job_id))


def test_no_much_used_query_reads_a_growing_table_from_end_to_end(
    filled: tuple[Engine, list[tuple[str, indexes.Ask]]],
) -> None:
    engine, asked = filled
    plans = {name: indexes.plan_of(engine, ask) for name, ask in asked}
    assert {name: plan.whole + plan.along for name, plan in plans.items() if plan.whole or plan.along} == {}
    assert all(plan.statements for plan in plans.values())


def test_a_query_without_an_index_is_told(filled: tuple[Engine, list[tuple[str, indexes.Ask]]]) -> None:
    def by_headline(db: Session) -> object:
        return db.exec(select(Candidate.name).where(Candidate.headline == "Backend Engineer")).all()

    assert indexes.plan_of(filled[0], by_headline).whole == ["candidate: SCAN candidate"]
