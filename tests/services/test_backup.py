"""A backup brings everything back, on any database, or says exactly what is wrong and changes nothing."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic.config import Config
from sqlalchemy import Engine, text
from sqlmodel import Session, SQLModel, select

from alembic import command
from interview_platform.adapters.local_files import LocalFiles
from interview_platform.errors import BadInput
from interview_platform.models import AuditEvent, Recording, Resume, make_engine, now, session
from interview_platform.services import audit, audit_chain, audit_check, backup, recordings, restoring
from interview_platform.services.backup_archive import Manifest
from interview_platform.settings import PROJECT
from tests import builders
from tests.tampering import unguarded

SECRET = b"the platform's secret of these tests"


def migrate(url: str, revision: str) -> None:
    config = Config(str(PROJECT / "alembic.ini"))
    config.attributes.update(url=url, audit_secret=SECRET)
    command.upgrade(config, revision)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Engine]:
    """A migrated database with people, files, an interview under way, and an audit log."""
    empty = builders.engine(tmp_path)
    SQLModel.metadata.drop_all(empty)
    url = empty.url.render_as_string(hide_password=False)
    migrate(url, "head")
    audit_chain.hold_key(empty, SECRET)
    yield empty
    builders.discard(empty)


@pytest.fixture
def source(place: Engine, tmp_path: Path) -> backup.Source:
    """What is backed up, with a stored résumé, a whole recording and pieces of one that is being made."""
    blobs = LocalFiles(tmp_path / "files", SECRET, "http://localhost")
    with session(place) as db:
        _, actor = builders.recruiter(db)
        job = builders.job(db, actor, required_skills=["Python", "Überblick"])
        applied = builders.application(db, actor, job)
        held = builders.interview(db, actor, applied, started_at=now())
        live = builders.interview(db, actor, applied, started_at=now())
        db.add(Recording(interview_id=held.id, part=0, blob_key="recordings/whole.webm", seconds=3.0))
        audit.record(db, actor, "job.created", f"job:{job.id}", share=0.1)
        audit.record(db, actor, "interview.launched", f"interview:{held.id}")
    folder = recordings.folder_key(actor.organisation_id, live.id)
    recordings.put_piece(blobs, folder, "part-001.webm", 0, b"piece")
    blobs.put("resumes/ada.pdf", b"%PDF ada", "application/octet-stream")
    blobs.put("recordings/whole.webm", b"\x1aE film" * 9000, "video/webm")
    (tmp_path / "demo-password").write_text("northwind-1")
    return backup.Source(place, blobs, SECRET, {"demo-password": tmp_path / "demo-password"})


@pytest.fixture
def saved(source: backup.Source, tmp_path: Path) -> Path:
    """The backup's file."""
    backup.write(source, tmp_path / "out" / "copy.zip")
    return tmp_path / "out" / "copy.zip"


def target(folder: Path, url: str = "", secret: bytes = SECRET) -> restoring.Target:
    blobs = LocalFiles(folder / "files", secret, "http://localhost")
    files = {"demo-password": folder / "demo-password"}
    return restoring.Target(url or f"sqlite:///{folder / 'platform.db'}", blobs, secret, migrate, files)


def content(engine: Engine) -> dict[str, list[object]]:
    """Every row of every table, for comparison across databases."""
    with Session(engine) as db:
        return {
            table.name: sorted(tuple(map(repr, row)) for row in db.connection().execute(select(table)))
            for table in SQLModel.metadata.sorted_tables
        }


