"""Migrations: from an empty database to the tables the code expects, on SQLite and on Postgres."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.config import Config
from sqlalchemy import inspect
from sqlmodel import SQLModel, select

from alembic import command
from interview_platform.models import Job, make_engine, session
from tests import builders
from tests.postgres import postgres

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "sqlite":
        yield f"sqlite:///{folder / 'schema.db'}"
        return
    with postgres(folder) as address:
        yield address


@pytest.fixture(scope="module")
def migrated(url: str) -> tuple[str, Config]:
    config = Config(str(ROOT / "alembic.ini"))
    config.attributes["url"] = url
    command.upgrade(config, "head")
    return url, config


def test_upgrading_an_empty_database_makes_every_table(migrated: tuple[str, Config]) -> None:
    engine = make_engine(migrated[0])
    assert set(SQLModel.metadata.tables) <= set(inspect(engine).get_table_names())


def test_the_migrations_and_the_models_say_the_same(migrated: tuple[str, Config]) -> None:
    command.check(migrated[1])


def test_rows_written_on_any_database_come_back_the_same(migrated: tuple[str, Config]) -> None:
    engine = make_engine(migrated[0])
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        job = builders.job(db, actor, required_skills=["Python", "Überblick"])
    with session(engine) as db:
        found = db.exec(select(Job).where(Job.id == job.id)).one()
    assert found.required_skills == ["Python", "Überblick"]
    assert found.created_at == job.created_at
    assert found.created_at.tzinfo is not None
