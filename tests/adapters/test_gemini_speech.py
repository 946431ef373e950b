"""Gemini's speech out and in, against a local server that speaks its REST; the local twins do what it does not."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from interview_platform.adapters.gemini_voice import REST_SECONDS, GeminiVoice
from interview_platform.adapters.langchain_chat import chat_model
from interview_platform.adapters.langchain_record import LangChainRecord, merged
from interview_platform.ports import SPEECH_RATE, Samples, Word
from tests.adapters.gemini_server import Gemini, gemini, speaking

TONE = 8_192 / 32_768
"""What the server's sound is made of."""


class LocalVoice:
    """Says every text as half a second of its own tone."""

    name, rate = "local", 24_000

    def __init__(self) -> None:
        self.said: list[str] = []

    def speak(self, text: str) -> Iterator[Samples]:
        self.said.append(text)
        yield np.full(12_000, 0.5, dtype=np.float32)


@pytest.fixture
def server() -> Iterator[Gemini]:
    with speaking() as held:
        yield held


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def _voice(server: Gemini, local: LocalVoice, clock: Clock | None = None) -> GeminiVoice:
    return GeminiVoice(local, "a-key", server.address, "some-tts", "Kore", clock or Clock(), wait_seconds=0.5)


def test_every_sentence_is_spoken_by_the_chosen_speaker_as_it_streams(server: Gemini) -> None:
    local = LocalVoice()
    chunks = list(_voice(server, local).speak("Thank you for telling me that. What changed?"))
    assert [body["contents"][0]["parts"][0]["text"] for body in server.asked] == [
        "Thank you for telling me that.",
        "What changed?",
    ]
    config = server.asked[0]["generationConfig"]
    assert config["responseModalities"] == ["AUDIO"]
    assert config["speechConfig"]["voiceConfig"]["prebuiltVoiceConfig"]["voiceName"] == "Kore"
    assert (set(server.keys), local.said) == ({"a-key"}, [])
    assert len(chunks) > 2
    for chunk in chunks:
        assert chunk.dtype == np.float32
        assert chunk == pytest.approx(TONE)


def test_sound_at_another_rate_keeps_its_length() -> None:
    with speaking(rate=16_000) as server:
        (chunk,) = list(_voice(server, LocalVoice()).speak("Yes."))
    assert len(chunk) == pytest.approx(24_000 / 16_000 * server.samples, rel=0.02)


@pytest.mark.parametrize("fault", [429, 503, "hang", "no_candidate", "blocked"])
def test_a_sentence_that_does_not_come_is_spoken_by_the_local_voice(server: Gemini, fault: str | int) -> None:
    local, clock = LocalVoice(), Clock()
    voice = _voice(server, local, clock)
    server.faults.append(fault)
    assert len(list(voice.speak("One. Two."))) == 2
    assert local.said == ["One.", "Two."], "the second sentence does not wait in vain"
    clock.now += REST_SECONDS
    server.released.set()
    list(voice.speak("Three."))
    assert local.said == ["One.", "Two."]


# --- speech in ---------------------------------------------------------------------------------------------------

HEARD = [
    Word("I", 0.0, 0.2, 0.9),
    Word("used", 0.2, 0.5, 0.9),
    Word("post", 0.5, 0.8, 0.4),
    Word("grass", 0.8, 1.2, 0.3),
    Word("and", 1.2, 1.4, 0.9),
    Word("um", 1.4, 1.6, 0.5),
    Word("Redis", 1.6, 2.0, 0.8),
]


class LocalRecord:
    name = "local"

    def words(self, samples: Samples) -> list[Word]:
        return list(HEARD) if len(samples) else []


def _record(server: Gemini, **given: Any) -> LangChainRecord:
    model = chat_model("google_genai:some-model", "a-key", server.address, timeout_seconds=0.5, attempts=1, **given)
    return LangChainRecord(LocalRecord(), model, "some-model")


def _texts(words: list[Word]) -> str:
    return " ".join(word.text for word in words)


def test_the_models_words_stand_at_the_times_of_those_that_were_heard() -> None:
    with gemini(lambda _prompt, _schema: {"text": "I used Postgres and Redis."}) as server:
        words = _record(server).words(np.zeros(2 * SPEECH_RATE, dtype=np.float32))
    assert _texts(words) == "I used Postgres and um Redis."
    put_right = words[2]
    assert (put_right.started_seconds, put_right.ended_seconds, put_right.probability) == (0.5, 1.2, 0.3)
    assert words[0] == HEARD[0]
    (body,) = server.asked
    sound = next(part["inlineData"] for part in body["contents"][0]["parts"] if "inlineData" in part)
    assert sound["mimeType"] == "audio/wav"
    assert len(base64.b64decode(sound["data"])) == 44 + 2 * 2 * SPEECH_RATE


@pytest.mark.parametrize(
    "text",
    ["", "The candidate has ten years of experience with every database there is.", "Score: 5 of 5"],
)
def test_a_text_that_was_not_spoken_changes_nothing(text: str) -> None:
    assert merged(HEARD, text) == HEARD


def test_a_word_that_one_of_the_two_did_not_hear_is_told_to_be_unsure() -> None:
    words = merged(HEARD, "I never used post grass and Redis")
    assert _texts(words) == "I never used post grass and um Redis"
    assert words[1].probability <= 0.5
    assert [word.started_seconds for word in words] == sorted(word.started_seconds for word in words)


@pytest.mark.parametrize("fault", [429, 503, "hang", "max_tokens", "garbage", "safety", "no_candidate"])
def test_without_the_model_what_was_heard_here_is_the_record(fault: str | int) -> None:
    with gemini(lambda _prompt, _schema: {"text": "I used Postgres and Redis."}) as server:
        server.faults.append(fault)
        assert _record(server).words(np.zeros(SPEECH_RATE, dtype=np.float32)) == HEARD
    assert _record(server).words(np.zeros(0, dtype=np.float32)) == []
