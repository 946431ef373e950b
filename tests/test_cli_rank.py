"""`rank --second-look`: a language model orders the first of a list, and says by which words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from interview_platform.cli.ranking import looked_at_again, reasons
from interview_platform.errors import ServiceUnavailable
from interview_platform.evaluation.ranking_data import Post
from interview_platform.ports import Grade
from interview_platform.services.rank_parts import Wish
from interview_platform.services.resumes import read_facts
from interview_platform.services.smartfilter import explain

POST = Post("j", Wish("Nurse", "Nurse on a ward.", (("Medication", True),)))
TEXTS = {"ada": "Filed letters all day.", "bea": "Gave medication on a ward of ten beds."}


class Model:
    """Grades whoever names medication with 3, with the given quote."""

    label = "a model"

    def __init__(self, quote: str = "Gave medication on a ward") -> None:
        self.quote = quote

    def grade(self, job: str, requirements: Sequence[str], texts: Sequence[str]) -> list[Grade]:
        """Three for medication, else nothing."""
        return [
            Grade(place, 0, 3, self.quote) if "medication" in text else Grade(place, 0, 0)
            for place, text in enumerate(texts)
        ]


class Away(Model):
    """A model that does not answer."""

    def grade(self, job: str, requirements: Sequence[str], texts: Sequence[str]) -> list[Grade]:
        """Never."""
        raise ServiceUnavailable("The model did not answer in time.")


def _rows() -> list[dict[str, Any]]:
    return [{"candidate_id": key, "rank": rank, "score": 50.0, "reasons": []} for rank, key in enumerate(TEXTS, 1)]


def test_the_models_order_is_taken_with_the_words_it_goes_by() -> None:
    made = looked_at_again(Model(), POST, TEXTS, _rows())
    assert [(row["candidate_id"], row["rank"], row["score"]) for row in made] == [("bea", 1, 50.0), ("ada", 2, 50.0)]
    assert made[0]["reasons"] == [
        {
            "kind": "model",
            "model": "a model",
            "requirement": "Medication",
            "level": 3,
            "quote": "Gave medication on a ward",
        }
    ]


def test_a_quote_that_the_resume_does_not_hold_moves_nobody() -> None:
    made = looked_at_again(Model("Led the whole hospital"), POST, TEXTS, _rows())
    assert [row["candidate_id"] for row in made] == ["ada", "bea"]


def test_without_an_answer_the_order_stays_and_the_reason_is_told() -> None:
    made = looked_at_again(Away(), POST, TEXTS, _rows())
    assert [row["candidate_id"] for row in made] == ["ada", "bea"]
    assert "did not answer in time" in made[0]["reasons"][0]["detail"]


def test_must_haves_that_were_not_found_are_stated_and_wishes_are_not() -> None:
    wish = Wish("Nurse", "Nurse", (("Medication", True), ("COBOL", True), ("Chess", False)), (("language", "Dutch"),))
    made = reasons(explain(read_facts(TEXTS["bea"]), wish), {})
    (gap,) = [row for row in made if row["kind"] == "gap"]
    assert gap["must_have"] == ["COBOL", "language: Dutch"]
    assert "Not found" in gap["said"]
    assert "lack" not in gap["said"]


def test_without_gaps_none_is_stated() -> None:
    made = reasons(explain(read_facts(TEXTS["bea"]), Wish("Nurse", "Nurse", (("Medication", True),))), {})
    assert [row for row in made if row["kind"] == "gap"] == []
