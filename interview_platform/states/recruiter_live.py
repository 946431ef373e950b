"""The live monitor: what runs now, the words of one interview as they are said, and ending it."""

import asyncio
import contextlib
import time
from dataclasses import dataclass, field
from typing import Any

import reflex as rx

from interview_platform.errors import BadInput
from interview_platform.services import live
from interview_platform.services.access import Actor
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.trace_lines import LiveLine, live_line
from interview_platform.states.words import clock
from interview_platform.wiring import platform

PEEK_SECONDS = 0.8
"""How long one look listens for the words that are being said."""
GOODBYE_SECONDS = 12.0
"""A connected room has said goodbye by then; else the interview is ended without it."""
DEGRADING = ("transcript of record", "face measures", "voice measures")
"""Parts that an interview lacks something without."""
STATES = {
    "connecting": ("Connecting", "attention"),
    "speaking": ("Interviewer speaks", "good"),
    "listening": ("Candidate’s turn", "good"),
    "thinking": ("Thinking", "good"),
    "paused": ("Candidate takes a moment", "info"),
    "ended": ("Saying goodbye", "info"),
}
AWAY = ("Nobody is connected", "attention")


@dataclass
class MonitorLine:
    """One running interview in the list. `minutes` as "12:04"."""

    key: str
    name: str
    job: str
    place: str
    minutes: str
    state: str
    tone: str
    engine: str
    writing: bool
    troubles: list[str] = field(default_factory=list)


@dataclass
class SaidLine:
    """One utterance of the watched interview."""

    key: str
    who: str
    speaker: str
    clock: str
    text: str


@dataclass(frozen=True)
class Peek:
    """How a room stands, and the words that are being said there. "" where nothing is known."""

    state: str = ""
    words: str = ""


class MonitorState(RecruiterState):
    """What the live page shows."""

    ready: bool = False
    problem: str = ""
    lines: list[MonitorLine] = []
    parts_off: list[str] = []  # of this installation
    watched: str = ""
    name: str = ""
    why: LiveLine = LiveLine("", "", "")
    said: list[SaidLine] = []
    words: str = ""  # being said now
    over: bool = False
    ending: bool = False
    ask_open: bool = False
    reason: str = ""
    wrong: str = ""

    @recruiter_event
    async def load(self):
        """Read what runs, and follow the interview that the address names."""
        self._forget()
        self.parts_off = [
            f"{part.name[:1].upper()}{part.name[1:]}: {part.why}"
            for part in platform().features
            if part.name in DEGRADING and not part.on
        ]
        await self._list()
        self.problem, self.ready = "", True
        asked = str(self.router.url.query_parameters.get("interview", ""))
        if asked in {line.key for line in self.lines}:
            self._join(asked)

    @recruiter_event
    async def follow(self, key: str):
        """Join silently; a second click lets go."""
        if key == self.watched:
            self._forget()
        else:
            self._join(key)

    @recruiter_event(background=True)
    async def look(self):
        """Look again; the page calls it every few seconds. The room is listened to without holding the page."""
        async with self:
            actor, watched, over = self._actor(), self.watched, self.over
        peek = await _peek(watched, PEEK_SECONDS) if watched and not over else Peek()
        async with self:
            await self._list()
            if self.watched == watched and watched and not over:
                self._read(actor, watched)
                self.words = peek.words

    @recruiter_event
    def ask_end(self, on: bool):
        """Open or close the dialog."""
        self.ask_open, self.reason, self.wrong = on and bool(self.watched), "", ""

    @recruiter_event
    def pick_reason(self, reason: str):
        """Why it is to be ended."""
        self.reason, self.wrong = reason, ""

    @recruiter_event(background=True)
    async def end(self):
        """End the watched interview: the room says goodbye, the candidate gets a kind page."""
        async with self:
            if self.ending or not self.watched:
                return
            actor, watched, reason = self._actor(), self.watched, self.reason
            try:
                with platform().db() as db:
                    live.end(db, actor, watched, reason)
            except BadInput as error:
                self.wrong = str(error)
                return
            self.ending, self.ask_open = True, False
        try:
            await _end(watched)
        finally:
            async with self:
                self.ending = False
                self._read(actor, watched)
                await self._list()
        yield rx.toast.success("The interview was ended. What was said is kept, and its report follows.")

    # --- not handlers ------------------------------------------------------------------------------------------

    def _forget(self) -> None:
        self.watched, self.name, self.words, self.over = "", "", "", False
        self.said, self.why, self.ask_open = [], LiveLine("", "", ""), False

    def _join(self, key: str) -> None:
        self._forget()
        actor = self._actor()
        with platform().db() as db:
            live.join(db, actor, key)
        self.watched = key
        self._read(actor, key)

    def _read(self, actor: Actor, key: str) -> None:
        with platform().db() as db:
            held = live.one(db, actor, key)
            said = live.transcript(db, actor, key)
        self.name = held.live.candidate_name or "Name not found"
        self.why, self.over = live_line(held.live), held.live.status != "live"
        self.said = [
            SaidLine(one.turn_id, _who(one.speaker), one.speaker, clock(one.at_seconds), one.text or "(skipped)")
            for one in said
        ]

    async def _list(self) -> None:
        with platform().db() as db:
            found = live.running(db, self._actor())
        rooms = _rooms()
        here = set(rooms.live()) if rooms else set()
        peeks = {held.live.interview_id: await _peek(held.live.interview_id) for held in found} if rooms else {}
        self.lines = [_line(held, held.live.interview_id in here, peeks) for held in found]


