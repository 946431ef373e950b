"""The reply worked out while the silence is waited out: done when the turn is over, dropped when it is not."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from interview_platform.media.foresight import AHEAD_SECONDS, Foresight
from tests.media.people import QUESTIONS, Said, ToneVoice, TwoQuestions
from tests.media.test_pipeline import AtOnce, World


class Foreseeing(TwoQuestions):
    """Remembers what it was asked to foresee, and when it was told the answer."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: list[tuple[str, str]] = []

    def foresee(self, text: str, ended_seconds: float) -> Sequence[str]:
        self.steps.append(("foreseen", text))
        return [QUESTIONS[1]]

    def answer(self, text: str, started_seconds: float, ended_seconds: float, kind: str = "answer") -> list[Said]:
        self.steps.append(("answered", text))
        return super().answer(text, started_seconds, ended_seconds, kind)


class PreparedVoice(ToneVoice):
    def __init__(self) -> None:
        super().__init__()
        self.prepared: list[str] = []

    def prepare(self, text: str) -> None:
        self.prepared.append(text)


async def opened(talk: Foreseeing, voice: ToneVoice | None = None) -> World:
    room = World(talk, voice)
    await room.is_silent(0.1)
    await room.until("listening")
    return room


async def test_the_reply_is_worked_out_before_the_turn_is_over_and_only_once() -> None:
    talk, voice = Foreseeing(), PreparedVoice()
    room = await opened(talk, voice)
    await room.speaks(16)
    await room.until("speaking")
    assert [step for step, _ in talk.steps] == ["foreseen", "answered"]
    assert talk.steps[0][1] == talk.steps[1][1]
    assert voice.prepared == [QUESTIONS[1]]


async def test_what_was_foreseen_is_dropped_when_the_candidate_goes_on() -> None:
    talk = Foreseeing()
    room = await opened(talk)
    await room.speaks(12)
    await room.is_silent(0.4)  # a pause
    await room.speaks(6)
    await room.until("speaking")
    (answered,) = [words for step, words in talk.steps if step == "answered"]
    assert len(answered.split()) > 60
    assert [words for step, words in talk.steps if step == "foreseen"][-1] == answered


async def test_where_the_words_hang_nothing_is_worked_out() -> None:
    talk = Foreseeing()
    room = await opened(talk)
    room.transcriber.words[:] = ["word"] * 7 + ["because"]
    await room.speaks(2)
    await room.is_silent(0.5)
    assert talk.steps == []


async def test_a_look_ahead_that_fails_costs_the_answer_nothing() -> None:
    class Broken(Foreseeing):
        def foresee(self, text: str, ended_seconds: float) -> Sequence[str]:
            raise RuntimeError("the database is away")

    talk = Broken()
    room = await opened(talk)
    await room.speaks(16)
    await room.until("speaking")
    assert [step for step, _ in talk.steps] == ["answered"]


async def test_work_begins_only_shortly_before_the_turn_would_be_over() -> None:
    talk = Foreseeing()
    foresight = Foresight(talk, PreparedVoice(), AtOnce(), AtOnce())
    foresight.look("I led the whole migration.", AHEAD_SECONDS + 0.01, 1.0)
    assert talk.steps == []
    await asyncio.sleep(0.05)
    assert talk.steps == [("foreseen", "I led the whole migration.")]


async def test_what_is_dropped_before_its_time_is_never_worked_out() -> None:
    talk = Foreseeing()
    foresight = Foresight(talk, PreparedVoice(), AtOnce(), AtOnce())
    foresight.look("I led the whole migration.", AHEAD_SECONDS + 0.01, 1.0)
    foresight.drop()
    foresight.look("I led the whole migration. And then I left.", 0.0, 5.0)
    await asyncio.sleep(0.05)
    assert talk.steps == [("foreseen", "I led the whole migration. And then I left.")]
