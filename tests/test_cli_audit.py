"""`verify-audit`, `backup` and `restore` as they are typed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from interview_platform.cli import app, migrate
from interview_platform.errors import BadInput
from interview_platform.models import AuditEvent, make_engine, session
from interview_platform.services import audit
from interview_platform.settings import settings
from interview_platform.wiring import platform
from tests import builders
from tests.tampering import unguarded


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A DATA_DIR with a migrated database, an organisation, a stored file and three events."""
    for name in ("REDIS_URL", "DATABASE_URL", "S3_BUCKET", "CHROMA_HOST", "SECRET_KEY"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("CACHE_DIR", str(tmp_path / "no-models"))
    settings.cache_clear()
    platform.cache_clear()
    migrate()
    held = platform()
    with held.db() as db:
        _, actor = builders.recruiter(db)
        builders.application(db, actor, builders.job(db, actor))
        for number in range(3):
            audit.record(db, actor, "job.changed", f"job:{number}")
    held.blobs.put("resumes/ada.pdf", b"%PDF", "application/octet-stream")
    yield tmp_path
    platform().close()
    settings.cache_clear()
    platform.cache_clear()


def run(*words: str) -> tuple[int, str]:
    made = CliRunner().invoke(app, list(words))
    if isinstance(made.exception, Exception) and not isinstance(made.exception, SystemExit):
        raise made.exception
    return made.exit_code, made.stdout


def break_it() -> None:
    with unguarded(platform().engine) as connection:
        connection.execute(text("UPDATE auditevent SET action = 'job.lost' WHERE sequence = 2"))


def test_a_whole_log_is_said_to_be_whole(place: Path) -> None:
    assert run("verify-audit")[0] == 0
    code, said = run("verify-audit", "--json")
    found = json.loads(said)
    assert (code, found["whole"], found["chains"][0]["events"]) == (0, True, 3)


def test_a_broken_log_is_named_with_its_first_event_and_a_code(place: Path) -> None:
    break_it()
    code, said = run("verify-audit", "--json")
    first = json.loads(said)["chains"][0]["first_break"]
    assert (code, first["sequence"], first["kind"]) == (1, 2, "changed")
    code, said = run("verify-audit")
    assert code == 1
    assert "BROKEN" in said
    assert "Event 2" in said


def test_ends_kept_outside_are_compared(place: Path) -> None:
    kept = place / "ends.json"
    assert run("verify-audit", "--keep", str(kept))[0] == 0
    assert run("verify-audit", "--ends", str(kept))[0] == 0
    ends = json.loads(kept.read_text())
    kept.write_text(json.dumps([{**ends[0], "sequence": 9}]))
    assert run("verify-audit", "--ends", str(kept))[0] == 1


def test_a_backup_is_restored_into_another_folder_with_its_key(place: Path) -> None:
    copy = place / "copy.zip"
    assert run("backup", str(copy), "--with-key")[0] == 0
    code, said = run("restore", str(copy), "--into", str(place / "other"))
    assert code == 0
    assert "whole" in said
    assert (place / "other" / "secret.key").read_text() == (place / "data" / "secret.key").read_text()
    engine = make_engine(f"sqlite:///{place / 'other' / 'platform.db'}")
    with session(engine) as db:
        actions = [event.action for event in db.query(AuditEvent).order_by(AuditEvent.sequence)]
    assert actions == ["job.changed"] * 3 + ["backup.restored"]
    with platform().db() as db:
        assert [event.action for event in db.query(AuditEvent).order_by(AuditEvent.sequence)][3:] == ["backup.made"]
    engine.dispose()


def test_without_its_key_a_restore_elsewhere_is_refused(place: Path) -> None:
    copy = place / "copy.zip"
    run("backup", str(copy))
    with pytest.raises(BadInput, match="another secret key"):
        run("restore", str(copy), "--into", str(place / "other"))


def test_a_restore_over_what_is_there_needs_force(place: Path) -> None:
    copy = place / "copy.zip"
    run("backup", str(copy))
    with pytest.raises(BadInput, match="exists already"):
        run("backup", str(copy))
    platform().engine.dispose()
    with pytest.raises(BadInput, match="--force"):
        run("restore", str(copy))
    assert run("restore", str(copy), "--force")[0] == 0
    assert run("verify-audit")[0] == 0


def test_who_was_deleted_since_the_backup_is_not_forgotten_by_a_restore(place: Path) -> None:
    copy, ledger = place / "copy.zip", place / "data" / "erased.jsonl"
    ledger.write_text('{"candidate": "before"}\n')
    run("backup", str(copy))
    ledger.write_text('{"candidate": "before"}\n{"candidate": "since"}\n')
    platform().engine.dispose()
    run("restore", str(copy), "--force")
    assert ledger.read_text().splitlines() == ['{"candidate": "before"}', '{"candidate": "since"}']
    ledger.unlink()
    run("restore", str(copy), "--force")
    assert ledger.read_text().splitlines() == ['{"candidate": "before"}']


def test_the_running_product_is_not_restored_over(place: Path) -> None:
    copy = place / "copy.zip"
    run("backup", str(copy))
    with platform().engine.connect() as connection:
        connection.execute(text("SELECT 1 FROM organisation")).all()
        with pytest.raises(BadInput, match="still running"):
            run("restore", str(copy), "--force")


def test_a_broken_log_makes_a_backup_that_says_so(place: Path) -> None:
    break_it()
    code, said = run("backup", str(place / "copy.zip"))
    assert code == 1
    assert "BROKEN" in said
    assert (place / "copy.zip").exists()
