"""After an answer: the transcript of record replaces the live one, and the live interview never waits."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
import pytest
from sqlalchemy import Engine
from sqlmodel import select

from interview_platform.errors import ServiceUnavailable
from interview_platform.models import Organisation, Signal, Turn, session
from interview_platform.ports import SPEECH_RATE, Samples, Word
from interview_platform.services.analysis import voice
from interview_platform.services.vocabulary import Vocabulary
from interview_platform.workflows.after_answer import AfterAnswer, in_terms
from tests.services.scoring.material import Held, ended

SILENCE = np.zeros(3 * SPEECH_RATE, dtype=np.float32)
WAIT = 20.0


class SetTranscriber:
    """Hears the words it was given, once `gate` is open."""

    name = "set"

    def __init__(self, *words: str, probability: float = 0.9) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self._words = [Word(text, n * 0.5, n * 0.5 + 0.4, probability) for n, text in enumerate(words)]

    def words(self, samples: Samples) -> list[Word]:
        """The words."""
        self.gate.wait(WAIT)
        return self._words


class GoneTranscriber:
    """Its process has died."""

    name = "gone"

    def words(self, samples: Samples) -> list[Word]:
        """Raises."""
        raise ServiceUnavailable("The transcript of record ended unexpectedly.")


class SetVoice:
    """Measures the loudness."""

    name = "set"

    def read(self, samples: Samples, rate: int) -> dict[str, float]:
        """One measure."""
        return {"loudness_sma3_amean": 0.7}


@pytest.fixture
def made() -> Iterator[list[AfterAnswer]]:
    """Closes what a test made."""
    held: list[AfterAnswer] = []
    yield held
    for one in held:
        one.close()


def _done(engine: Engine, held: Held, work: AfterAnswer, *, offset: float = 6.0) -> tuple[Turn, dict[str, float]]:
    work.submit(held.interview.id, held.answer.id, SILENCE, offset)
    assert work.finish(held.interview.id, WAIT)
    return _kept(engine, held)


def _kept(engine: Engine, held: Held) -> tuple[Turn, dict[str, float]]:
    with session(engine) as db:
        turn = db.get(Turn, held.answer.id)
        assert turn is not None
        return turn, {s.name: s.value for s in db.exec(select(Signal).where(Signal.turn_id == turn.id))}


def test_the_transcript_of_record_comes_with_times_on_the_interviews_timeline(
    engine: Engine, made: list[AfterAnswer]
) -> None:
    made.append(AfterAnswer(engine, SetTranscriber("I", "read", "the", "log."), SetVoice()))
    turn, measures = _done(engine, ended(engine, answer="I red the lock"), made[0])
    assert turn.text == "I read the log."
    assert turn.words[1] == ["read", 6.5, 6.9, 0.9]
    assert turn.confidence == 0.9
    assert measures["loudness"] == 0.7
    assert measures["words_per_minute"] == pytest.approx(4 * 60 / 1.9, abs=0.01)


@pytest.mark.parametrize("transcriber", [None, GoneTranscriber(), SetTranscriber()])
def test_without_a_transcript_of_record_the_live_text_stays(
    engine: Engine, made: list[AfterAnswer], transcriber: SetTranscriber | None
) -> None:
    made.append(AfterAnswer(engine, transcriber))
    turn, measures = _done(engine, ended(engine, answer="What was heard live."), made[0])
    assert (turn.text, turn.words, turn.confidence) == ("What was heard live.", [], None)
    assert "loudness" not in measures


def test_a_transcript_of_record_that_is_unsure_does_not_replace_the_live_text(
    engine: Engine, made: list[AfterAnswer]
) -> None:
    made.append(AfterAnswer(engine, SetTranscriber("Thanks", "for", "watching", probability=0.1)))
    turn, _ = _done(engine, ended(engine, answer="What was heard live."), made[0])
    assert turn.text == "What was heard live."
    assert turn.confidence == 0.1  # known to be unsure: nobody judges it unheard


def test_the_words_of_the_job_are_put_right_and_keep_their_times() -> None:
    words = [Word(text, n, n + 0.5, 0.9 - n / 10) for n, text in enumerate(["on", "post", "grass,", "then"])]
    kept = in_terms(Vocabulary(["Postgres"]), words)
    assert [word.text for word in kept] == ["on", "Postgres,", "then"]
    assert (kept[1].started_seconds, kept[1].ended_seconds, kept[1].probability) == (1, 2.5, pytest.approx(0.7))


def test_what_is_not_done_in_time_no_longer_changes_the_text(engine: Engine, made: list[AfterAnswer]) -> None:
    slow = SetTranscriber("Too", "late.")
    slow.gate.clear()
    made.append(AfterAnswer(engine, slow))
    held, other = ended(engine, answer="What was heard live."), _second(engine)
    made[0].submit(held.interview.id, held.answer.id, SILENCE, 0.0)
    assert not made[0].finish(held.interview.id, 0.01)
    slow.gate.set()
    made[0].submit(other.interview.id, other.answer.id, SILENCE, 0.0)
    assert made[0].finish(other.interview.id, WAIT)
    assert _kept(engine, held)[0].text == "What was heard live."
    assert _kept(engine, other)[0].text == "Too late."


def _second(engine: Engine) -> Held:
    return ended(engine, answer="Another answer.")


def test_submitting_returns_while_the_worker_is_busy(engine: Engine, made: list[AfterAnswer]) -> None:
    slow = SetTranscriber("Word")
    slow.gate.clear()
    made.append(AfterAnswer(engine, slow))
    held = ended(engine)
    for _ in range(3):
        made[0].submit(held.interview.id, held.answer.id, SILENCE, 0.0)
    assert not made[0].finish(held.interview.id, 0.01)
    slow.gate.set()
    assert made[0].finish(held.interview.id, WAIT)


def test_an_organisation_can_switch_voice_measures_off(engine: Engine, made: list[AfterAnswer]) -> None:
    held = ended(engine)
    with session(engine) as db:
        organisation = db.get(Organisation, held.actor.organisation_id)
        assert organisation is not None
        organisation.voice_analysis = False
        db.add(organisation)
    made.append(AfterAnswer(engine, None, SetVoice()))
    _, measures = _done(engine, held, made[0])
    assert "loudness" not in measures


class CountedVoice(SetVoice):
    """Counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def read(self, samples: Samples, rate: int) -> dict[str, float]:
        """As SetVoice."""
        self.asked += 1
        return super().read(samples, rate)


@pytest.mark.parametrize("off", [["jitter"], sorted(voice.NAMES)])
def test_single_voice_measures_can_be_switched_off_and_with_all_off_nothing_is_asked(
    engine: Engine, made: list[AfterAnswer], off: list[str]
) -> None:
    held, reader = ended(engine), CountedVoice()
    with session(engine) as db:
        organisation = db.get_one(Organisation, held.actor.organisation_id)
        organisation.measures_off = off
        db.add(organisation)
    made.append(AfterAnswer(engine, None, reader))
    _, measures = _done(engine, held, made[0])
    assert not measures.keys() & set(off)
    assert ("loudness" in measures, reader.asked) == ((True, 1) if off == ["jitter"] else (False, 0))
