"""The services' own tests once more, on Postgres: what holds on SQLite holds in production."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.postgres import postgres

ROOT = Path(__file__).resolve().parent.parent


def test_the_services_tests_pass_on_postgres_too() -> None:
    with postgres() as address:
        run = subprocess.run(
            [sys.executable, "-m", "pytest", "tests/services", "tests/workflows", "-m", "not models"],
            cwd=ROOT,
            env={**os.environ, "TEST_POSTGRES_URL": address},
            capture_output=True,
            text=True,
            timeout=900,
        )
    assert run.returncode == 0, run.stdout[-6000:]
    assert int(re.findall(r"(\d+) passed", run.stdout)[-1]) >= 300
