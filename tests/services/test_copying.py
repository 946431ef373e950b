"""The database moves from SQLite to Postgres as it is, or stays where it is and somebody is told why."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text
from sqlmodel import Session, select
from typer.testing import CliRunner

from interview_platform.cli import app
from interview_platform.errors import BadInput
from interview_platform.models import AuditEvent, Candidate, make_engine, session
from interview_platform.services import audit, audit_chain, audit_check, copying
from interview_platform.settings import settings
from tests import builders
from tests.services.test_backup import SECRET, content, migrate
from tests.tampering import unguarded

needs_postgres = pytest.mark.skipif(
    not os.environ.get("TEST_POSTGRES_URL"), reason="tests/test_on_postgres.py runs it, which has a server"
)


@pytest.fixture
def source(tmp_path: Path) -> Iterator[Engine]:
    """A migrated SQLite file with people, an interview and an audit log."""
    url = f"sqlite:///{tmp_path / 'data' / 'platform.db'}"
    made = make_engine(url)
    migrate(url, "head")
    audit_chain.hold_key(made, SECRET)
    with session(made) as db:
        _, actor = builders.recruiter(db)
        job = builders.job(db, actor, required_skills=["Python", "Überblick"])
        builders.interview(db, actor, builders.application(db, actor, job))
        audit.record(db, actor, "job.created", f"job:{job.id}", share=0.1)
    yield made
    made.dispose()


@pytest.fixture
def there() -> Iterator[Engine]:
    """An empty Postgres database."""
    made = make_engine(builders.empty_postgres())
    yield made
    builders.discard(made)


def way(source: Engine, there: Engine) -> copying.Way:
    return copying.Way(source, there.url.render_as_string(hide_password=False), SECRET, migrate)


def tables(engine: Engine) -> list[str]:
    engine.dispose()
    return inspect(engine).get_table_names()


@needs_postgres
def test_every_row_is_there_afterwards_and_the_audit_log_goes_on(source: Engine, there: Engine) -> None:
    before = content(source)
    compared, chains = copying.copy(way(source, there))
    assert {one.table: one.rows for one in compared} == {name: len(rows) for name, rows in before.items()}
    assert [chain.whole for chain in chains] == [True]
    audit_chain.hold_key(there, SECRET)
    with session(there) as db:
        assert db.exec(select(AuditEvent.action)).all()[-1:] == ["database.copied"]
        assert all(verdict.whole for verdict in audit_check.verify_all(db))
    after = content(there)
    assert {name for name in before if before[name] != after[name]} == {"auditevent", "audithead"}
    assert content(source) == before


@needs_postgres
def test_a_rehearsal_compares_while_the_product_runs_and_leaves_nothing(source: Engine, there: Engine) -> None:
    with source.connect() as running:
        running.execute(text("SELECT 1 FROM organisation"))
        compared, _ = copying.copy(way(source, there), rehearse=True)
    assert sum(one.rows for one in compared) > 0
    assert tables(there) == []
    with there.connect() as connection:
        assert not [name for name in inspect(connection).get_schema_names() if name.startswith("restoring")]


@needs_postgres
def test_a_running_product_is_not_copied(source: Engine, there: Engine) -> None:
    other = make_engine(source.url.render_as_string())
    with other.connect() as running:
        running.execute(text("SELECT 1 FROM organisation"))
        with pytest.raises(BadInput, match="still running"):
            copying.copy(way(source, there))
    other.dispose()
    assert tables(there) == []


@needs_postgres
def test_nobody_writes_while_the_copy_is_made(source: Engine, there: Engine) -> None:
    late: list[str] = []

    def write(what: str, done: int, total: int) -> None:
        with source.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout=1")
            try:
                connection.execute(text("UPDATE organisation SET name = 'late'"))
                late.append("written")
            except Exception as error:
                late.append(str(error))

    copying.copy(way(source, there), step=write)
    assert late
    assert all("locked" in said for said in late)


@needs_postgres
def test_a_database_that_is_used_is_left_alone(source: Engine, there: Engine) -> None:
    copying.copy(way(source, there))
    before = content(there)
    with pytest.raises(BadInput, match="holds an organisation already"):
        copying.copy(way(source, there))
    assert content(there) == before


@needs_postgres
def test_a_row_that_postgres_does_not_take_is_named_by_its_table_and_nothing_is_left(
    source: Engine, there: Engine
) -> None:
    with source.begin() as connection:
        connection.execute(text("UPDATE candidate SET name = 'Ada' || char(0) || 'Nwosu'"))
    with pytest.raises(BadInput, match=r"“candidate”.*NUL") as raised:
        copying.copy(way(source, there))
    assert "Nwosu" not in str(raised.value)
    assert tables(there) == []


@needs_postgres
def test_a_broken_audit_log_is_copied_only_when_somebody_says_so(source: Engine, there: Engine) -> None:
    with unguarded(source) as connection:
        connection.execute(text("UPDATE auditevent SET action = 'job.lost' WHERE sequence = 1"))
    with pytest.raises(BadInput, match="broken-chain"):
        copying.copy(way(source, there))
    assert tables(there) == []
    _, chains = copying.copy(way(source, there), broken_chain=True)
    assert [chain.whole for chain in chains] == [False]


@needs_postgres
def test_the_command_prints_what_it_counted_and_reads_the_address_from_standard_input(
    source: Engine, there: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("REDIS_URL", "DATABASE_URL", "S3_BUCKET", "CHROMA_HOST"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("CACHE_DIR", str(tmp_path / "no-models"))
    monkeypatch.setenv("SECRET_KEY", SECRET.decode())
    source.dispose()
    settings.cache_clear()
    address = there.url.render_as_string(hide_password=False) + "\n"
    made = CliRunner().invoke(app, ["copy-to-postgres", "-", "--json", "--broken-chain"], input=address)
    settings.cache_clear()
    assert made.exit_code == 0, made.output
    found = json.loads(made.stdout)
    assert {one["table"]: one["rows"] for one in found["tables"]}["candidate"] == 1
    with Session(there) as db:
        assert db.exec(select(Candidate)).one().name


@pytest.mark.parametrize("address", ["", "nonsense", "sqlite:///x.db", "mysql://root@localhost/x"])
def test_only_postgres_is_copied_to(address: str) -> None:
    made = CliRunner().invoke(app, ["copy-to-postgres", address])
    assert isinstance(made.exception, BadInput)
    assert "no address of a Postgres database" in str(made.exception)


def test_a_server_that_does_not_answer_is_named_without_the_password(source: Engine) -> None:
    nowhere = copying.Way(source, "postgresql+psycopg://ada:secret@127.0.0.1:1/none", SECRET, migrate)
    with pytest.raises(BadInput, match=r"127\.0\.0\.1:1/none does not answer") as raised:
        copying.copy(nowhere)
    assert "secret" not in str(raised.value)
