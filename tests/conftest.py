"""Fixtures many tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import Engine

from interview_platform.services import accounts
from interview_platform.settings import settings
from interview_platform.wiring import Platform, platform
from tests import builders, on_postgres

# No example is failed for being slow: a loaded machine is no fault of the code, and no test asserts wall-clock times.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")


WITH_POSTGRES = pytest.StashKey[bool]()
"""Whether the run on Postgres is among what was collected."""
PRODUCTS_OWN = accounts._passwords, accounts._NOBODY
"""How the product itself hashes, and what it verifies for addresses that nobody has."""
LONG = (
    "tests/access/",
    "tests/evaluation/test_questions.py",
    "tests/media/test_rooms.py",
    "tests/media/test_killed.py",
)
"""What takes longest, by how its tests' ids begin."""


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
    builders.with_tables(tmp_path / "data" / "platform.db")
    made = platform()
    yield made
    made.close()
    settings.cache_clear()
    platform.cache_clear()


def pytest_configure(config: pytest.Config) -> None:
    """Passwords are hashed at the least cost: at the product's own, they were half of the time of the states' tests.

    tests/services/test_accounts.py shows that the product itself hashes at the recommended cost.
    """
    accounts._passwords = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))
    accounts._NOBODY = accounts._passwords.hash("nobody's")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """With the first test, the services' tests begin on Postgres, where the whole suite is run."""
    if on_postgres.PACKAGED and item.config.stash.get(WITH_POSTGRES, False):
        on_postgres.started()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The longest files first, so that no worker is left alone with one at the end; then what waits; then journeys."""
    items.sort(key=_turn)


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is left once `-m` has deselected: journeys alone do not begin the run on Postgres beside them."""
    here = any("test_on_postgres" in item.nodeid for item in session.items)
    session.config.stash[WITH_POSTGRES] = here and on_postgres.PACKAGED and len(session.items) > 1


def _turn(item: pytest.Item) -> int:
    if item.get_closest_marker("journey"):
        return 3
    if "test_on_postgres" in item.nodeid:
        return 2
    return 0 if item.nodeid.startswith(LONG) else 1
