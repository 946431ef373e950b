"""The services' tests once more on Postgres, beside the run on SQLite: the second core does it meanwhile."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

from tests.postgres import postgres

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 1200


@lru_cache(maxsize=1)
def started() -> Future[subprocess.CompletedProcess[str]]:
    """The run, begun at the first call."""
    return ThreadPoolExecutor(1, "on-postgres").submit(_run)


def _run() -> subprocess.CompletedProcess[str]:
    with postgres() as address:
        return subprocess.run(
            ["nice", sys.executable, "-m", "pytest", "tests/services", "tests/workflows", "-m", "not models"],
            cwd=ROOT,
            env={**os.environ, "TEST_POSTGRES_URL": address},
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )
