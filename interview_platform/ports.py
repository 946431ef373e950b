"""What the product needs from outside, as small protocols; each has a real and an embedded adapter.

LangChain's own `BaseChatModel`, `Embeddings` and `VectorStore` serve where they fit. Audio is float32 mono in
[-1, 1]; pictures are uint8 RGB; times are seconds unless a name says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
"""Mono audio, shape (n,), float32 in [-1, 1]."""
Picture = NDArray[np.uint8]
"""RGB picture, shape (height, width, 3)."""

SPEECH_RATE = 16_000
"""Samples per second of everything that listens (VAD, end of turn, speech-to-text)."""
VAD_WINDOW = 512
"""Samples per speech-detector step: 32 ms at SPEECH_RATE."""


# --- storage and sessions -------------------------------------------------------------------------------------


class Blobs(Protocol):
    """Stored files, by key. Keys are slash-separated and never start with a slash or hold `..`."""

    name: str

    def put(self, key: str, content: bytes | BinaryIO, media_type: str) -> None:
        """Store whole or not at all. Raises ServiceUnavailable."""

    def get(self, key: str) -> bytes:
        """The whole content. Raises NotFound, ServiceUnavailable."""

    def url(self, key: str, seconds: int = 900) -> str:
        """An address that serves the file (range requests too) for `seconds` to whoever holds it."""

    def delete(self, key: str) -> None:
        """Remove; silent if it was not there."""

    def exists(self, key: str) -> bool:
        """Whether the key holds a whole file."""


class Sessions(Protocol):
    """Small values with a life time: sign-in sessions, live interview context, rate limits."""

    name: str

    def put(self, key: str, value: dict[str, object], ttl_seconds: int) -> None:
        """Set or replace, for `ttl_seconds` from now."""

    def get(self, key: str) -> dict[str, object] | None:
        """The value, or None when absent or over."""

    def delete(self, key: str) -> None:
        """Remove; silent if it was not there."""

    def count(self, key: str, ttl_seconds: int) -> int:
        """Add one to a counter that starts at 0 and lives `ttl_seconds` from its first use; the new value."""


@dataclass(frozen=True)
class Identity:
    """Who a provider says somebody is; `verified`: it has proved that the e-mail address is hers."""

    issuer: str
    subject: str
    email: str
    verified: bool


class IdentityProvider(Protocol):
    """Signs people in elsewhere (OpenID Connect, Authorization Code with PKCE)."""

    issuer: str

    def way(self, back: str, state: str, nonce: str, verifier: str) -> str:
        """The address a browser is sent to, which sends it to `back`. Raises ServiceUnavailable."""

    def identity(self, back: str, code: str, nonce: str, verifier: str) -> Identity:
        """Who came back with `code`. Raises NotSignedIn, ServiceUnavailable."""


# --- mail ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mail:
    """One e-mail ready to send. `message_id` is ours (without angle brackets) and stable per message row."""

    message_id: str
    sender: str
    to: str
    subject: str
    text: str
    html: str = ""
    calendar: str = ""  # iCalendar text, attached when not empty


class Mailer(Protocol):
    """Sends one mail. Deduplication is the caller's (services/notifications)."""

    name: str
    delivers: bool  # False for the built-in outbox, which only shows

    def send(self, mail: Mail) -> str:
        """Send; the provider's id. Raises ServiceUnavailable."""


# --- meetings --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Visitor:
    """Who is met. `zone` is an IANA name, such as Europe/Berlin."""

    name: str
    email: str
    zone: str


@dataclass(frozen=True)
class Appointment:
    """A booked time. `place` and the addresses are empty where the calendar has none of its own."""

    key: str  # the calendar's name for it
    starts_at: datetime
    place: str = ""
    change_url: str = ""
    cancel_url: str = ""


class Calendar(Protocol):
    """Free times of a person, and booking them. `kind` is the calendar's name for what is booked, with its length.

    Moments are aware. `reference` is ours, one for each meeting: what it books anew replaces what it had booked.
    """

    name: str

    def times(self, kind: str, since: datetime, until: datetime) -> list[datetime]:
        """When a meeting can begin, in order, in UTC. Raises BadInput (no such kind), ServiceUnavailable."""

    def book(self, kind: str, starts_at: datetime, visitor: Visitor, reference: str) -> Appointment:
        """Take a time. Raises TimeTaken, BadInput, ServiceUnavailable."""

    def move(self, key: str, kind: str, starts_at: datetime, visitor: Visitor, reference: str) -> Appointment:
        """Another time instead; the old one stays where the new one cannot be had. Raises as `book`."""

    def cancel(self, key: str, reason: str = "") -> None:
        """Give a time back; silent if it was given back. Raises ServiceUnavailable."""

    def link(self, kind: str, reference: str) -> str:
        """An address where the visitor books by herself, once; empty where there is none. Raises ServiceUnavailable."""


