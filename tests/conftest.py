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
from tests import builders, on_postgres

# No example is failed for being slow: a loaded machine is no fault of the code, and no test asserts wall-clock times.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")


WITH_POSTGRES = pytest.StashKey[bool]()
"""Whether the run on Postgres is among what was collected."""


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """An empty database with every table."""
    made = builders.engine(tmp_path)
    yield made
    builders.discard(made)


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Platform]:
    """The product's own platform on an empty folder: what states and routes get from `platform()`."""
    for name in (
        "REDIS_URL",
        "DATABASE_URL",
        "GOOGLE_API_KEY",
        "S3_BUCKET",
        "SMTP_HOST",
        "GMAIL_CREDENTIALS_FILE",
        "CALENDLY_TOKEN",
    ):
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


def pytest_runtest_setup(item: pytest.Item) -> None:
    """With the services' tests, the same begin on Postgres, where the whole suite is run."""
    if (
        item.nodeid.startswith("tests/services/")
        and on_postgres.PACKAGED
        and item.config.stash.get(WITH_POSTGRES, False)
    ):
        on_postgres.started()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Journeys last: what is quick to fail fails first."""
    here = any("test_on_postgres" in item.nodeid for item in items)
    config.stash[WITH_POSTGRES] = here and on_postgres.PACKAGED
    items.sort(key=lambda item: item.get_closest_marker("journey") is not None)
