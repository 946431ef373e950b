"""Every test: `python -m tests`, what `make test` runs last. What is named after it goes to pytest as well.

First all that is no journey, in as many processes as there are cores (four at most: each may hold a model's weights);
then the journeys, alone on the machine: a browser and a server talk in real time there. `pytest tests/some_file.py`
runs in one process as ever.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time

MOST = 4
NOTHING_FOUND = 5
"""Pytest's exit code; no failure where somebody named what to run."""
PARTS = {
    "Everything but journeys": ["-m", "not journey", "--dist", "loadfile", "--no-loadscope-reorder"],
    "Journeys in a browser": ["-m", "journey"],
}


def main() -> int:
    """Run both parts, whatever becomes of the first; 0 when all tests of both passed."""
    started, outcomes = time.monotonic(), {}
    for name, options in PARTS.items():
        workers = processes() if "--dist" in options else 0
        print(f"==> {name}{f', {workers} at a time' if workers else ''}", flush=True)
        outcomes[name] = run([*options, "-n", str(workers), *sys.argv[1:]], workers)
    print()
    for name, (_, last) in outcomes.items():
        print(f"==> {name}: {last}")
    fine = (0, NOTHING_FOUND) if sys.argv[1:] else (0,)
    failed = [name for name, (code, _) in outcomes.items() if code not in fine]
    minutes, seconds = divmod(round(time.monotonic() - started), 60)
    print(
        f"==> {'FAILED: ' + ', '.join(failed) if failed else 'All passed'} ({minutes} min {seconds:02} s)", flush=True
    )
    return 1 if failed else 0


def processes() -> int:
    """How many run the tests at once: TEST_PROCESSES, or the cores this process may use; 0 is pytest's own alone."""
    named = os.environ.get("TEST_PROCESSES", "")
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    cores = int(named) if named.isdigit() else min(usable, MOST)
    return cores if cores > 1 else 0


def run(options: list[str], workers: int) -> tuple[int, str]:
    """One run of pytest, shown as it goes; its exit code and its last line."""
    threads = {"OMP_NUM_THREADS": str(max(1, (os.cpu_count() or 1) // workers))} if workers else {}
    command = [sys.executable, "-m", "pytest", "--color=no", *options]
    said = b""
    with subprocess.Popen(command, env={**threads, **os.environ}, stdout=subprocess.PIPE, bufsize=0) as process:
        assert process.stdout
        while chunk := process.stdout.read(4096):
            sys.stdout.buffer.write(chunk)
            sys.stdout.buffer.flush()
            said = (said + chunk)[-4000:]
    lines = re.findall(r"^.* in \d[\d.]*s.*$", said.decode(errors="replace"), re.MULTILINE)
    return process.returncode, lines[-1].strip("= ") if lines else f"exit code {process.returncode}"


if __name__ == "__main__":
    sys.exit(main())