def _line(held: live.Running, here: bool, peeks: dict[str, Peek]) -> MonitorLine:
    key = held.live.interview_id
    words, tone = STATES.get(peeks[key].state, STATES["connecting"]) if here else AWAY
    place = f"Question {held.live.number} of {held.live.total}" if held.live.number else "Has just begun"
    return MonitorLine(
        key=key,
        name=held.live.candidate_name or "Name not found",
        job=held.live.job_title,
        place=place,
        minutes=clock(held.seconds),
        state=words,
        tone=tone,
        engine=held.engine,
        writing=held.writing,
        troubles=[f"{words[:1].upper()}{words[1:]}." for words in held.troubles],
    )


def _who(speaker: str) -> str:
    return "Interviewer" if speaker == "agent" else "Candidate"


def _rooms() -> Any:
    """The live rooms, if they were built: at start, or with the first call. Nobody is in rooms that were not."""
    return vars(platform()).get("rooms")


async def _peek(interview_id: str, seconds: float = 0.0) -> Peek:
    """How the room stands now; with `seconds`, the newest unfinished words that come within them as well."""
    rooms = _rooms()
    if rooms is None:
        return Peek()
    state, words, until = "", "", time.monotonic() + seconds
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(max(seconds, 0.2)), contextlib.aclosing(rooms.subscribe(interview_id)) as events:
            async for event in events:
                if event["type"] == "state":
                    state = str(event["state"])
                if event["type"] == "caption" and event["speaker"] == "candidate":
                    words = "" if event["final"] else str(event["text"])
                if time.monotonic() >= until:
                    break
    return Peek(state, words)


async def _end(interview_id: str) -> None:
    """In its room, with a goodbye; where nobody is connected, without one."""
    rooms, held = _rooms(), platform()
    if rooms is not None and interview_id in rooms.live():
        rooms.command(interview_id, {"type": "end", "by": "recruiter"})
        until = time.monotonic() + GOODBYE_SECONDS
        while time.monotonic() < until:
            await asyncio.sleep(0.5)
            if await asyncio.to_thread(_is_over, interview_id):
                return
    await asyncio.to_thread(_end_without_room, interview_id)
    held.background.submit(held.finish_interview, interview_id)


def _is_over(interview_id: str) -> bool:
    with platform().db() as db:
        return live.is_over(db, interview_id)


def _end_without_room(interview_id: str) -> None:
    held = platform()
    with held.db() as db:
        at = live.last_seconds(db, interview_id)
    held.conversation(interview_id).end(at, "recruiter")
