"""Encrypted files are served whole and in ranges, as RFC 9110 has it, to the holder of a signed address."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from interview_platform import api_files, routes
from interview_platform.adapters.sealed_files import SealedFiles
from interview_platform.settings import settings
from interview_platform.wiring import Platform, platform

FILM = bytes(range(256)) * 1000


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Platform]:
    for name in ("REDIS_URL", "DATABASE_URL", "S3_BUCKET", "CHROMA_HOST", "FILES_KEY"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("CACHE_DIR", str(tmp_path / "no-models"))
    monkeypatch.setenv("ENCRYPT_FILES", "true")
    settings.cache_clear()
    platform.cache_clear()
    yield platform()
    platform().close()
    settings.cache_clear()
    platform.cache_clear()


@pytest.fixture
def client(held: Platform) -> TestClient:
    return TestClient(Starlette(routes=[Route(routes.API_FILE, api_files.file, methods=["GET", "HEAD"])]))


def address(held: Platform, key: str = "recordings/a film.webm", kind: str = "video/webm") -> str:
    held.blobs.put(key, FILM, kind)
    return "/" + held.blobs.url(key).split("/", 3)[3]


def test_the_setting_encrypts_what_is_stored(held: Platform, tmp_path: Path) -> None:
    address(held)
    assert isinstance(held.blobs, SealedFiles)
    assert held.blobs.name == "local files, encrypted"
    assert FILM[:64] not in (tmp_path / "data" / "files" / "files" / "recordings" / "a film.webm").read_bytes()


def test_a_whole_file_comes_with_its_kind_name_and_length(held: Platform, client: TestClient) -> None:
    answer = client.get(address(held))
    assert (answer.status_code, answer.content) == (200, FILM)
    assert answer.headers["content-type"] == "video/webm"
    assert answer.headers["content-disposition"] == "inline; filename*=utf-8''a%20film.webm"
    assert (answer.headers["accept-ranges"], answer.headers["content-length"]) == ("bytes", str(len(FILM)))


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-", 0, len(FILM)),
        ("bytes=2-4", 2, 5),
        ("bytes=-3", len(FILM) - 3, len(FILM)),
        ("bytes=65530-65550", 65530, 65551),
        ("bytes=255990-999999", 255990, len(FILM)),
        ("bytes=-999999", 0, len(FILM)),
    ],
)
def test_a_range_is_served(held: Platform, client: TestClient, asked: str, start: int, end: int) -> None:
    answer = client.get(address(held), headers={"range": asked})
    assert (answer.status_code, answer.content) == (206, FILM[start:end])
    assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/{len(FILM)}"


@pytest.mark.parametrize("asked", ["bytes=0-1,4-5", "lines=1-2", "bytes=-", "bytes=9-2", "bytes=²-3", "nonsense"])
def test_what_is_no_range_we_serve_gets_the_whole(held: Platform, client: TestClient, asked: str) -> None:
    answer = client.get(address(held), headers={"range": asked.encode("latin-1")})
    assert (answer.status_code, len(answer.content)) == (200, len(FILM))


@pytest.mark.parametrize("asked", [f"bytes={len(FILM)}-", "bytes=-0", "bytes=999999999-"])
def test_a_range_outside_of_the_file_is_refused_with_its_size(held: Platform, client: TestClient, asked: str) -> None:
    answer = client.get(address(held), headers={"range": asked})
    assert (answer.status_code, answer.headers["content-range"]) == (416, f"bytes */{len(FILM)}")


def test_a_range_of_an_older_version_gets_the_whole_new_one(held: Platform, client: TestClient) -> None:
    tag = client.get(address(held)).headers["etag"]
    path = address(held)  # stored again
    older = client.get(path, headers={"range": "bytes=2-4", "if-range": tag})
    newest = client.get(path, headers={"range": "bytes=2-4", "if-range": older.headers["etag"]})
    assert (older.status_code, newest.status_code) == (200, 206)


def test_a_head_tells_the_length_and_sends_nothing(held: Platform, client: TestClient) -> None:
    answer = client.head(address(held))
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-length"] == str(len(FILM))


def test_a_page_that_was_stored_is_downloaded_and_not_shown(held: Platform, client: TestClient) -> None:
    assert client.get(address(held, "a.html", "text/html")).headers["content-disposition"].startswith("attachment")


def test_a_changed_address_and_a_damaged_file_are_told_in_words(
    held: Platform, client: TestClient, tmp_path: Path
) -> None:
    path = address(held)
    wrong = client.get(path[:-2] + "xx")
    assert (wrong.status_code, "not valid" in wrong.json()["error"]) == (404, True)
    stored = tmp_path / "data" / "files" / "files" / "recordings" / "a film.webm"
    stored.write_bytes(stored.read_bytes()[:-1])
    damaged = client.get(path)
    assert (damaged.status_code, "damaged" in damaged.json()["error"]) == (503, True)