def tamper(path: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    """Rewrite the archive with other members."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def test_everything_comes_back_into_an_empty_place(source: backup.Source, saved: Path, tmp_path: Path) -> None:
    there = target(tmp_path / "new")
    found, chains = restoring.restore(saved, there, restoring.Choices())
    restored = make_engine(there.url)
    assert content(restored) == content(source.engine)
    assert there.blobs.get("resumes/ada.pdf") == b"%PDF ada"
    assert there.blobs.get("recordings/whole.webm") == b"\x1aE film" * 9000
    assert sum(key.endswith("part-001.webm/00000") for key in found.blobs) == 1
    assert (tmp_path / "new" / "demo-password").read_text() == "northwind-1"
    assert [chain.whole for chain in chains] == [True]
    restored.dispose()


def test_the_audit_log_goes_on_after_a_restore_and_is_still_guarded(saved: Path, tmp_path: Path) -> None:
    there = target(tmp_path / "new")
    restoring.restore(saved, there, restoring.Choices())
    restored = make_engine(there.url)
    audit_chain.hold_key(restored, SECRET)
    with session(restored) as db:
        event = db.exec(select(AuditEvent)).first()
        audit.record(db, builders.Actor(event.organisation_id, "owner", "u"), "job.changed", "job:x")
    with session(restored) as db:
        assert [verdict.events for verdict in audit_check.verify_all(db)] == [3]
    with pytest.raises(Exception, match="only ever added to"), restored.begin() as connection:
        connection.execute(text("DELETE FROM auditevent"))
    restored.dispose()


def test_a_place_with_an_organisation_is_overwritten_only_when_asked(
    source: backup.Source, saved: Path, place: Engine, tmp_path: Path
) -> None:
    url = place.url.render_as_string(hide_password=False)
    before = content(place)
    with session(place) as db:
        resume = db.exec(select(Resume)).first()
        resume.blob_key = "resumes/later.pdf"
        db.add(resume)
    source.blobs.put("resumes/later.pdf", b"later", "application/pdf")
    place.dispose()
    here = restoring.Target(url, source.blobs, SECRET, migrate)
    with pytest.raises(BadInput, match="--force"):
        restoring.restore(saved, here, restoring.Choices())
    assert content(place) != before
    place.dispose()
    restoring.restore(saved, here, restoring.Choices(overwrite=True))
    assert content(place) == before
    assert not source.blobs.exists("resumes/later.pdf")
    assert source.blobs.exists("resumes/ada.pdf")


def test_a_backup_of_any_database_goes_into_sqlite_and_its_rows_are_the_same(
    source: backup.Source, tmp_path: Path
) -> None:
    found, _ = backup.write(source, tmp_path / "copy.zip")
    assert found.database == source.engine.dialect.name
    there = target(tmp_path / "other")
    restoring.restore(tmp_path / "copy.zip", there, restoring.Choices())
    engine = make_engine(there.url)
    assert content(engine) == content(source.engine)
    engine.dispose()


def other_bytes(members: dict[str, bytes]) -> None:
    members["blobs/resumes/ada.pdf"] = b"%PDF eve"


def other_row(members: dict[str, bytes]) -> None:
    members["tables/candidate.jsonl"] = members["tables/candidate.jsonl"].replace(b"Ada", b"Eve")


def one_less(members: dict[str, bytes]) -> None:
    del members["blobs/resumes/ada.pdf"]


def one_more(members: dict[str, bytes]) -> None:
    members["blobs/resumes/eve.pdf"] = b"%PDF"


def no_list(members: dict[str, bytes]) -> None:
    del members["manifest.json"]


def odd_list(members: dict[str, bytes]) -> None:
    members["manifest.json"] = b"{"


def whole_new_list(members: dict[str, bytes]) -> None:
    """What somebody without the secret can do at best: checksums made to fit."""
    other_row(members)
    import hashlib

    listed = json.loads(members["manifest.json"])
    data = members["tables/candidate.jsonl"]
    listed["members"]["tables/candidate.jsonl"] = [len(data), hashlib.sha256(data).hexdigest()]
    members["manifest.json"] = json.dumps(listed).encode()


@pytest.mark.parametrize("change", [other_bytes, other_row, one_less, one_more, no_list, odd_list, whole_new_list])
def test_a_changed_backup_is_refused_before_anything_is_touched(
    saved: Path, tmp_path: Path, change: Callable[[dict[str, bytes]], None]
) -> None:
    tamper(saved, change)
    there = target(tmp_path / "new")
    with pytest.raises(BadInput, match="not whole"):
        restoring.restore(saved, there, restoring.Choices(other_key=True, broken_chain=True))
    assert not (tmp_path / "new" / "platform.db").exists()
    assert not there.blobs.exists("resumes/ada.pdf")


@pytest.mark.parametrize("cut", [0, 10, 2000, -40])
def test_a_backup_cut_short_is_refused(saved: Path, tmp_path: Path, cut: int) -> None:
    saved.write_bytes(saved.read_bytes()[:cut])
    with pytest.raises(BadInput):
        restoring.restore(saved, target(tmp_path / "new"), restoring.Choices())


def test_another_secret_is_named_and_can_be_chosen(saved: Path, tmp_path: Path) -> None:
    there = target(tmp_path / "new", secret=b"another")
    with pytest.raises(BadInput, match="another secret key"):
        restoring.restore(saved, there, restoring.Choices())
    _, chains = restoring.restore(saved, there, restoring.Choices(other_key=True))
    assert [chain.broken.kind for chain in chains if chain.broken] == ["key"]


def test_a_broken_audit_chain_is_told_when_it_is_saved_and_stops_the_restore(
    source: backup.Source, tmp_path: Path
) -> None:
    with unguarded(source.engine) as connection:
        connection.execute(text("UPDATE auditevent SET action = 'job.lost' WHERE sequence = 1"))
    _, chains = backup.write(source, tmp_path / "copy.zip")
    assert not chains[0].whole
    there = target(tmp_path / "new")
    with pytest.raises(BadInput, match="Event 1"):
        restoring.restore(tmp_path / "copy.zip", there, restoring.Choices())
    assert not (tmp_path / "new" / "platform.db").exists()
    restoring.restore(tmp_path / "copy.zip", there, restoring.Choices(broken_chain=True))
    assert (tmp_path / "new" / "platform.db").exists()


def test_a_file_that_storage_lost_is_named_and_the_rest_is_saved(source: backup.Source, tmp_path: Path) -> None:
    source.blobs.delete("resumes/ada.pdf")
    found, _ = backup.write(source, tmp_path / "copy.zip")
    assert found.missing == ["resumes/ada.pdf"]
    assert "recordings/whole.webm" in found.blobs


def test_a_backup_that_fails_half_way_leaves_nothing(source: backup.Source, tmp_path: Path) -> None:
    class Away(LocalFiles):
        def get(self, key: str) -> bytes:
            raise RuntimeError(key)

    away = Away(tmp_path / "files", SECRET, "http://localhost")
    folder = tmp_path / "out"
    with pytest.raises(RuntimeError):
        backup.write(backup.Source(source.engine, away, SECRET), folder / "copy.zip")
    assert list(folder.iterdir()) == []


def test_a_restore_that_fails_half_way_leaves_the_old_database(
    source: backup.Source, saved: Path, place: Engine, tmp_path: Path
) -> None:
    class Full(LocalFiles):
        def put(self, key: str, content: object, media_type: str) -> None:
            raise RuntimeError(key)

    before, url = content(place), place.url.render_as_string(hide_password=False)
    place.dispose()
    here = restoring.Target(url, Full(tmp_path / "files", SECRET, ""), SECRET, migrate)
    with pytest.raises(RuntimeError):
        restoring.restore(saved, here, restoring.Choices(overwrite=True))
    assert content(place) == before
    assert not list(tmp_path.glob("*restoring*"))


def test_a_backup_of_an_older_schema_is_brought_forward(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'older.db'}"
    migrate(url, "0004")
    older = make_engine(url)
    with older.begin() as connection:
        columns = 'id, name, about, "values", face_analysis, voice_analysis, retention_days, created_at, blind_schools'
        rows = [
            f"INSERT INTO organisation ({columns}) VALUES ('o', 'N', '', '', 1, 1, 180, '2026-01-01 00:00:00', 0)",
            "INSERT INTO auditevent (id, organisation_id, actor, action, subject, detail, at) "
            "VALUES ('e', 'o', 'system', 'job.created', 'job:j', '{}', '2026-01-01 00:00:00')",
        ]
        for row in rows:
            connection.execute(text(row))
    blobs = LocalFiles(tmp_path / "files", SECRET, "")
    found, chains = backup.write(backup.Source(older, blobs, SECRET), tmp_path / "copy.zip")
    assert (found.schema, chains) == ("0004", [])
    _, chains = restoring.restore(tmp_path / "copy.zip", target(tmp_path / "new"), restoring.Choices())
    assert [(chain.whole, chain.events) for chain in chains] == [(True, 2)]


def test_an_empty_database_has_nothing_to_back_up(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'none.db'}")
    blobs = LocalFiles(tmp_path / "files", SECRET, "")
    with pytest.raises(BadInput, match="nothing to back up"):
        backup.write(backup.Source(engine, blobs, SECRET), tmp_path / "copy.zip")
    assert Manifest("x", "y", "z", "k").blobs == {}