# --- hearing and speaking --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Word:
    """One heard word. Seconds from the start of the audio; probability 0..1."""

    text: str
    started_seconds: float
    ended_seconds: float
    probability: float


class TranscriptStream(Protocol):
    """Live speech-to-text of one turn."""

    def add(self, samples: Samples) -> None:
        """Feed audio at SPEECH_RATE."""

    def text(self, final: bool = False) -> str:
        """What was heard so far; `final` decodes everything fed, and the stream may still go on."""

    def close(self) -> None:
        """Free the stream."""


class Transcriber(Protocol):
    """Live speech-to-text."""

    name: str

    def stream(self) -> TranscriptStream:
        """A fresh stream for one turn."""


class RecordTranscriber(Protocol):
    """Speech-to-text of record: slower, with word times and probabilities."""

    name: str

    def words(self, samples: Samples) -> list[Word]:
        """Words of audio at SPEECH_RATE, in order."""


class Voice(Protocol):
    """Text to speech."""

    name: str
    rate: int  # samples per second of what `speak` yields

    def speak(self, text: str) -> Iterator[Samples]:
        """Chunks in order, the first as early as possible."""


class SpeechDetector(Protocol):
    """Voice activity; holds state, one per listener."""

    def probability(self, window: Samples) -> float:
        """Chance 0..1 that these VAD_WINDOW samples at SPEECH_RATE hold speech."""

    def reset(self) -> None:
        """Forget what was heard."""


class TurnModel(Protocol):
    """Sound of an ended turn; stateless, shared by rooms."""

    def complete(self, samples: Samples) -> float:
        """Chance 0..1 that the speaker has finished, from the turn's last ≤ 8 s at SPEECH_RATE."""


# --- reading a face and a voice (described, never scored) ------------------------------------------------------


@dataclass(frozen=True)
class FaceReading:
    """One analysed picture. Angles in degrees, in the camera's (unmirrored) frame; None without a face."""

    faces: int
    centre_x: float | None = None  # of the face, 0 left .. 1 right
    centre_y: float | None = None  # 0 top .. 1 bottom
    size: float | None = None  # face height over picture height
    yaw_degrees: float | None = None
    pitch_degrees: float | None = None
    roll_degrees: float | None = None
    hands: int = 0
    brightness: float = 0.0  # mean luma 0..1
    shapes: tuple[str, ...] = ()  # clear hand shapes: open | pointing | two fingers | thumb up | thumb down


class FaceReader(Protocol):
    """Landmarks of one picture."""

    name: str

    def read(self, picture: Picture, hands: bool = True) -> FaceReading:
        """`hands`: whether to look for hands too. Raises ServiceUnavailable when the analyser is gone."""

    def close(self) -> None:
        """Free it."""


class VoiceReader(Protocol):
    """Acoustic measures of one answer."""

    name: str

    def read(self, samples: Samples, rate: int) -> dict[str, float]:
        """Named measures (eGeMAPS names)."""


# --- judging ---------------------------------------------------------------------------------------------------

Verdict = Literal["met", "partly", "not_shown"]


@dataclass(frozen=True)
class PointVerdict:
    """What one answer shows of one yes/no point. Quotes are claimed here and verified by services/scoring."""

    point: str
    verdict: Verdict
    quotes: tuple[str, ...] = ()
    confidence: float = 1.0
    chance: float | None = None  # 0..1 that the point was shown, where the judge can tell: levels count it, claims not


class AnswerJudge(Protocol):
    """Judges points, never levels."""

    name: str
    label: str  # shown to people: "Offline judge" or the model's name

    def judge(self, question: str, points: Sequence[str], answer: str) -> list[PointVerdict]:
        """One verdict per point, in order. Raises ServiceUnavailable."""


# --- interviewing ----------------------------------------------------------------------------------------------

Action = Literal["accept", "follow_up", "deeper", "ease"]
"""What to do about an answer: go on with the plan; ask for an open point; ask further as everything was shown; offer
an easier way in as hardly anything was."""


@dataclass(frozen=True)
class FollowUpOption:
    """A point the question hopes for and the authored question that asks for it."""

    point: str
    question: str


@dataclass(frozen=True)
class Earlier:
    """An answer given before in the same interview, whole and in the candidate's own words."""

    question: str
    answer: str
    turn_id: str = ""


