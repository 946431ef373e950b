"""A whole spoken exchange with predictable models, faster than real time: 20 ms of the world per step."""

from __future__ import annotations

import asyncio
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from interview_platform.errors import InterviewEnded
from interview_platform.media.frames import Event, Sound
from interview_platform.media.hearing import Models
from interview_platform.media.pipeline import Dialogue
from interview_platform.media.saying import NOD
from interview_platform.media.talk import Tools
from interview_platform.ports import SPEECH_RATE, Samples
from tests.media.people import (
    QUESTIONS,
    CountingTranscriber,
    LoudnessDetector,
    Said,
    SureTurnModel,
    ToneVoice,
    TwoQuestions,
    quiet,
    tone,
)


class AtOnce(Executor):
    """Does the work where it is handed over."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class World:
    """A candidate and an agent in one room, and its clock."""

    def __init__(
        self,
        conversation: TwoQuestions,
        voice: ToneVoice | None = None,
        mind: Executor | None = None,
        echo: float = 0.0,
    ) -> None:
        self.now = 0.0
        self.echo = echo  # how loud the agent comes back in the candidate's microphone
        self._back = quiet(0.02)
        self.nodded = 0  # frames of nods that were heard
        self.events: list[Event] = []
        self.handed_on: list[tuple[str, Samples, float]] = []
        self.transcriber = CountingTranscriber()
        self.conversation = conversation
        hands = AtOnce()
        models = Models(LoudnessDetector(), self.transcriber, SureTurnModel(), hands, hands)
        self.dialogue = Dialogue(
            Tools(
                models=models,
                voice=voice or ToneVoice(),
                conversation=conversation,
                mind=mind or hands,
                clock=lambda: self.now,
                emit=self.events.append,
                on_answer=lambda *answer: self.handed_on.append(answer),
            )
        )
        self.running = asyncio.ensure_future(self.dialogue.run())

    async def hears(self, sound: Samples) -> float:
        """The candidate makes this sound; how long the agent was heard meanwhile, nods left out, in seconds."""
        agent = 0
        for start in range(0, len(sound), SPEECH_RATE // 50):
            part = sound[start : start + SPEECH_RATE // 50]
            part = part + self.echo * self._back[: len(part)]
            self.dialogue.hear(Sound(self.now, part))
            nodding = len(self.dialogue.playout.rest(NOD)) > 0
            frame = self.dialogue.playout.frame()
            self._back = frame[::3]
            self.nodded += nodding and bool(frame.any())
            agent += not nodding and bool(frame.any())
            self.now += 0.02
            for _ in range(8):
                await asyncio.sleep(0)
        return agent * 0.02

    async def speaks(self, seconds: float) -> float:
        return await self.hears(tone(seconds))

    async def is_silent(self, seconds: float) -> float:
        return await self.hears(quiet(seconds))

    async def until(self, state: str, most: float = 20.0) -> float:
        """Silence until the room is in this state; the seconds it took."""
        began = self.now
        while self.state != state:
            assert self.now - began < most, f"never {state}, but {self.state}"
            await self.is_silent(0.02)
        return self.now - began

    @property
    def state(self) -> str:
        states = [str(event["state"]) for event in self.events if event["type"] == "state"]
        return states[-1] if states else "connecting"

    def texts(self, kind: str) -> list[str]:
        return [str(event["text"]) for event in self.events if event["type"] == kind]

    def captions(self, speaker: str, final: bool = True) -> list[str]:
        return [
            str(event["text"])
            for event in self.events
            if event["type"] == "caption" and event["speaker"] == speaker and event["final"] is final
        ]


class NoddingVoice(ToneVoice):
    nod = "Mm-hm."


async def world(
    conversation: TwoQuestions | None = None, voice: ToneVoice | None = None, mind: Executor | None = None
) -> World:
    """A room in which the first question has been asked."""
    made = World(conversation or TwoQuestions(), voice, mind)
    await made.is_silent(0.1)
    await made.until("listening")
    return made


async def test_the_agent_greets_asks_and_then_listens() -> None:
    room = await world()
    assert room.captions("agent") == ["Hello and welcome.", QUESTIONS[0]]
    assert room.texts("question") == [QUESTIONS[0]]
    assert set(room.conversation.times) == {"turn-1", "turn-2"}
    started, ended = room.conversation.times["turn-1"]
    assert ended - started == pytest.approx(0.75, abs=0.05)


async def test_an_answer_is_taken_after_a_short_silence_and_answered_by_the_next_question() -> None:
    room = await world()
    spoke_at = room.now
    await room.speaks(4)
    stopped_at = room.now
    waited = await room.until("speaking")
    assert waited < 1.3
    ((text, started, ended, kind),) = room.conversation.answers
    assert text.startswith("word1 word2")
    assert text.endswith("word16.")
    assert kind == "answer"
    assert (started, ended) == (pytest.approx(spoke_at, abs=0.06), pytest.approx(stopped_at, abs=0.06))
    assert room.texts("question")[-1] == QUESTIONS[1]


async def test_the_answers_audio_is_handed_on_with_its_time() -> None:
    room = await world()
    spoke_at = room.now
    await room.speaks(4)
    await room.until("speaking")
    ((turn_id, samples, at),) = room.handed_on
    assert turn_id == "answer-1"
    assert at == pytest.approx(spoke_at - 0.3, abs=0.06)
    assert len(samples) / SPEECH_RATE == pytest.approx(4.5, abs=0.1)
    assert float(np.abs(samples[: int(0.2 * SPEECH_RATE)]).max()) < 0.01 < float(np.abs(samples[SPEECH_RATE:]).max())


async def test_a_pause_in_an_answer_does_not_bring_the_agent_in() -> None:
    room = await world()
    agent = await room.speaks(3) + await room.is_silent(0.7) + await room.speaks(3)
    assert agent == 0
    await room.until("speaking")
    assert len(room.conversation.answers) == 1
    assert room.conversation.answers[0][0].endswith("word24.")


async def test_what_may_be_the_end_is_met_by_one_nod_that_leaves_the_word_with_the_candidate() -> None:
    room = await world(voice=NoddingVoice())
    assert await room.speaks(3) + await room.is_silent(0.9) == 0
    assert 0.1 < room.nodded * 0.02 < 1.0
    assert room.state == "listening"
    await room.speaks(3)
    assert room.conversation.answers == []
    assert [event["type"] for event in room.events].count("nod") == 1


async def test_a_nod_is_cut_short_when_the_candidate_goes_on() -> None:
    room = await world(voice=NoddingVoice())
    await room.speaks(3)
    while not room.nodded:
        await room.is_silent(0.02)
    await room.speaks(2)
    assert room.nodded * 0.02 < 0.2
    assert room.conversation.answers == []


async def test_a_voice_without_a_nod_leaves_the_agent_silent_in_every_pause() -> None:
    room = await world()
    await room.speaks(3)
    await room.is_silent(0.9)
    assert room.nodded == 0


async def test_the_times_of_a_turn_are_told_without_a_word_of_it() -> None:
    room = await world()
    await room.speaks(4)
    await room.until("speaking")
    await room.is_silent(0.3)
    (told,) = (event["stages"] for event in room.events if event["type"] == "timing")
    assert told["noticed"] <= told["read"] < told["decided"] <= told["left"] < 2_000
    assert all(isinstance(value, int | float) for value in told.values())


async def test_captions_of_the_candidate_appear_while_they_speak() -> None:
    room = await world()
    await room.speaks(1)
    await asyncio.sleep(0.55)  # captions are paced by the real clock: reading them costs real time
    await room.speaks(1)
    (caption,) = room.captions("candidate", final=False)
    assert caption.startswith("word1 word2")
    assert room.captions("candidate") == []


async def test_a_cough_is_passed_over() -> None:
    room = await world()
    await room.speaks(0.1)
    assert await room.is_silent(3) == 0
    assert room.conversation.answers == []
    assert room.state == "listening"
    assert all(stream.closed for stream in room.transcriber.streams)


async def test_the_interview_ends_with_the_closing_words() -> None:
    room = await world()
    for _ in QUESTIONS:
        await room.speaks(3)
        await room.until("speaking")
        await room.is_silent(2)
    await room.until("ended")
    assert room.texts("ended") == ["Goodbye."]
    await asyncio.wait_for(room.running, 1)
    assert room.dialogue.over


async def test_speech_over_the_end_of_a_question_stops_the_agent_and_is_its_answer() -> None:
    room = World(TwoQuestions())
    await room.is_silent(4.0)  # greeting and most of the question
    assert room.state == "speaking"
    agent = await room.speaks(3)
    assert agent < 0.7
    await room.until("speaking")
    assert len(room.conversation.answers) == 1
    assert room.texts("question")[-1] == QUESTIONS[1]


async def test_a_listening_noise_over_the_agent_does_not_end_its_sentence() -> None:
    room = World(TwoQuestions())
    room.transcriber.words[:] = ["okay", "yeah", "mm-hm"]
    await room.is_silent(3.0)
    await room.speaks(0.7)
    assert room.state == "listening"
    await room.until("speaking")
    rest = await room.is_silent(3)
    assert room.conversation.answers == []
    assert 0.5 < rest < 2.9  # not the whole question again
    assert room.state == "listening"


async def test_after_a_cough_the_agent_goes_on_in_the_middle_of_its_sentence() -> None:
    room = World(TwoQuestions())
    await room.is_silent(3.4)
    heard = await room.speaks(0.25)
    assert heard < 0.25  # it held its breath
    asked = len(room.captions("agent"))
    assert 1.0 < await room.is_silent(6) < 4.0  # the rest, not all of it
    assert len(room.captions("agent")) == asked
    assert room.state == "listening"
    assert room.conversation.answers == []


async def test_the_agent_falls_silent_within_a_fifth_of_a_second_of_a_voice() -> None:
    room = World(TwoQuestions())
    await room.is_silent(4.0)
    assert room.state == "speaking"
    assert await room.speaks(2.0) <= 0.2


@pytest.mark.parametrize("share", [0.2, 0.5, 1.0])
async def test_the_agents_own_voice_in_the_microphone_does_not_interrupt_it(share: float) -> None:
    room = World(TwoQuestions(), echo=share)
    await room.until("listening", 30)
    assert room.captions("candidate") == []
    assert room.conversation.answers == []
    assert room.texts("question") == [QUESTIONS[0]]


async def test_in_a_long_silence_help_is_offered_once_and_then_it_is_waited() -> None:
    room = await world()
    assert await room.is_silent(20) > 1.0
    assert "Take your time" in room.captions("agent")[-1]
    assert await room.is_silent(40) == 0
    assert room.state == "listening"
    await room.speaks(3)
    await room.until("speaking")
    assert len(room.conversation.answers) == 1


async def test_an_answer_that_begins_over_the_offer_is_an_answer() -> None:
    room = await world()
    while not await room.is_silent(0.02):
        assert room.now < 60
    await room.is_silent(0.3)
    await room.speaks(3)
    await room.until("speaking")
    assert len(room.conversation.answers) == 1
    assert room.conversation.amended == []


async def test_who_asks_to_be_let_finish_is_waited_for_longer_from_then_on() -> None:
    waits = []
    for words in (["word"] * 40, ["please", "let", "me", "finish"] * 10):
        room = await world()
        room.transcriber.words[:] = words
        await room.speaks(8)
        await room.until("speaking")
        await room.until("listening")
        room.transcriber.words[:] = ["word"] * 40
        await room.speaks(8)
        waits.append(await room.until("speaking", 8))
    assert waits[1] > waits[0] + 0.4


async def test_the_pace_can_be_chosen() -> None:
    room = await world()
    room.dialogue.command({"type": "pace", "pace": "unhurried"})
    await room.speaks(8)
    slow = await room.until("speaking", 8)
    await room.until("listening")
    assert slow > 1.3


async def test_going_on_just_when_the_agent_starts_is_added_to_the_answer() -> None:
    room = await world()
    await room.speaks(3)
    while not await room.is_silent(0.02):
        assert room.now < 60
    agent = await room.speaks(2)
    assert agent < 0.3
    await room.until("speaking")
    assert len(room.conversation.amended) == 1
    assert len(room.conversation.answers) == 1
    assert await room.is_silent(4) > 1.4  # the next question, from its beginning
    assert room.state == "listening"


async def test_repeat_says_the_question_again() -> None:
    room = await world()
    room.dialogue.command({"type": "repeat"})
    await room.is_silent(0.1)
    assert room.state == "speaking"
    assert room.captions("agent")[-1] == QUESTIONS[0]


async def test_skip_stops_the_agent_and_goes_on() -> None:
    room = World(TwoQuestions())
    await room.is_silent(2)
    room.dialogue.command({"type": "skip"})
    await room.is_silent(0.1)
    assert room.captions("agent")[-1] == QUESTIONS[1]


async def test_a_moment_to_think_keeps_the_agent_quiet() -> None:
    room = await world()
    room.dialogue.command({"type": "moment"})
    await room.is_silent(2)
    assert room.state == "paused"
    assert room.captions("agent")[-1] == "Take your time."
    assert await room.is_silent(25) == 0
    assert room.texts("notice") == []
    await room.is_silent(10)
    assert len(room.texts("notice")) == 1


async def test_a_typed_answer_is_an_answer() -> None:
    room = await world()
    room.dialogue.command({"type": "say", "text": "I built a bridge."})
    await room.is_silent(0.1)
    assert [(text, kind) for text, _, _, kind in room.conversation.answers] == [("I built a bridge.", "typed")]
    assert room.captions("candidate") == ["I built a bridge."]


async def test_ending_in_the_middle_of_an_answer_keeps_the_answer() -> None:
    room = await world()
    await room.speaks(3)
    room.dialogue.command({"type": "end"})
    await room.until("ended")
    assert room.conversation.answers[0][0].startswith("word1")
    assert room.conversation.ended_by == "candidate"


@pytest.mark.parametrize("command", [{"type": "nonsense"}, {}, {"type": "say", "text": "  "}, {"type": ["repeat"]}])
async def test_commands_that_say_nothing_are_ignored(command: dict[str, Any]) -> None:
    room = await world()
    room.dialogue.command(command)
    await room.is_silent(0.2)
    assert room.state == "listening"


async def test_a_finished_answer_is_written_even_if_the_connection_is_lost_right_then() -> None:
    room = await world()
    await room.speaks(3)
    while room.state != "thinking":
        room.dialogue.hear(Sound(room.now, quiet(0.02)))
        room.now += 0.02
        if room.state != "thinking":
            await asyncio.sleep(0)
    room.dialogue.stop()
    await asyncio.wait_for(room.running, 1)
    assert len(room.conversation.answers) == 1


class _Failing(TwoQuestions):
    """Breaks at the first answer, with the candidate's words in the error."""

    def answer(self, text: str, started_seconds: float, ended_seconds: float, kind: str = "answer") -> list[Said]:
        if not self.answers:
            self.answers.append((text, 0, 0, kind))
            raise RuntimeError(f"cannot store {text}")
        return super().answer(text, started_seconds, ended_seconds, kind)


