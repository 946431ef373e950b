"""`encrypt-files` as it is typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner, Result

from interview_platform.cli import app, migrate
from interview_platform.errors import BadInput
from interview_platform.models import make_engine
from interview_platform.settings import settings
from interview_platform.wiring import platform


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A DATA_DIR with a migrated database and two files that are not encrypted."""
    for name in ("REDIS_URL", "DATABASE_URL", "S3_BUCKET", "CHROMA_HOST", "FILES_KEY", "ENCRYPT_FILES"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("CACHE_DIR", str(tmp_path / "no-models"))
    again()
    migrate()
    platform().blobs.put("resumes/ada.pdf", b"%PDF Ada", "application/pdf")
    platform().blobs.put("recordings/a.webm", b"a film", "video/webm")
    yield tmp_path
    again()


def again() -> None:
    """The settings as they are now."""
    if platform.cache_info().currsize:
        platform().close()
    settings.cache_clear()
    platform.cache_clear()


def run() -> Result:
    made = CliRunner().invoke(app, ["encrypt-files"])
    if isinstance(made.exception, Exception) and not isinstance(made.exception, SystemExit):
        raise made.exception
    return made


def on_disk(place: Path) -> bytes:
    return b"".join(path.read_bytes() for path in (place / "files" / "files").rglob("*") if path.is_file())


def test_files_from_before_are_encrypted_once(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENCRYPT_FILES", "true")
    again()
    assert "2 encrypted, 0 were already" in run().stdout
    assert "0 encrypted, 2 were already" in run().stdout
    assert b"Ada" not in on_disk(place)
    assert platform().blobs.get("resumes/ada.pdf") == b"%PDF Ada"


def test_a_new_key_takes_the_place_of_the_old_one(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENCRYPT_FILES", "true")
    for keys in ("the first key of these files", "the second key of these files,the first key of these files"):
        monkeypatch.setenv("FILES_KEY", keys)
        again()
        assert "2 encrypted" in run().stdout
    monkeypatch.setenv("FILES_KEY", "the second key of these files")
    again()
    assert platform().blobs.get("recordings/a.webm") == b"a film"


def test_what_cannot_be_opened_is_named_and_the_rest_is_encrypted(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENCRYPT_FILES", "true")
    monkeypatch.setenv("FILES_KEY", "a key that somebody has lost")
    again()
    platform().blobs.put("resumes/lost.pdf", b"%PDF", "application/pdf")
    monkeypatch.setenv("FILES_KEY", "a new key of these files")
    again()
    made = run()
    assert (made.exit_code, "2 encrypted" in made.stdout) == (1, True)
    assert "resumes/lost.pdf was left as it is. This stored file was encrypted with another FILES_KEY" in made.output


def test_it_is_not_done_unasked_nor_while_the_product_runs(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadInput, match="ENCRYPT_FILES=true first"):
        run()
    monkeypatch.setenv("ENCRYPT_FILES", "true")
    again()
    other = make_engine(settings().database)
    with other.connect() as running:
        running.execute(text("SELECT 1 FROM organisation"))
        with pytest.raises(BadInput, match="still running"):
            run()
    other.dispose()
    assert b"Ada" in on_disk(place)
