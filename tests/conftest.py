"""Fixtures many tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from sqlalchemy import Engine
from sqlmodel import SQLModel

from interview_platform.settings import settings
from interview_platform.wiring import Platform, platform
from tests import builders

# No example is failed for being slow: a loaded machine is no fault of the code, and no test asserts wall-clock times.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """An empty database with every table."""
    made = builders.engine(tmp_path)
    yield made
    builders.discard(made)


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Platform]:
    """The product's own platform on an empty folder: what states and routes get from `platform()`."""
    for name in ("REDIS_URL", "DATABASE_URL", "GOOGLE_API_KEY", "S3_BUCKET", "SMTP_HOST", "GMAIL_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    settings.cache_clear()
    platform.cache_clear()
    made = platform()
    SQLModel.metadata.create_all(made.engine)
    yield made
    made.close()
    settings.cache_clear()
    platform.cache_clear()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys last: what is quick to fail fails first."""
    items.sort(key=lambda item: item.get_closest_marker("journey") is not None)