async def test_a_failure_is_told_without_the_candidates_words_and_the_room_goes_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    room = await world(_Failing())
    await room.speaks(3)
    await room.is_silent(2)
    assert len(room.texts("error")) == 1
    assert "word1" not in caplog.text
    assert "RuntimeError" in caplog.text
    await room.speaks(3)
    await room.until("speaking")


async def test_a_conversation_that_has_ended_ends_the_room() -> None:
    class Ended(TwoQuestions):
        def open(self, at_seconds: float) -> list[Said]:
            raise InterviewEnded("This interview has ended.")

    room = World(Ended())
    await room.until("ended")
    assert room.texts("ended") == ["This interview has ended."]


async def test_without_a_voice_the_question_can_still_be_read() -> None:
    class Mute(ToneVoice):
        def speak(self, text: str) -> Any:
            raise OSError("no voice")

    room = await world(voice=Mute())
    assert room.texts("question") == [QUESTIONS[0]]
    await room.speaks(3)
    await room.is_silent(2)
    assert len(room.conversation.answers) == 1


BRIDGE = "You moved the queue to another place last year."
"""Two and a quarter seconds of the tone voice."""


class Bridging(TwoQuestions):
    """Has a bridge to say before its reply is ready; says whether late words belonged to an answer."""

    early: Any = None
    amends = True

    def answer(self, text: str, started_seconds: float, ended_seconds: float, kind: str = "answer") -> list[Said]:
        if self.early is not None and not self.answers:
            self.early(self._say(BRIDGE, "notice"))
        return super().answer(text, started_seconds, ended_seconds, kind)

    def amend(self, text: str, ended_seconds: float) -> bool:
        super().amend(text, ended_seconds)
        return self.amends