@dataclass(frozen=True)
class Exchange:
    """One question and what came back, as the interviewer sees it. Everything the candidate said is data."""

    question: str
    answer: str  # to the question and its follow-ups so far, in order
    options: tuple[FollowUpOption, ...] = ()
    asked: tuple[str, ...] = field(default=())  # every question asked so far in this interview
    earlier: tuple[Earlier, ...] = ()  # other questions' answers, oldest first
    plain_question: str = ""  # the question in plainer words
    group: str = "technical"  # of the question's competency
    level: str = "mid"  # of the job: junior | mid | senior
    follow_ups_here: int = 0  # already asked on this question
    job_title: str = ""
    refused: tuple[tuple[str, str], ...] = ()  # wordings for this turn that the guard refused, with the reason


@dataclass(frozen=True)
class Decision:
    """What the interviewer wants to do about an answer, and everything that led to it (the audit trail).

    `text` is empty for "accept". `covered` has one verdict per option, with quotes claimed here and checked by the
    caller. What was not measured stays at its default.
    """

    action: Action = "accept"
    text: str = ""  # the question to ask, without the bridge
    bridge: str = ""  # a short sentence before it, such as a true reference to the answer
    point: str = ""  # the option's point it aims at; empty for deeper and accept
    because: str = ""  # for people: which words, or which missing point, led to it
    covered: tuple[PointVerdict, ...] = ()
    engine: str = ""  # label of who decided
    prompt: str = ""  # name and version of the prompt, such as "interviewer@3f2a91c0"
    fallback: str = ""  # why another engine than the chosen one decided; empty when it did not
    seconds: float = 0.0
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float | None = None  # in US dollars, where the price is known
    refused: tuple[tuple[str, str], ...] = ()  # wordings that the guard refused before this one, with the reason


class Interviewer(Protocol):
    """Decides what to do about one answer; the plan decides everything else."""

    name: str
    label: str  # shown to people: "Offline interviewer" or the model's name

    def decide(self, exchange: Exchange, say: Callable[[str], bool] | None = None) -> Decision:
        """What to do next. Raises ServiceUnavailable.

        `say(bridge)` may be called once, as soon as the bridge is whole and before the question is: it checks the
        sentence, hands it to the voice, and answers whether it was said.
        """


# --- what the agent may know -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Passage:
    """A piece of something the agent may quote. `score` is how well it fits what was asked, 0..1, once asked."""

    id: str
    source: str  # faq | job | company | material
    title: str  # shown to people: "Job description", "How the interview works", the material's title
    text: str
    score: float = 0.0


@dataclass(frozen=True)
class Grounded:
    """An answer to a candidate's question, in the source's words, or the reason why there is none."""

    text: str  # as it is spoken, the source named in it; empty when it must be passed on
    passages: tuple[Passage, ...] = ()  # what it stands on first; those looked at when there is no answer
    reason: str = ""  # why it is passed on
    nearest: bool = False  # the text is only the nearest that a source says: the question is passed on as well


class Answerer(Protocol):
    """Answers candidates' questions from sources only."""

    def answer(self, interview_id: str, question: str) -> Grounded:
        """The answer, or none with the reason. Never raises: without sources the question is passed on."""


# --- résumé files ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ParsedFile:
    """What a person sees in a file.

    `warnings` are {"kind", "detail", "count"}: what was left out or could not be done. `unseen` are {"kind", "page",
    "text", "count"}: the text that nobody sees, kept apart for the recruiter. `page_starts` are the characters of
    `text` where each page begins. `checked` is False where the file could not be compared with what is shown.
    `links` are the addresses behind words, in order.
    """

    text: str
    pages: int
    media_type: str
    warnings: tuple[dict[str, object], ...] = ()
    unseen: tuple[dict[str, object], ...] = ()
    page_starts: tuple[int, ...] = ()
    checked: bool = True
    links: tuple[str, ...] = ()


class ResumeParser(Protocol):
    """Text out of an untrusted file."""

    def parse(self, filename: str, content: bytes) -> ParsedFile:
        """Raises ResumeUnreadable with the reason and the way out."""


class PagePictures(Protocol):
    """Pages as a person sees them."""

    def draw(self, content: bytes) -> list[bytes]:
        """PNGs of a PDF's first pages. Raises ResumeUnreadable."""


# --- looking at the first of a list again ---------------------------------------------------------------------


@dataclass(frozen=True)
class Grade:
    """How much one candidate's blind text shows of one requirement: 0 nothing, 1 little, 2 much, 3 fully.

    The quote is claimed here and verified by services/smartfilter.
    """

    candidate: int  # place in the list that was asked about
    requirement: int  # place among the requirements
    level: int
    quote: str = ""


