"""The transcript as WebVTT: captions of the recording, and a file that other tools read.

Long turns become several captions, each at the time of its own words where the transcript of record knows it, else by
their share of the turn. What was typed has no length in the recording and shows there for no longer than a blink.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from interview_platform.models import Turn

MEDIA_TYPE = "text/vtt"
CAPTION_CHARACTERS = 84
"""At most so long: two lines of 42."""
SENTENCE_CHARACTERS = 42
"""A sentence's end ends a caption that is at least so long."""
PAUSE_SECONDS = 1.5
"""A silence of this length between two words parts captions."""
LAST_SECONDS = 359_999.998
BLINK_SECONDS = 0.001
_VOICES = {"agent": "Interviewer", "candidate": "Candidate"}
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True)
class _Token:
    """One word of a turn and when it is said; seconds on the interview's timeline."""

    text: str
    started: float
    ended: float


def document(turns: Iterable[Turn]) -> str:
    """The whole file, cues in order of time. Seconds of turns and words are those of the whole recording."""
    cues = sorted((cue for turn in turns for cue in _cues(turn)), key=lambda cue: cue[:2])
    blocks = ["WEBVTT", "NOTE\nTranscript of an interview; times are those of its recording."]
    for number, (started, ended, speaker, text) in enumerate(cues, start=1):
        voice = _VOICES.get(speaker, "Speaker")
        blocks.append(f"{number}\n{_clock(started)} --> {_clock(ended)}\n<v {voice}>{text.translate(_ESCAPES)}</v>")
    return "\n\n".join(blocks) + "\n"


def _cues(turn: Turn) -> Iterator[tuple[float, float, str, str]]:
    """(start, end, speaker, text) of one turn's captions."""
    for group in _groups(_tokens(turn)):
        started = min(max(group[0].started, 0.0), LAST_SECONDS)
        ended = max(group[-1].ended, started + BLINK_SECONDS)
        yield started, ended, turn.speaker, " ".join(token.text for token in group)


def _groups(tokens: Sequence[_Token]) -> Iterator[list[_Token]]:
    group: list[_Token] = []
    for token in tokens:
        length = sum(len(held.text) + 1 for held in group)
        full = length + len(token.text) > CAPTION_CHARACTERS
        paused = bool(group) and token.started - group[-1].ended >= PAUSE_SECONDS
        over = length >= SENTENCE_CHARACTERS and group[-1].text.endswith((".", "?", "!", ";"))
        if group and (full or paused or over):
            yield group
            group = []
        group.append(token)
    if group:
        yield group


def _tokens(turn: Turn) -> list[_Token]:
    words = _UNSEEN.sub(" ", turn.text).split()
    times = _times(turn)
    if len(times) == len(words):
        return [_Token(word, *time) for word, time in zip(words, times, strict=True)]
    return _shared_out(words, times or [(turn.started_seconds, max(turn.started_seconds, turn.ended_seconds))])


def _times(turn: Turn) -> list[tuple[float, float]]:
    """Of each heard word, in order; none that ends before it begins, or begins before the one before it."""
    found: list[tuple[float, float]] = []
    for word in turn.words or []:
        started = max(float(word[1]), found[-1][0] if found else 0.0)
        found.append((started, max(float(word[2]), started)))
    return found


def _shared_out(words: Sequence[str], times: Sequence[tuple[float, float]]) -> list[_Token]:
    """Words whose own times are not known, by their letters' share of the time there is speech."""
    starts = [0.0]
    for started, ended in times:
        starts.append(starts[-1] + ended - started)
    letters = sum(len(word) for word in words)
    tokens, done = [], 0
    for word in words:
        started = _at(starts[-1] * done / letters, starts, times)
        tokens.append(_Token(word, started, started + starts[-1] * len(word) / letters))
        done += len(word)
    return tokens


def _at(spoken: float, starts: Sequence[float], times: Sequence[tuple[float, float]]) -> float:
    """When so many seconds of speech were over; pauses are none."""
    index = min(max(bisect_right(starts, spoken) - 1, 0), len(times) - 1)
    return min(times[index][0] + spoken - starts[index], times[index][1])


def _clock(seconds: float) -> str:
    """hh:mm:ss.mmm."""
    whole, milliseconds = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{milliseconds:03}"
