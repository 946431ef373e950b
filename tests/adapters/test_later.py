"""Models that are handed out while they are still being loaded."""

from __future__ import annotations

import threading

import pytest

from interview_platform.adapters.later import (
    Later,
    LaterAnswerer,
    LaterTranscriber,
    LaterTurnModel,
    LaterVoice,
    load_in_order,
)
from interview_platform.ports import Answerer, Transcriber, TurnModel, Voice
from tests.media.people import CountingTranscriber, SureTurnModel, ToneVoice, tone
from tests.services.agent.scripted import Knowing


def test_whoever_needs_a_model_waits_until_it_is_there() -> None:
    free = threading.Event()

    def build() -> Voice:
        assert free.wait(10)
        return ToneVoice()

    voice = Later[Voice](build)
    load_in_order(voice)
    chunks: list[object] = []
    heard = threading.Thread(target=lambda: chunks.extend(LaterVoice(voice, "tone", 24_000).speak("Good morning.")))
    heard.start()
    assert chunks == []
    free.set()
    heard.join(10)
    assert len(chunks) == 2


def test_models_are_loaded_in_the_order_in_which_they_are_needed() -> None:
    order: list[str] = []
    words = Later[Transcriber](lambda: order.append("words") or CountingTranscriber())  # type: ignore[func-returns-value]
    ends = Later[TurnModel](lambda: order.append("ends") or SureTurnModel())  # type: ignore[func-returns-value]
    load_in_order(words, ends)
    assert LaterTurnModel(ends).complete(tone(1.0)) > 0.9
    assert order == ["words", "ends"]
    LaterTranscriber(words, "counting").stream().close()


def test_what_could_not_be_loaded_says_so_to_everyone_who_needs_it() -> None:
    def build() -> Voice:
        raise OSError("the file is damaged")

    voice = Later[Voice](build)
    load_in_order(voice)
    for _ in range(2):
        with pytest.raises(OSError, match="damaged"):
            list(LaterVoice(voice, "tone", 24_000).speak("Good morning."))


def test_an_answerer_is_built_for_the_first_question_only() -> None:
    built: list[str] = []

    def build() -> Answerer:
        built.append("now")
        return Knowing({"car park": ("Office", "There is one behind the house.")})

    answers = LaterAnswerer(build)
    assert built == []
    assert answers.answer("interview", "Is there a car park?").text == "There is one behind the house."
