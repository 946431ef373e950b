"""The guard over labelled utterances, worded as models do: what must not be said is refused, the rest passes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from interview_platform.services.agent import bank, guard

SAID = Path(__file__).parent / "said"
SETS = ("utterances", "fresh", "fourth", "fifth", "sixth")
LEAST_REFUSED = 0.97
MOST_FALSE_ALARMS = 0.03


def _entries(name: str) -> tuple[list[tuple[str, dict[str, Any]]], list[tuple[str, dict[str, Any]]]]:
    """(bad, good): texts and what the guard may compare them with."""
    content = yaml.safe_load((SAID / f"{name}.yaml").read_text(encoding="utf-8"))

    def entry(item: Any) -> tuple[str, dict[str, Any]]:
        held = {"text": item} if isinstance(item, str) else item
        context = content["contexts"].get(held.get("with"), {})
        return held["text"], {**context, "follow_up": held.get("follow_up", True)}

    return [entry(item) for items in content["bad"].values() for item in items], [entry(i) for i in content["good"]]


@pytest.mark.parametrize("name", SETS)
def test_what_must_not_be_said_is_refused(name: str) -> None:
    bad, _ = _entries(name)
    missed = [text for text, context in bad if not guard.review(text, **context)]
    assert len(missed) <= (1 - LEAST_REFUSED) * len(bad), missed


@pytest.mark.parametrize("name", SETS)
def test_what_an_interviewer_says_passes(name: str) -> None:
    _, good = _entries(name)
    refused = {text: why for text, context in good if (why := guard.review(text, **context))}
    assert len(refused) <= MOST_FALSE_ALARMS * len(good), refused


def test_there_are_enough_of_both() -> None:
    bad, good = _entries("utterances")
    assert len(bad) >= 200
    assert len(good) >= 200


def test_every_question_and_follow_up_of_the_banks_passes_beside_its_own_points() -> None:
    refused = {}
    for family in bank.families():
        for entry in family.questions:
            points = [point.point for point in entry.points]
            for text in (entry.text, entry.plain_text, *(point.follow_up for point in entry.points)):
                if why := guard.review(text, points=points, said=["We did it together and it went well."]):
                    refused[text] = why
    assert refused == {}


def test_every_answer_of_the_faq_passes_as_a_reply_from_it() -> None:
    refused = {
        sentence: why
        for faq in bank.faqs()
        for sentence in guard.guard_text.sentences(faq.answer)
        if (why := guard.review(sentence, sources=[faq.answer], follow_up=False)) and not why.startswith("longer")
    }
    assert refused == {}
