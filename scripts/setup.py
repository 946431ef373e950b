"""`make setup`: from a fresh clone to something that `serve` can start. Run again, it only does what changed.

Runs under the machine's own Python, standard library only.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from scripts import frontend, machine
from scripts.console import CommandFailed, SetupFailed, explain, fail, run, say, step
from scripts.dependencies import Environment

PROJECT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Every step in order; the first that fails ends it with one message."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tests", action="store_true", help="also what the tests need")
    parser.add_argument("--rebuild", action="store_true", help="build the pages even if nothing changed")
    chosen = parser.parse_args()
    started = time.monotonic()
    try:
        machine.require_python()
        warnings = set_up(Environment(PROJECT), chosen.tests, chosen.rebuild)
    except SetupFailed as failure:
        fail(str(failure))
    except CommandFailed as failure:
        fail(explain("make setup", failure))
    except KeyboardInterrupt:
        fail("Stopped. Run `make setup` again: it goes on where it was.")
    for warning in warnings:
        say(f"Note: {warning}")
    say(f"==> Set up in {time.monotonic() - started:.0f} s")


def set_up(environment: Environment, tests: bool, rebuild: bool) -> list[str]:
    """All steps; notes on what stays switched off. Raises SetupFailed, CommandFailed."""
    if not environment.is_current(tests):
        machine.require_disk(environment.project)
        environment.install(tests)
    warnings = machine.install_system_packages(browser=tests, project=environment.project)
    _command(environment, "Model weights, database, demo organisation", "prepare")
    with step("Pages (the first build takes about half a minute)"):
        if not frontend.build(environment, force=rebuild):
            say("    nothing changed")
    return warnings


def _command(environment: Environment, title: str, *arguments: str) -> None:
    command = [str(environment.python), "-m", "interview_platform", *arguments]
    with step(title):
        run(command, environment.project, environment.env(), show=True)


if __name__ == "__main__":
    main()
