"""`make lock`: requirements*.in → requirements*.txt, every version pinned, for every platform we run on.

torch's CUDA packages are left out: scripts/dependencies.py installs its CPU build, which needs none of them.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from scripts.console import run, say, step
from scripts.dependencies import Environment

PROJECT = Path(__file__).resolve().parent.parent
CUDA = ("nvidia-", "cuda-", "triton==")
HEADER = "# Made by `make lock` from {}; do not edit.\n"


def main() -> None:
    """Compile both files; versions already locked stay unless --upgrade."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions that fit")
    upgrade = ["--upgrade"] if parser.parse_args().upgrade else []
    environment = Environment(PROJECT)
    for name in ("requirements", "requirements-test"):
        with step(f"Locking {name}.txt"):
            command = [str(environment.bin / "uv"), "pip", "compile", "--universal", "--python-version", "3.11"]
            command += ["--quiet", "--no-header", "--no-annotate", *upgrade, f"{name}.in", "-o", f"{name}.txt"]
            run(command, PROJECT, environment.env())
            _tidy(PROJECT / f"{name}.txt")
    say("Run the tests before you commit the new versions.")


def _tidy(path: Path) -> None:
    lines = [line for line in path.read_text().splitlines() if line and not line.startswith(("#", *CUDA))]
    path.write_text(HEADER.format(path.with_suffix(".in").name) + "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
