"""What happens to people's data by itself: retention carried out, copies packed and dropped, scratch removed."""

from __future__ import annotations

import io
import json
import os
import time
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from interview_platform.adapters.embedded_sessions import EmbeddedSessions
from interview_platform.adapters.local_files import LocalFiles
from interview_platform.adapters.outbox import OutboxMailer
from interview_platform.models import AccessExport, Candidate, Interview, Message, Turn, now, session
from interview_platform.services import data_map, erasure, export_fields, export_requests
from interview_platform.services.access import Actor
from interview_platform.workflows import upkeep
from interview_platform.workflows.erasing import Eraser, Places
from interview_platform.workflows.upkeep import Upkeep
from tests import builders, planted


class Made:
    """An upkeep over local files, and somebody planted."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine = engine
        self.blobs = LocalFiles(folder / "files", builders.SECRET, "http://localhost")
        places = Places(self.blobs, EmbeddedSessions(), ledger=folder / "erased.jsonl")
        eraser = Eraser(engine, places, OutboxMailer(), "interviews@example.com")
        self.upkeep = Upkeep(engine, eraser, self.blobs, builders.SECRET)
        with session(engine) as db:
            user, self.actor = builders.recruiter(db, role="owner")
            job = builders.job(db, self.actor)
            self.ids = planted.plant(db, self.actor.organisation_id, job.id, user.id)
            self.other = planted.plant(db, self.actor.organisation_id, job.id, user.id, "somebodyelse")
            for row in db.exec(select(AccessExport)):
                db.delete(row)
            for row in db.exec(select(Interview)):
                row.status = "reported"
            db.get_one(Candidate, self.ids["candidate"]).email = f"{planted.MARK}@example.com"
            for turn in db.exec(select(Turn)):
                turn.words = []  # times of words have a shape that a marker has not

    def zip(self, actor: Actor | None = None) -> zipfile.ZipFile:
        with session(self.engine) as db:
            row = export_requests.request(db, actor or self.actor, self.ids["candidate"])
        self.upkeep.round()
        return zipfile.ZipFile(io.BytesIO(self.blobs.get(export_requests.blob_key(row))))


@pytest.fixture
def made(engine: Engine, tmp_path: Path) -> Made:
    return Made(engine, tmp_path)


def test_the_copy_holds_every_table_that_is_the_candidates_and_says_what_it_leaves_out(made: Made) -> None:
    data = json.loads(made.zip().read("data.json"))
    reached = {table.name for table in planted.tables()}
    assert set(data["data"]) | set(data["left_out"]) == reached
    assert data["data"]["turn"][0]["text"] == planted.MARK
    assert set(export_fields.OWN) | set(export_fields.LEFT_OUT) == reached


def test_nothing_of_anybody_else_is_in_the_copy(made: Made) -> None:
    held = made.zip()
    for name in held.namelist():
        assert b"somebodyelse" not in held.read(name), name


def test_the_copy_gives_away_no_rubric_no_note_and_no_id(made: Made) -> None:
    data = json.loads(made.zip().read("data.json"))
    said = json.dumps(data["data"])
    assert {"score", "evidence", "override", "rating", "feedback"} <= set(data["left_out"])
    assert [one for one in made.ids.values() if one and one in said] == []
    assert "points" not in said
    assert "trace" not in said


def test_the_readme_is_a_data_map_of_what_is_held(made: Made) -> None:
    told = made.zip().read("README.md").decode()
    for entry in data_map.TABLES:
        if entry.personal and entry.place in export_fields.OWN:
            assert f"| {entry.place} |" in told
    assert "the file is not in the storage any more" in told  # the planted keys were never stored


def test_files_come_as_they_are_stored(made: Made) -> None:
    made.blobs.put(f"planted/resume/{planted.MARK}.pdf", b"%PDF the original", "application/pdf")
    held = made.zip()
    [name] = [name for name in held.namelist() if name.startswith("files/")]
    assert held.read(name) == b"%PDF the original"


def test_a_copy_is_offered_for_a_day_and_then_removed(made: Made) -> None:
    made.zip()
    with session(made.engine) as db:
        [row] = db.exec(select(AccessExport)).all()
        assert (row.status, row.bytes > 0) == ("ready", True)
        row.expires_at = now() - timedelta(minutes=1)
        db.add(row)
    assert made.upkeep.drop_copies() == 1
    assert not made.blobs.exists(export_requests.blob_key(row))


def test_a_copy_goes_with_the_person(made: Made) -> None:
    made.zip()
    with session(made.engine) as db:
        asked = erasure.request(db, made.actor, made.ids["candidate"]).id
    row = made.upkeep.eraser.run(asked)
    assert (row.status, row.why) == ("done", "")
    assert planted.in_tables(made.engine) == []


def test_once_a_day_what_is_due_goes_by_itself(made: Made) -> None:
    with session(made.engine) as db:
        gone = builders.candidate(db, made.actor, name="Over", email="", created_at=now() - timedelta(days=999))
    done = made.upkeep.daily()
    assert [row.status for row in done] == ["done"]
    with session(made.engine) as db:
        assert db.get(Candidate, gone.id) is None
        assert db.get(Candidate, made.ids["candidate"]) is not None
        assert db.exec(select(Message).where(Message.purpose == "erasure")).first() is None


def test_scratch_of_a_killed_process_goes_after_a_day(tmp_path: Path) -> None:
    old, young, other = (tmp_path / name for name in ("recording-a", "recording-b", "else"))
    for folder in (old, young, other):
        folder.mkdir()
    long_ago = time.time() - 2 * 86_400
    os.utime(old, (long_ago, long_ago))
    os.utime(other, (long_ago, long_ago))
    assert upkeep.drop_scratch(tmp_path) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["else", "recording-b"]


def test_caches_of_peoples_words_are_emptied() -> None:
    from interview_platform.services.agent import guard_text

    cached = [held for held in vars(guard_text).values() if hasattr(held, "cache_info")]
    big = [held for held in cached if (held.cache_parameters()["maxsize"] or 0) > 1000]
    assert big
    big[0]("the words of somebody")
    upkeep.forget_texts()
    assert big[0].cache_info().currsize == 0
