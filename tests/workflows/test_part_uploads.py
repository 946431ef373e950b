"""Recordings in storage while they are made, on a folder and on a real S3 server: what was sent can be had again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from interview_platform.adapters.local_files import LocalFiles
from interview_platform.adapters.s3 import S3Blobs
from interview_platform.errors import ServiceUnavailable
from interview_platform.media.recording import join, part_path, recorded_parts
from interview_platform.models import Interview, Recording, now, session
from interview_platform.ports import Blobs
from interview_platform.services import recordings
from interview_platform.workflows import after_interview
from interview_platform.workflows.part_uploads import PartUploads
from tests import builders
from tests.adapters import servers
from tests.media.films import pictures, record, voice
from tests.services.scoring.material import Held, SetJudge, ended


@pytest.fixture(scope="module")
def s3_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with the bucket `files`."""
    with servers.s3(tmp_path_factory.mktemp("s3")) as address:
        import boto3

        keys = {"aws_access_key_id": servers.ACCESS_KEY, "aws_secret_access_key": servers.SECRET_KEY}
        boto3.client("s3", endpoint_url=address, region_name="us-east-1", **keys).create_bucket(Bucket="files")
        yield address


@pytest.fixture(params=["local files", "s3"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    """Both stores."""
    if request.param == "s3":
        keys = {"access_key_id": servers.ACCESS_KEY, "secret_access_key": servers.SECRET_KEY}
        return S3Blobs("files", endpoint_url=request.getfixturevalue("s3_address"), attempts=1, **keys)
    return _local(tmp_path)


def _local(tmp_path: Path) -> LocalFiles:
    return LocalFiles(tmp_path / "blobs", builders.SECRET, "http://localhost")


class Away:
    """A store that does not answer while `gone`."""

    name = "away"

    def __init__(self, blobs: Blobs) -> None:
        self._blobs, self.gone, self.puts = blobs, True, 0

    def put(self, key: str, content: bytes | BinaryIO, media_type: str) -> None:
        self.puts += 1
        if self.gone:
            raise ServiceUnavailable("Storage does not answer.")
        self._blobs.put(key, content, media_type)

    def get(self, key: str) -> bytes:
        return self._blobs.get(key)

    def url(self, key: str, seconds: int = 900) -> str:
        return self._blobs.url(key, seconds)

    def delete(self, key: str) -> None:
        self._blobs.delete(key)

    def exists(self, key: str) -> bool:
        if self.gone:
            raise ServiceUnavailable("Storage does not answer.")
        return self._blobs.exists(key)


def _held(engine: Engine) -> Held:
    return ended(engine, started_at=now())


def _grow(path: Path, *content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        file.writelines(content)


def _stored(blobs: Blobs, held: Held, name: str) -> list[bytes]:
    folder = recordings.folder_key(held.actor.organisation_id, held.interview.id)
    found: list[bytes] = []
    while blobs.exists(key := recordings.piece_key(folder, name, len(found))):
        found.append(blobs.get(key))
    return found


def test_a_part_is_stored_in_pieces_as_it_grows(engine: Engine, blobs: Blobs, tmp_path: Path) -> None:
    held = _held(engine)
    uploads = PartUploads(engine, blobs, tmp_path / "live")
    path = part_path(tmp_path / "live", held.interview.id, 1)
    assert uploads.look() == 0
    _grow(path, b"one")
    assert uploads.look() == 3
    assert uploads.look() == 0
    _grow(path, b"two", b"three")
    assert uploads.look() == 8
    assert _stored(blobs, held, "part-001.webm") == [b"one", b"twothree"]


def test_what_a_lost_machine_had_stored_is_fetched_and_joined(engine: Engine, blobs: Blobs, tmp_path: Path) -> None:
    held = _held(engine)
    lost, fresh = tmp_path / "lost", tmp_path / "fresh"
    record(part_path(lost, held.interview.id, 1), 3, film=pictures(3), heard=voice(3, beeps=(1.0,)))
    record(part_path(lost, held.interview.id, 2), 2, film=pictures(2, codec="h264"), heard=voice(2))
    uploads = PartUploads(engine, blobs, lost)
    uploads.look()
    wrote = {path.name: path.read_bytes() for _, path, _, _ in recorded_parts(lost, held.interview.id)}
    shutil.rmtree(lost)
    after = PartUploads(engine, blobs, fresh)
    assert after.restore(held.interview.id) == 2
    assert after.restore(held.interview.id) == 0
    found = recorded_parts(fresh, held.interview.id)
    assert {path.name: path.read_bytes() for _, path, _, _ in found} == wrote
    assert [(part, offset) for part, _, offset, _ in found] == [(1, 0.0), (2, pytest.approx(3, abs=0.02))]
    assert join([path for _, path, _, _ in found], tmp_path / "whole") == pytest.approx(5, abs=0.04)
    assert after.look() == 0  # what was fetched is not sent again


def test_the_pieces_and_the_parts_go_when_the_whole_is_stored(engine: Engine, blobs: Blobs, tmp_path: Path) -> None:
    held = _held(engine)
    live = tmp_path / "live"
    for number in (1, 2):
        record(part_path(live, held.interview.id, number), 2, beeps=(1.0,), film=pictures(2), heard=voice(2))
    uploads = PartUploads(engine, blobs, live)
    uploads.look()
    with session(engine) as db:
        for part in recorded_parts(live, held.interview.id):
            recordings.keep_part(db, held.interview.id, *part)
    assert after_interview.run(engine, blobs, SetJudge(), held.interview.id, join=join, uploads=uploads)
    with session(engine) as db:
        rows = db.exec(select(Recording).order_by(Recording.part)).all()  # type: ignore[arg-type]
    assert [(row.part, row.path, round(row.offset_seconds)) for row in rows] == [(0, "", 0), (1, "", 0), (2, "", 2)]
    assert rows[0].media_type == "video/webm"
    assert blobs.get(rows[0].blob_key)[:4] == bytes.fromhex("1a45dfa3")
    assert not (live / held.interview.id).exists()
    assert _stored(blobs, held, "part-001.webm") == _stored(blobs, held, "part-002.webm") == []
    assert after_interview.run(engine, blobs, SetJudge(), held.interview.id, join=join, uploads=uploads)
    assert blobs.exists(rows[0].blob_key)


def test_what_an_outage_kept_back_follows_in_the_next_round(engine: Engine, tmp_path: Path) -> None:
    held = _held(engine)
    away = Away(_local(tmp_path))
    uploads = PartUploads(engine, away, tmp_path / "live")
    path = part_path(tmp_path / "live", held.interview.id, 1)
    _grow(path, b"one")
    assert uploads.look() == 0
    _grow(path, b"two")
    away.gone = False
    assert uploads.look() == 6
    assert _stored(away, held, "part-001.webm") == [b"onetwo"]


def test_the_process_after_a_crash_goes_on_where_the_last_one_was(engine: Engine, tmp_path: Path) -> None:
    held, blobs = _held(engine), _local(tmp_path)
    path = part_path(tmp_path / "live", held.interview.id, 1)
    _grow(path, b"one")
    PartUploads(engine, blobs, tmp_path / "live").look()
    _grow(path, b"two")
    PartUploads(engine, blobs, tmp_path / "live").look()
    assert _stored(blobs, held, "part-001.webm") == [b"one", b"two"]


def test_a_piece_that_was_stored_but_not_noted_is_sent_again_and_counted_once(engine: Engine, tmp_path: Path) -> None:
    held, blobs = _held(engine), _local(tmp_path)
    path = part_path(tmp_path / "live", held.interview.id, 1)
    _grow(path, b"one")
    PartUploads(engine, blobs, tmp_path / "live").look()
    path.with_suffix(".sent").unlink()
    _grow(path, b"two")
    PartUploads(engine, blobs, tmp_path / "live").look()
    assert b"".join(_stored(blobs, held, "part-001.webm")) == b"onetwo"


def test_a_whole_shorter_than_its_parts_lets_go_of_none(engine: Engine, tmp_path: Path) -> None:
    held, blobs = _held(engine), _local(tmp_path)
    path = part_path(tmp_path / "live", held.interview.id, 1)
    record(path, 2, heard=voice(2))
    with session(engine) as db:
        recordings.keep_part(db, held.interview.id, 1, path, 0.0, 60.0)
    uploads = PartUploads(engine, blobs, tmp_path / "live")
    after_interview.run(engine, blobs, SetJudge(), held.interview.id, join=join, uploads=uploads)
    assert path.exists()


def test_a_film_in_h264_is_stored_as_what_it_is(engine: Engine, tmp_path: Path) -> None:
    held, blobs = _held(engine), _local(tmp_path)
    path = part_path(tmp_path / "live", held.interview.id, 1)
    record(path, 2, film=pictures(2, codec="h264"), heard=voice(2))
    with session(engine) as db:
        recordings.keep_part(db, held.interview.id, 1, path.with_suffix(".mkv"), 0.0, 2.0)
    row = after_interview.store_recording(engine, blobs, held.interview.id, join)
    assert row is not None
    assert (row.media_type, row.blob_key.rpartition("/")[2]) == ("video/mp4", "whole.mp4")


def test_for_an_interview_not_begun_or_already_stored_storage_is_left_alone(engine: Engine, tmp_path: Path) -> None:
    away = Away(_local(tmp_path))
    planned = ended(engine, status="planned", started_at=None)
    uploads = PartUploads(engine, away, tmp_path / "live")
    assert uploads.restore(planned.interview.id) == 0
    with session(engine) as db:
        stored = db.get_one(Interview, ended(engine, started_at=now()).interview.id)
        db.add(Recording(interview_id=stored.id, part=0, blob_key="recordings/x/whole.webm"))
    _grow(part_path(tmp_path / "live", stored.id, 1), b"old")
    _grow(part_path(tmp_path / "live", "nobody's", 1), b"stray")
    uploads.look()
    assert away.puts == 0


def test_looking_goes_on_by_itself_and_a_last_time_at_the_end(engine: Engine, tmp_path: Path) -> None:
    held, blobs = _held(engine), _local(tmp_path)
    uploads = PartUploads(engine, blobs, tmp_path / "live", every_seconds=3600)
    uploads.start()
    _grow(part_path(tmp_path / "live", held.interview.id, 1), b"last words")
    uploads.close()
    uploads.close()
    assert _stored(blobs, held, "part-001.webm") == [b"last words"]