class Pondering(AtOnce):
    """Hands out what `answer` returned only when told to."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Future[Any], Any]] = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        done = super().submit(fn, *args, **kwargs)
        if getattr(getattr(fn, "func", fn), "__name__", "") != "answer":
            return done
        held: Future[Any] = Future()
        self.waiting.append((held, done))
        return held

    def release(self) -> None:
        held, done = self.waiting.pop(0)
        if (error := done.exception()) is not None:
            held.set_exception(error)
        else:
            held.set_result(done.result())


async def bridged() -> tuple[World, Pondering]:
    """An answer was given, and its reply is still being worded."""
    mind = Pondering()
    room = await world(Bridging(), mind=mind)
    await room.speaks(3)
    await room.until("speaking")
    return room, mind


async def test_a_bridge_is_spoken_while_the_question_is_still_being_worded() -> None:
    room, mind = await bridged()
    assert room.captions("agent")[-1] == BRIDGE
    assert mind.waiting
    assert await room.is_silent(1.0) > 0.9


async def test_the_question_follows_the_bridge_after_one_breath_and_never_over_it() -> None:
    room, mind = await bridged()
    await room.is_silent(1.0)
    mind.release()
    assert room.captions("agent")[-1] == BRIDGE
    agent, began = 0.0, room.now
    while room.state != "listening":
        agent += await room.is_silent(0.02)
        assert room.now - began < 10
    spoken = (room.conversation.times[turn] for turn in ("turn-3", "turn-4"))
    (_, bridge_over), (question_began, _) = spoken
    assert room.captions("agent")[-2:] == [BRIDGE, QUESTIONS[1]]
    assert 0 <= question_began - bridge_over < 0.1  # its sound begins with a breath
    assert agent == pytest.approx(1.2 + 1.5, abs=0.3)


async def test_a_question_that_is_ready_only_after_the_bridge_is_spoken_then() -> None:
    room, mind = await bridged()
    assert await room.is_silent(4) < 2.5
    assert room.state != "listening"
    mind.release()
    await room.is_silent(0.1)
    assert room.captions("agent")[-1] == QUESTIONS[1]
    await room.until("listening")
    await room.speaks(3)
    await room.is_silent(1.5)
    assert len(mind.waiting) == 1


async def test_speech_over_the_bridge_is_added_to_the_answer_and_the_question_still_comes() -> None:
    room, mind = await bridged()
    agent = await room.speaks(2)
    assert agent < 0.7
    mind.release()
    assert await room.is_silent(0.3) == 0
    await room.until("speaking")
    await room.until("listening")
    assert len(room.conversation.amended) == 1
    assert len(room.conversation.answers) == 1
    assert room.captions("agent")[-1] == QUESTIONS[1]


async def test_a_press_of_skip_during_the_bridge_leaves_no_sound_of_it() -> None:
    room, mind = await bridged()
    await room.is_silent(0.5)
    room.dialogue.command({"type": "skip"})
    assert await room.is_silent(1) == 0
    mind.release()
    await room.until("ended")
    assert room.texts("ended") == ["Goodbye."]


async def test_listening_opens_again_when_nothing_follows_the_bridge() -> None:
    mind = Pondering()
    room = await world(Bridging(), mind=mind)
    await room.speaks(3)
    await room.until("speaking")
    held, _ = mind.waiting.pop()
    held.set_exception(RuntimeError("lost"))
    await room.until("listening")
    await room.speaks(3)
    await room.is_silent(1.5)
    assert len(mind.waiting) == 1


async def test_words_that_follow_a_request_are_taken_for_themselves() -> None:
    conversation = Bridging()
    conversation.amends = False
    room = await world(conversation)
    await room.speaks(3)
    while not await room.is_silent(0.02):
        assert room.now < 60
    await room.speaks(2)
    await room.until("ended")
    assert len(room.conversation.answers) == 2


async def test_where_a_reply_comes_from_is_shown_with_its_words() -> None:
    @dataclass(frozen=True)
    class Sourced(Said):
        source: str = ""

    class Replying(TwoQuestions):
        def repeat(self, at_seconds: float) -> list[Said]:
            return [Sourced("reply", "Six people.", "reply", "", 1, 2, False, False, "Job description")]

    room = await world(Replying())
    room.dialogue.command({"type": "repeat"})
    await room.is_silent(0.1)
    captions = [event for event in room.events if event["type"] == "caption"]
    assert captions[-1]["source"] == "Job description"
    assert "source" not in captions[0]
