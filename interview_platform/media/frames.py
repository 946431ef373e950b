"""What passes through a live room: values only. Seconds are on the interview's timeline unless a field says else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, Protocol

from interview_platform.ports import Samples

Event = dict[str, Any]
"""One message to the browser, ready for JSON; its `type` is state, caption, question, notice, hint, nod, timing,
ended or error."""

RoomState = Literal["connecting", "speaking", "listening", "thinking", "paused", "ended"]

TALK_RATE = 48_000
"""Samples per second of what is sent and recorded."""
TALK_FRAME = 960
"""Samples per sent frame: 20 ms at TALK_RATE."""


class Utterance(Protocol):
    """Something the agent says, as the conversation hands it over."""

    @property
    def turn_id(self) -> str:
        """The row it was written to."""

    @property
    def text(self) -> str:
        """What to say."""

    @property
    def kind(self) -> str:
        """greeting, core, resume, custom, follow_up, repeat, notice or closing."""

    @property
    def question_text(self) -> str:
        """The open question, to be shown; empty when there is none."""

    @property
    def number(self) -> int:
        """Of the open question, from 1."""

    @property
    def total(self) -> int:
        """How many questions are planned."""

    @property
    def expects_answer(self) -> bool:
        """Whether the candidate is to speak after it."""

    @property
    def final(self) -> bool:
        """Whether the interview is over once it was said."""


@dataclass(frozen=True)
class Sound:
    """A piece of the candidate's audio at SPEECH_RATE, for listening; the recording takes EncodedSound."""

    at_seconds: float  # of its first sample
    heard: Samples


@dataclass(frozen=True)
class EncodedPicture:
    """One VP8 or H264 frame as it came, for the recording."""

    at_seconds: float
    data: bytes
    is_key: bool
    codec: str = "vp8"  # or h264


# --- what turn-taking decides ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SpeechStarted:
    """The candidate began a turn."""

    at_seconds: float


@dataclass(frozen=True)
class PauseBegan:
    """Speech stopped a moment ago: weigh now whether the turn is over. `again`: the sound alone, once more."""

    at_seconds: float  # end of the last speech
    again: bool = False


@dataclass(frozen=True)
class SpeechResumed:
    """It was a pause: what was prepared for the end of the turn is void."""

    at_seconds: float
    pause_seconds: float


@dataclass(frozen=True)
class TurnEnded:
    """The candidate has finished."""

    started_seconds: float
    ended_seconds: float
    speech_seconds: float  # of it with speech


@dataclass(frozen=True)
class TurnDropped:
    """It was no speech: a cough, a door."""

    at_seconds: float


@dataclass(frozen=True)
class Interrupted:
    """The candidate speaks while the agent does: the agent stops. `at_seconds` is the beginning of that speech."""

    at_seconds: float


@dataclass(frozen=True)
class Wavered:
    """A voice is heard under the agent's: the agent holds its breath until it is clear what it was."""

    at_seconds: float


@dataclass(frozen=True)
class Recovered:
    """It was a cough or a word of agreement: the agent goes on where it stopped."""

    at_seconds: float


@dataclass(frozen=True)
class Nodded:
    """This may be the end: show by a soft "mm-hm" that it was heard, and leave the word with the candidate."""

    at_seconds: float


@dataclass(frozen=True)
class SilenceGrew:
    """Nothing was said for long; told once per question."""

    at_seconds: float


Decision = (
    SpeechStarted
    | PauseBegan
    | SpeechResumed
    | TurnEnded
    | TurnDropped
    | Interrupted
    | Wavered
    | Recovered
    | SilenceGrew
    | Nodded
)


@dataclass(frozen=True)
class Evidence:
    """What sound and words say about one pause."""

    pause_seconds: float  # which pause: its PauseBegan.at_seconds
    complete: float  # 0..1 by the turn model
    text: str | None  # all words of the turn so far; None while they are still being read
