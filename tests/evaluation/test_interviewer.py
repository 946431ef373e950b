"""Measured interviews: a good interviewer passes, and each thing that may go wrong is seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from interview_platform.evaluation import interview_reading as reading
from interview_platform.evaluation import interviewer as measuring
from interview_platform.evaluation import personas
from interview_platform.ports import Decision, Exchange
from interview_platform.services.agent.offline_interviewer import OfflineInterviewer
from tests.fakes import HashingEmbeddings

PERSONA = """
name: Nurse
job:
  title: Ward Nurse
  family: nursing
  custom_questions: ["How do you hand over a patient when the next shift is late?"]
answers:
- for: getting worse
  say: Her breathing was fast and her lips were blue, so I sat her up and gave her oxygen within a minute.
  covers: [signs that were noticed, what they did at once for the patient]
- for: call
  say: I called the outreach team and told them the score.
  covers: [whom they called for help]
- for: afterwards
  say: She was back on the ward after three days.
  covers: [how the patient did afterwards]
default: It was a long shift and I looked after everybody as well as I could, with two colleagues and a student.
"""


class Asking:
    """Follows up with the option whose point holds `words`; nothing else."""

    name = label = "asking"

    def __init__(self, words: str, text: str = "") -> None:
        self._words, self._text = words, text

    def decide(self, exchange: Exchange, say: Callable[[str], bool] | None = None) -> Decision:
        """As told."""
        found = [option for option in exchange.options if self._words in option.point]
        if not self._words or not found or exchange.follow_ups_here:
            return Decision(engine=self.label)
        return Decision("follow_up", self._text or found[0].question, point=found[0].point, engine=self.label)


def measured(folder: Path, interviewer: Any, text: str = PERSONA) -> dict[str, Any]:
    (folder / "nurse.yaml").write_text(text, encoding="utf-8")
    return measuring.measure(personas.read(folder), interviewer, HashingEmbeddings())


def test_an_interview_that_only_follows_the_plan_reaches_every_goal(tmp_path: Path) -> None:
    report = measured(tmp_path, Asking(""))
    assert report["as_wanted"]
    assert report["summary"]["personas"] == 1
    assert report["summary"]["coverage"] == report["summary"]["custom_verbatim"] == 1.0
    assert set(report["decisions"]["by_kind"]) == {"accept"}


def test_a_follow_up_on_an_open_point_counts_as_open_by_the_label(tmp_path: Path) -> None:
    report = measured(tmp_path, Asking("whom they called"))
    row = report["interviews"][0]
    assert (row["follow_ups"], row["truly_open"], row["labelled"]) == (1, 1, 1)
    assert row["re_asked"] == []


def test_a_follow_up_on_what_was_told_is_seen(tmp_path: Path) -> None:
    report = measured(tmp_path, Asking("at once for the patient"))
    assert report["summary"]["re_asked"] == 1
    assert report["summary"]["follow_up_precision"] == 0.0
    assert not report["as_wanted"]


def test_the_offline_interviewer_is_deterministic_through_a_whole_interview(tmp_path: Path) -> None:
    first, second = (measured(tmp_path, OfflineInterviewer(HashingEmbeddings())) for _ in range(2))
    assert first["summary"] == second["summary"]
    assert first["interviews"][0]["decisions"] == second["interviews"][0]["decisions"]


def test_candidates_of_one_job_get_the_same_core_questions(tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text(PERSONA.replace("Nurse\n", "Other\n", 1), encoding="utf-8")
    assert measured(tmp_path, Asking(""))["summary"]["core_identical"] == 1.0


def test_who_stops_early_does_not_lower_the_coverage(tmp_path: Path) -> None:
    text = "job: {family: nursing}\nanswers: ['[end]']\n"
    report = measured(tmp_path, Asking(""), text)
    row = report["interviews"][0]
    assert row["asked"] < row["questions"]
    assert (row["coverage"], row["ended_by"]) == (1.0, "candidate")


def test_a_job_outside_the_families_can_be_interviewed(tmp_path: Path) -> None:
    own = "competencies: [Reading birds, {name: Speaking to crowds, group: communication}]"
    text = f"job: {{title: Falconer, {own}}}\nsay: [x]"
    report = measured(tmp_path, Asking(""), text)
    assert report["interviews"][0]["job"] == "Falconer"
    assert report["summary"]["coverage"] == 1.0


@pytest.mark.parametrize(
    ("label", "meant"),
    [
        ("Says who was called", "Says who was called"),
        ("who was CALLED", "Says who was called"),
        ("cause in the logs", "Names the cause found in logs"),
        ("weather", ""),
    ],
)
def test_labels_mean_the_point_they_share_their_words_with(label: str, meant: str) -> None:
    assert reading.meant(label, ["Says who was called", "Names the cause found in logs"]) == meant


def test_a_transcript_shows_who_said_what_and_why(tmp_path: Path) -> None:
    shown: list[str] = []
    (tmp_path / "nurse.yaml").write_text(PERSONA, encoding="utf-8")
    found = personas.read(tmp_path)
    measuring.measure(found, Asking("whom they called"), HashingEmbeddings(), show=shown.append)
    assert "Sam [answer]: Her breathing was fast" in shown[0]
    assert "AI [follow_up]" in shown[0]


def test_recall_counts_the_open_answers_that_nobody_followed_up(tmp_path: Path) -> None:
    silent = measured(tmp_path, Asking(""))
    asking = measured(tmp_path, Asking("whom they called"))
    assert silent["summary"]["follow_up_recall"] == 0.0
    assert silent["interviews"][0]["left_open"] > 0
    assert 0.0 < asking["summary"]["follow_up_recall"] < 1.0
    assert any("open:" in line for line in silent["interviews"][0]["not_followed_up"])
