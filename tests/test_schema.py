"""Migrations: from an empty database to the tables the code expects, on SQLite and on Postgres."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.config import Config
from sqlalchemy import inspect, text
from sqlmodel import SQLModel, select

from alembic import command
from interview_platform.models import Application, Job, make_engine, session
from tests import builders
from tests.postgres import postgres

ROOT = Path(__file__).resolve().parent.parent
_AT = "'2026-01-01 00:00:00'"
OLDER_ROWS = (
    'INSERT INTO organisation (id, name, about, "values", face_analysis, voice_analysis, retention_days, created_at) '
    f"VALUES ('o', 'Northwind', '', '', true, true, 180, {_AT})",
    "INSERT INTO candidate (id, organisation_id, name, email, phone, location, headline, links, created_at) "
    f"VALUES ('c', 'o', 'Ada L', 'ada@example.com', '', '', 'Developer', '[]', {_AT})",
    "INSERT INTO job (id, organisation_id, title, description, location, level, role_family, required_skills, "
    "preferred_skills, status, created_at) "
    f"VALUES ('j', 'o', 'T', '', '', 'mid', 'backend', '[]', '[]', 'open', {_AT})",
    "INSERT INTO application (id, organisation_id, job_id, candidate_id, stage, created_at) "
    f"VALUES ('a', 'o', 'j', 'c', 'new', {_AT})",
)
"""One row of each kind that the second migration changes, as the first one knew it."""


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "sqlite":
        yield f"sqlite:///{folder / 'schema.db'}"
        return
    with postgres() as address:
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


def test_rows_of_an_older_schema_survive_the_upgrade(url: str, tmp_path: Path) -> None:
    address = url if url.startswith("postgres") else f"sqlite:///{tmp_path / 'older.db'}"
    config = Config(str(ROOT / "alembic.ini"))
    config.attributes["url"] = address
    if url.startswith("postgres"):
        command.downgrade(config, "base")
    command.upgrade(config, "0001")
    engine = make_engine(address)
    with engine.begin() as connection:
        for statement in OLDER_ROWS:
            connection.execute(text(statement))
    command.upgrade(config, "head")
    with session(engine) as db:
        application = db.get_one(Application, "a")
        assert (application.name_key, application.haystack) == ("ada l", "ada l ada@example.com developer")
        assert db.get_one(Job, "j").conditions == []
    engine.dispose()
