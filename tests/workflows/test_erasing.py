"""A candidate deleted: not one byte is left in any table, file, vector, session, page or folder, whatever was away."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Engine
from sqlmodel import SQLModel, select

from interview_platform.adapters.embedded_sessions import EmbeddedSessions
from interview_platform.adapters.local_files import LocalFiles
from interview_platform.adapters.outbox import OutboxMailer
from interview_platform.errors import NotAllowed, ServiceUnavailable
from interview_platform.models import (
    AuditEvent,
    Candidate,
    Duplicate,
    Erasure,
    Interview,
    Message,
    Recording,
    Resume,
    User,
    make_engine,
    now,
    session,
)
from interview_platform.ports import Mail
from interview_platform.services import access, data_map, erasure, erasure_reach, holds, recordings
from interview_platform.services.access import Actor
from interview_platform.workflows import scrubbing
from interview_platform.workflows.erasing import Eraser, Places
from tests import builders, planted
from tests.fakes import MemoryVectors


class Unsteady:
    """Blobs that can be away."""

    name = "unsteady"

    def __init__(self, behind: LocalFiles) -> None:
        self.behind, self.away = behind, False

    def __getattr__(self, name: str) -> object:
        if self.away:
            raise ServiceUnavailable("The storage does not answer.")
        return getattr(self.behind, name)


@dataclass
class Post:
    """A mailer that keeps what it was given, or fails."""

    name: str = "post"
    delivers: bool = True
    away: bool = False
    sent: list[Mail] = field(default_factory=list)

    def send(self, mail: Mail) -> str:
        if self.away:
            raise ServiceUnavailable("The mail server does not answer.")
        self.sent.append(mail)
        return "1"


@dataclass
class World:
    """One organisation, everything around it, and somebody planted everywhere."""

    engine: Engine
    folder: Path
    actor: Actor
    ids: dict[str, str]
    places: Places
    post: Post
    vectors: MemoryVectors

    @property
    def eraser(self) -> Eraser:
        return Eraser(self.engine, self.places, self.post, "interviews@example.com")

    def ask(self, reason: str = "recruiter") -> str:
        with session(self.engine) as db:
            return erasure.request(db, self.actor, self.ids["candidate"], reason).id

    def traces(self) -> dict[str, list[str]]:
        """Wherever something is found; an empty dict is a deleted person."""
        space = self.vectors.spaces.get(f"{self.actor.organisation_id}-minilm", {})
        seen = {
            "tables": planted.in_tables(self.engine),
            "files": planted.in_files(self.folder),
            "vectors": [key for key in space if key.startswith(self.ids["resume"])],
            "sessions": ["pace"] if self.places.sessions.get(f"pace:{self.ids['interview']}") else [],
        }
        return {place: found for place, found in seen.items() if found}


@pytest.fixture
def world(engine: Engine, tmp_path: Path) -> World:
    with session(engine) as db:
        user, actor = builders.recruiter(db, role="owner")
        job = builders.job(db, actor)
        ids = planted.plant(db, actor.organisation_id, job.id, user.id)
        db.get_one(Candidate, ids["candidate"]).email = f"{planted.MARK}@example.com"
        db.get_one(Interview, ids["interview"]).status = "reported"
    blobs, sessions, vectors = Unsteady(_files(tmp_path)), EmbeddedSessions(), MemoryVectors()
    places = Places(
        blobs,  # type: ignore[arg-type]
        sessions,
        vectors=lambda: vectors,
        record_dir=tmp_path / "live",
        page_dirs=[tmp_path / "pages"],
        ledger=tmp_path / "erased.jsonl",
    )
    made = World(engine, tmp_path, actor, ids, places, Post(), vectors)
    _plant_elsewhere(made)
    return made


def _files(folder: Path) -> LocalFiles:
    return LocalFiles(folder / "files", builders.SECRET, "http://localhost")


def _plant_elsewhere(world: World) -> None:
    """Files, pictures, recordings and their pieces, vectors, a session, the live folder, an open page."""
    mark, ids, blobs = planted.MARK.encode(), world.ids, world.places.blobs
    own = world.actor.organisation_id
    for table in planted.tables():
        if "blob_key" in table.columns:
            blobs.put(f"planted/{table.name}/{planted.MARK}.pdf", mark, "application/pdf")
    blobs.put(f"pictures/{own}/{ids['resume']}/page-2.png", mark, "image/png")  # the first was never drawn
    folder = recordings.folder_key(own, ids["interview"])
    for number in range(3):
        recordings.put_piece(blobs, folder, "part-001.webm", number, mark)
    blobs.put(f"{folder}/whole.mp4", mark, "video/mp4")  # stored, and the process died before it was noted
    world.vectors.put(f"{own}-minilm", [f"{ids['resume']}.abc", "f" * 32 + ".abc"], np.ones((2, 3), np.float32))
    world.places.sessions.put(f"pace:{ids['interview']}", {"more_time": True}, 60)
    live = world.folder / "live" / ids["interview"]
    live.mkdir(parents=True)
    (live / "part-001.webm").write_bytes(mark)
    aside = world.folder / "live-part.webm"
    aside.write_bytes(mark)
    (world.folder / "pages").mkdir()
    (world.folder / "pages" / "tab.pkl").write_bytes(b"\x80\x05" + ids["application"].encode() + mark)
    (world.folder / "pages" / "other.pkl").write_bytes(b"somebody else")
    with session(world.engine) as db:
        db.get_one(Recording, ids["recording"]).path = str(aside)


def test_everything_is_planted_before_so_that_the_search_can_find_it(world: World) -> None:
    traces = world.traces()
    assert set(traces["tables"]) >= {table.name for table in planted.tables()} - {"busy_time", "invite"}
    assert len(traces["files"]) >= 9
    assert traces["vectors"]
    assert traces["sessions"]


def test_not_one_byte_is_left_anywhere(world: World) -> None:
    row = world.eraser.run(world.ask())
    assert (row.status, row.why, row.left) == ("done", "", {})
    assert world.traces() == {}
    with session(world.engine) as db:
        for table in planted.tables():
            assert db.exec(select(table)).all() == [], table.name  # type: ignore[call-overload]


def test_others_keep_what_is_theirs(world: World) -> None:
    with session(world.engine) as db:
        user = db.exec(select(User)).one()
        job = builders.job(db, world.actor)
        other = planted.plant(db, world.actor.organisation_id, job.id, user.id, "elsewhere9")
    world.eraser.run(world.ask())
    assert set(planted.in_tables(world.engine, "elsewhere9")) >= {"candidate", "turn", "report", "message"}
    with session(world.engine) as db:
        assert db.get(Candidate, other["candidate"]) is not None
    assert world.vectors.keys(f"{world.actor.organisation_id}-minilm") == {"f" * 32 + ".abc"}
    assert [path.name for path in (world.folder / "pages").iterdir()] == ["other.pkl"]


def test_every_table_is_either_reached_or_told_why_not() -> None:
    reached = {table.name for table in planted.tables()}
    kept = {entry.place for entry in data_map.TABLES if not entry.personal}
    assert reached | kept == set(SQLModel.metadata.tables)
    assert reached & kept == set()


def test_the_receipt_holds_counts_and_no_word_of_the_person(world: World) -> None:
    row = world.eraser.run(world.ask())
    receipt = erasure.receipt(row)
    counts = dict(receipt.counts)
    assert counts["Contact details"] == 1
    assert counts["Stored files"] == len([t for t in planted.tables() if "blob_key" in t.columns])
    assert planted.MARK not in repr(receipt)
    with session(world.engine) as db:
        found = erasure.of_invite(db, world.ids["invite"])
        events = [event.action for event in db.exec(select(AuditEvent)) if "erasure" in event.action]
    assert found is not None
    assert found.number == row.id
    assert {"erasure.requested", "erasure.begun", "erasure.done"} <= set(events)


def test_the_receipt_is_sent_once_before_the_address_is_gone(world: World) -> None:
    erasure_id = world.ask()
    world.eraser.run(erasure_id)
    world.eraser.run(erasure_id)
    [mail] = world.post.sent
    assert mail.to == f"{planted.MARK}@example.com"
    assert erasure_id in mail.text


def test_asked_twice_it_is_one_deletion_and_done_twice_it_is_done_once(world: World) -> None:
    first = world.ask()
    assert world.ask() == first
    done = world.eraser.run(first)
    again = world.eraser.run(first)
    assert (again.done_at, again.counts) == (done.done_at, done.counts)


def test_with_the_storage_away_it_waits_says_why_and_goes_on_by_itself(world: World) -> None:
    erasure_id = world.ask()
    world.places.blobs.away = True  # type: ignore[attr-defined]
    row = world.eraser.run(erasure_id)
    assert (row.status, row.why) == ("sweeping", "The storage does not answer.")
    assert planted.in_tables(world.engine) in ([], ["erasure"])  # only the keys that are still to be removed
    world.places.blobs.away = False  # type: ignore[attr-defined]
    [row] = world.eraser.go_on()
    assert row.status == "done"
    assert world.traces() == {}


def test_a_crash_between_the_rows_and_the_files_costs_a_round(world: World) -> None:
    erasure_id = world.ask()
    with session(world.engine) as db:
        erasure.begin(db, db.get_one(Erasure, erasure_id))
    assert world.traces()
    world.eraser.go_on()  # another process, after the crash
    assert world.traces() == {}


def test_a_mail_server_that_is_away_holds_a_deletion_back_for_some_rounds_only(world: World) -> None:
    world.post.away = True
    erasure_id = world.ask()
    first = world.eraser.run(erasure_id)
    assert first.status == "waiting"
    assert "e-mail" in first.why
    world.eraser.run(erasure_id)
    assert world.eraser.run(erasure_id).status == "done"
    assert world.traces() == {}


def test_a_hold_stops_it_and_lifted_it_goes_on(world: World) -> None:
    with session(world.engine) as db:
        holds.place(db, world.actor, world.ids["candidate"], "A claim before the labour court.")
    erasure_id = world.ask()
    assert world.eraser.run(erasure_id).status == "held"
    assert world.traces()
    with session(world.engine) as db:
        holds.lift(db, world.actor, world.ids["candidate"])
    world.eraser.go_on()
    assert world.traces() == {}


def test_only_owners_hold(world: World) -> None:
    recruiter = Actor(world.actor.organisation_id, "recruiter", world.actor.user_id)
    with session(world.engine) as db, pytest.raises(NotAllowed):
        holds.place(db, recruiter, world.ids["candidate"], "Because.")


def test_a_running_interview_is_not_cut_off(world: World) -> None:
    with session(world.engine) as db:
        row = db.get_one(Interview, world.ids["interview"])
        row.status, row.started_at = "live", now() - timedelta(minutes=5)
    erasure_id = world.ask()
    assert "running" in world.eraser.run(erasure_id).why
    with session(world.engine) as db:
        db.get_one(Interview, world.ids["interview"]).status = "reported"
    assert world.eraser.run(erasure_id).status == "done"


def test_whoever_was_merged_goes_too_from_whichever_side_it_is_asked(world: World) -> None:
    with session(world.engine) as db:
        away = builders.candidate(db, world.actor, name=planted.MARK, merged_into=world.ids["candidate"])
        builders.resume(db, world.actor, away, text=planted.MARK)
        db.add(
            Duplicate(
                organisation_id=world.actor.organisation_id, candidate_id=world.ids["candidate"], other_id=away.id
            )
        )
    with session(world.engine) as db:
        row = erasure.request(db, world.actor, away.id)
    world.eraser.run(row.id)
    assert world.traces() == {}


def test_what_an_older_backup_brings_back_is_deleted_again(world: World) -> None:
    world.eraser.run(world.ask())
    with session(world.engine) as db:
        builders.candidate(db, world.actor, id=world.ids["candidate"], name=planted.MARK, email="")
    [asked] = world.eraser.undo_restored()
    assert world.eraser.run(asked).status == "done"
    assert world.traces() == {}
    assert world.eraser.undo_restored() == []


def test_the_outbox_keeps_no_receipt_of_somebody_deleted(world: World) -> None:
    eraser = Eraser(world.engine, world.places, OutboxMailer(), "interviews@example.com")
    eraser.run(world.ask())
    with session(world.engine) as db:
        assert db.exec(select(Message)).all() == []


def test_a_letter_without_an_application_goes_with_its_address(world: World) -> None:
    with session(world.engine) as db:
        own = world.actor.organisation_id
        loose = {"dedup_key": "x", "purpose": "x", "subject": "", "text": ""}
        db.add(Message(organisation_id=own, to_address=f"{planted.MARK}@example.com", **loose))
    world.eraser.run(world.ask())
    assert world.traces() == {}


def test_reach_ends_at_what_is_not_the_persons(world: World) -> None:
    with session(world.engine) as db:
        rows = erasure_reach.reach(db, {"candidate": [world.ids["candidate"]]})
    assert {"job", "organisation", "user_account"}.isdisjoint(rows)


def test_an_unread_file_of_nobody_can_be_deleted_alone(world: World) -> None:
    with session(world.engine) as db:
        row = builders.resume(db, world.actor, builders.candidate(db, world.actor), filename=planted.MARK)
        row.candidate_id = None
        plan = erasure.plan(db, world.actor.organisation_id, erasure.FILE, {"resume": [row.id]})
    assert world.eraser.run(plan.id).status == "done"
    with session(world.engine) as db:
        assert db.get(Resume, row.id) is None
        assert access.candidate(db, world.actor, world.ids["candidate"])


def test_a_file_that_was_filled_before_is_written_anew_once(tmp_path: Path) -> None:
    file = tmp_path / "old.db"
    with sqlite3.connect(file) as old:
        old.execute("pragma secure_delete=off")
        old.execute("create table said (words text)")
        old.executemany("insert into said values (?)", [(planted.MARK,)] * 50)
        old.execute("delete from said")
    old.close()
    assert planted.MARK.encode() in file.read_bytes()
    engine = make_engine(f"sqlite:///{file}")
    assert scrubbing.overwrite_old(engine)
    assert not scrubbing.overwrite_old(engine)
    engine.dispose()
    assert planted.MARK.encode() not in file.read_bytes()
