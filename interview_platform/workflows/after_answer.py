"""What is done with an answer once it is given: transcript of record, speech and voice measures.

One worker thread takes answers in order; the heavy work runs in child processes of low priority, so the live
interview is never waited for nor held up. Without a transcriber (weights or switch off) the live text stays.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from queue import SimpleQueue

import structlog
from sqlalchemy import Engine

from interview_platform.errors import PlatformError
from interview_platform.models import Turn, session
from interview_platform.ports import SPEECH_RATE, RecordTranscriber, Samples, VoiceReader, Word
from interview_platform.services import vocabulary_terms
from interview_platform.services.analysis import signals, sound, speech, switches, voice
from interview_platform.services.vocabulary import Vocabulary

SURE_ENOUGH = 0.35
"""Mean word probability under which the transcript of record does not replace what was heard live."""
MOST_WAITING_SECONDS = 1800.0
"""Seconds of audio that may wait; beyond, an answer keeps its live transcript (memory is finite)."""

_log = structlog.get_logger()


@dataclass(frozen=True)
class _Answer:
    interview_id: str
    turn_id: str
    samples: Samples
    offset_seconds: float  # where the samples start on the interview's timeline

    @property
    def seconds(self) -> float:
        return len(self.samples) / SPEECH_RATE


class AfterAnswer:
    """The queue and its worker. `submit` from any thread; `finish` when the interview has ended."""

    def __init__(
        self, engine: Engine, transcriber: RecordTranscriber | None = None, voice_reader: VoiceReader | None = None
    ) -> None:
        self._engine = engine
        self._transcriber = transcriber
        self._voice_reader = voice_reader
        self._queue: SimpleQueue[_Answer | None] = SimpleQueue()
        self._changed = threading.Condition()
        self._pending: Counter[str] = Counter()
        self._waiting_seconds = 0.0
        self._sealed: set[str] = set()
        self._vocabularies: dict[str, Vocabulary] = {}
        self._worker = threading.Thread(target=self._work, name="after-answer", daemon=True)
        self._worker.start()

    def submit(self, interview_id: str, turn_id: str, samples16k: Samples, offset_seconds: float) -> None:
        """Take an answer's audio (at SPEECH_RATE); returns at once."""
        answer = _Answer(interview_id, turn_id, samples16k, offset_seconds)
        with self._changed:
            if self._waiting_seconds + answer.seconds > MOST_WAITING_SECONDS:
                _log.warning("answer_left_with_live_transcript", turn_id=turn_id, waiting=self._waiting_seconds)
                return
            self._waiting_seconds += answer.seconds
            self._pending[interview_id] += 1
        self._queue.put(answer)

    def wait(self, interview_id: str, timeout_seconds: float) -> bool:
        """Wait until the interview's answers are done; False when the time was over first. The work goes on."""
        with self._changed:
            return self._changed.wait_for(lambda: self._pending[interview_id] == 0, timeout_seconds)

    def finish(self, interview_id: str, timeout_seconds: float) -> bool:
        """Wait until the interview's answers are done, then change none of its texts any more.

        False when the time was over first: what is not done keeps its live transcript.
        """
        with self._changed:
            done = self._changed.wait_for(lambda: self._pending[interview_id] == 0, timeout_seconds)
            self._sealed.add(interview_id)
            self._vocabularies.pop(interview_id, None)
            return done

    def close(self) -> None:
        """Stop after the answer in hand."""
        self._queue.put(None)

    def _work(self) -> None:
        while (answer := self._queue.get()) is not None:
            try:
                self._one(answer)
            except Exception:
                _log.exception("answer_not_analysed", turn_id=answer.turn_id)
            with self._changed:
                self._pending[answer.interview_id] -= 1
                self._waiting_seconds -= answer.seconds
                self._changed.notify_all()

    def _one(self, answer: _Answer) -> None:
        if answer.interview_id in self._sealed:
            return
        words = _shifted(self._corrected(answer), answer.offset_seconds)
        wanted = self._wanted(answer.interview_id)
        measures = self._voice(answer, wanted) | sound.measure(answer.samples, SPEECH_RATE, wanted)
        with self._changed, session(self._engine) as db:
            turn = db.get(Turn, answer.turn_id)
            if turn is None or answer.interview_id in self._sealed:
                return
            _put_record(turn, words)
            db.add(turn)
            measures |= _speech(turn, answer, wanted)
            signals.replace_for_turn(db, answer.interview_id, answer.turn_id, measures)

    def _heard(self, answer: _Answer) -> list[Word]:
        if self._transcriber is None:
            return []
        try:
            return self._transcriber.words(answer.samples)
        except PlatformError as error:
            _log.warning("no_transcript_of_record", turn_id=answer.turn_id, error=str(error))
            return []

    def _corrected(self, answer: _Answer) -> list[Word]:
        """With the words of the trade put right."""
        words = self._heard(answer)
        if not words:
            return words
        if answer.interview_id not in self._vocabularies:
            with session(self._engine) as db:
                self._vocabularies[answer.interview_id] = vocabulary_terms.of_interview(db, answer.interview_id)
        return in_terms(self._vocabularies[answer.interview_id], words)

    def _voice(self, answer: _Answer, wanted: frozenset[str]) -> dict[str, float]:
        if self._voice_reader is None or not voice.NAMES & wanted:
            return {}
        try:
            return voice.measure(self._voice_reader.read(answer.samples, SPEECH_RATE), wanted)
        except PlatformError as error:
            _log.warning("voice_not_measured", turn_id=answer.turn_id, error=str(error))
            return {}

    def _wanted(self, interview_id: str) -> frozenset[str]:
        with session(self._engine) as db:
            return switches.wanted(db, interview_id)


def _shifted(words: Sequence[Word], offset_seconds: float) -> list[list[object]]:
    """As Turn.words, on the interview's timeline."""
    return [
        [
            w.text,
            round(w.started_seconds + offset_seconds, 3),
            round(w.ended_seconds + offset_seconds, 3),
            round(w.probability, 4),
        ]
        for w in words
    ]


def in_terms(terms: Vocabulary, words: Sequence[Word]) -> list[Word]:
    """The words with terms put right: each takes the place of all it was heard as, and is as sure as the least sure."""
    kept = list(words)
    texts = [word.text for word in words]
    for span in reversed(terms.spans(texts)):
        part = words[span.first : span.last]
        text = terms.text(" ".join(texts[span.first : span.last]))
        sure = min(word.probability for word in part)
        kept[span.first : span.last] = [Word(text, part[0].started_seconds, part[-1].ended_seconds, sure)]
    return kept


def _put_record(turn: Turn, words: list[list[object]]) -> None:
    """The transcript of record in place of the live one, when it heard something and is sure enough of it. How sure it
    is stands with the turn either way: a turn that was hard to hear is not judged before a person has listened."""
    if not words or turn.kind == "typed":
        return
    sure = sum(float(str(w[3])) for w in words) / len(words)
    turn.confidence = round(sure, 4)
    if sure < SURE_ENOUGH and turn.text.strip():
        return
    turn.text = " ".join(str(w[0]) for w in words)
    turn.words = words


def _speech(turn: Turn, answer: _Answer, wanted: frozenset[str]) -> dict[str, float]:
    ended = answer.offset_seconds + answer.seconds
    made = speech.measure(turn.words, turn.text, answer.offset_seconds, ended, wanted)
    if turn.confidence is not None:
        made["transcript_confidence"] = turn.confidence
    return made
