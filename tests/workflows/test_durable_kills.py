"""A process that is killed between any two steps of what follows an interview: the next one goes on from there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.workflows import killed

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif("TEST_POSTGRES_URL" in os.environ, reason="its processes have databases of their own")
STEPS = ["transcripts", "record", "report", "face_signals", "recording", "report_again", "candidate_feedback", "status"]


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What came of each case, by where its process was killed."""
    folder = tmp_path_factory.mktemp("killed")
    command = [sys.executable, "-m", "tests.workflows.killed", str(folder)]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=True)
    return dict(json.loads(said.stdout.splitlines()[-1])["cases"])


def test_killed_between_any_two_steps_it_goes_on_and_repeats_none(cases: dict[str, Any]) -> None:
    between = [cases[f"between {number}"] for number in killed.BETWEEN]

    assert len(between) == len(STEPS) + 1
    assert [case["killed"] for case in between] == [-9] * len(between)
    assert [case["steps"] for case in between] == [STEPS] * len(between)


def test_killed_within_a_step_it_does_that_one_again_and_no_other(cases: dict[str, Any]) -> None:
    for step in killed.WITHIN:
        at = STEPS.index(step)
        assert cases[f"within {step}"]["killed"] == -9
        assert cases[f"within {step}"]["steps"] == [*STEPS[: at + 1], *STEPS[at:]]


def test_wherever_it_was_killed_there_is_one_of_everything_in_the_end(cases: dict[str, Any]) -> None:
    for case in cases.values():
        assert (case["reports"], case["whole"], case["status"]) == (["ready"], 1, "reported")
        assert case["said"] == ["feedback.drafted", "interview.reported"]