class Reranker(Protocol):
    """Reads a job and a few blind texts; grades, never orders."""

    name: str
    label: str  # shown to people

    def grade(self, job: str, requirements: Sequence[str], texts: Sequence[str]) -> list[Grade]:
        """Grades of every candidate and requirement. Raises ServiceUnavailable."""


# --- other sources about a person ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Profile:
    """A source about a person, written out as text, with the facts that stand in it.

    `facts` is the shape of services/resumes.ResumeFacts.as_json(): every span indexes `text`. `raw` is what came
    from outside without what must not be kept (birth date, address, maiden name), for the recruiter to compare.
    """

    source: str  # linkedin_export | github | table | webhook
    reference: str  # what it was fetched by: a user name, a file's name
    text: str
    facts: dict[str, object]
    raw: bytes
    media_type: str = "application/json"


class ProfileSource(Protocol):
    """Facts about a person from outside."""

    name: str

    def fetch(self, reference: str) -> Profile:
        """Raises BadInput (no such person, not a name), ServiceUnavailable (with when to try again)."""


# --- telling other systems -------------------------------------------------------------------------------------


class WebhookSender(Protocol):
    """Posts a signed event to another system."""

    def send(self, url: str, body: bytes, headers: dict[str, str]) -> int:
        """The answer's HTTP status, any. Raises BadInput (not an address that may be called), ServiceUnavailable
        (no answer), each with words for whoever set the address up."""


# --- work that outlives its process ---------------------------------------------------------------------------

WorkState = Literal["waiting", "running", "done", "failed", "cancelled"]


class Steps(Protocol):
    """How work is cut into steps. What a step gave back is kept; work that is taken up again does not repeat it."""

    def do(self, name: str, work: Callable[[], Any]) -> Any:
        """`work()`, plain JSON, once: later what it gave, or raised, the first time. A step that was cut off is begun
        again, so it has to bear that. Raises what `work` raises, PlatformErrors as such."""


@dataclass(frozen=True)
class WorkKind:
    """A kind of work. `follow(steps, subject_id)` must take the same steps whenever they give the same."""

    name: str
    follow: Callable[[Steps, str], None]  # a PlatformError it raises is the cause that people read
    at_once: int = 1  # so many by one process; others wait
    again: bool = False  # asked for while it runs, it runs once more behind that; otherwise once is enough


@dataclass(frozen=True)
class Work:
    """One piece of work. `cause`: why it failed, for people; `steps`: those that are over, in order."""

    id: str
    kind: str
    organisation_id: str
    subject_id: str
    state: WorkState
    begun_at: datetime
    changed_at: datetime
    cause: str = ""
    steps: tuple[str, ...] = ()


class DurableWork(Protocol):
    """Work that goes on where it was after its process died."""

    name: str

    def start(self) -> None:
        """Take up what an earlier process left, and work from now on. Raises ServiceUnavailable."""

    def submit(self, kind: str, organisation_id: str, subject_id: str) -> str:
        """Have it done; the work's id. What waits or runs already is not doubled; what failed last is taken up where
        it failed. Raises ServiceUnavailable."""

    def listing(self, organisation_id: str, states: Sequence[WorkState] = (), limit: int = 100) -> list[Work]:
        """An organisation's work, newest first, all states without `states`. Raises ServiceUnavailable."""

    def find(self, work_id: str) -> Work | None:
        """One piece of work. Raises ServiceUnavailable."""

    def retry(self, work_id: str) -> None:
        """Take up failed or cancelled work where it stopped. Raises BadInput, NotFound, ServiceUnavailable."""

    def cancel(self, work_id: str) -> None:
        """Stop after the step at hand; what is done stays. Raises BadInput, NotFound, ServiceUnavailable."""

    def close(self) -> None:
        """Stop after the steps at hand; the next start goes on. Safe to call twice."""


# --- vectors ---------------------------------------------------------------------------------------------------


class Vectors(Protocol):
    """Vectors by key, kept between starts. Every vector of one space has the same length."""

    name: str

    def put(self, space: str, keys: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Store or replace; shape (keys, width)."""

    def get(self, space: str, keys: Sequence[str]) -> tuple[list[str], NDArray[np.float32]]:
        """Those of the keys that are stored, in the order of `keys`, with their vectors."""

    def keys(self, space: str) -> set[str]:
        """Every key of the space."""

    def all_spaces(self) -> list[str]:
        """Every space that was ever written to."""

    def delete(self, space: str, keys: Sequence[str]) -> None:
        """Forget these; unknown keys are no error."""
