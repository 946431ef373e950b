"""Flagging any sentence of a report or transcript; a wrong transcript is corrected here, and judged again."""

import asyncio

import reflex as rx

from interview_platform.errors import BadInput
from interview_platform.services import access, reports, review, transcript
from interview_platform.services.access import Actor
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.recruiter_report import ReportState
from interview_platform.wiring import platform


class FlagState(RecruiterState):
    """The flag dialog. With "Wrong transcript" on something the candidate said, it corrects the words."""

    is_open: bool = False
    interview: str = ""
    turn: str = ""
    quote: str = ""
    about: str = ""
    text: str = ""
    heard: str = ""  # the words as they count now, where they can be corrected
    corrected: str = ""
    wrong: str = ""
    busy: bool = False

    @rx.var
    def corrects(self) -> bool:
        """Whether the dialog corrects what was heard."""
        return self.about == "transcript" and self.heard != ""

    @recruiter_event
    def ask(self, turn: str, quote: str = ""):
        """Open for a turn, for a sentence of the report, or ("", "") for the whole interview."""
        self.reset()
        self.interview, self.turn, self.quote = self._in_path("interview_id"), turn, quote
        if turn:
            self._take_turn(turn)
        self.is_open = True

    @recruiter_event
    def toggle(self, on: bool):
        """The dialog was opened or closed."""
        self.is_open = on and bool(self.interview)

    @recruiter_event
    def pick(self, about: str):
        """What the flag is about."""
        if about not in review.ABOUT:
            raise BadInput("There is no such kind of flag.")
        self.about, self.wrong = about, ""

    @recruiter_event
    def write(self, text: str):
        """What is wrong there, or how one knows what was said."""
        self.text, self.wrong = text, ""

    @recruiter_event
    def write_words(self, text: str):
        """What was really said."""
        self.corrected, self.wrong = text, ""

    @recruiter_event(background=True)
    async def save(self):
        """Keep the flag; a correction also has the report written again."""
        async with self:
            if self.busy or not self.is_open:
                return
            if not self.about:
                self.wrong = "Choose what is wrong."
                return
            actor, self.busy = self._actor(), True
            given = (self.interview, self.turn, self.quote, self.about, self.text)
            words = self.corrected if self.corrects else None
        try:
            said = await asyncio.to_thread(_correct if words is not None else _flag, actor, given, words or "")
        except BadInput as error:
            async with self:
                self.wrong, self.busy = str(error), False
            return
        finally:
            async with self:
                self.busy = False
        async with self:
            self.is_open = False
        yield rx.toast.success(said)
        yield ReportState.refresh

    def _take_turn(self, turn_id: str) -> None:
        with platform().db() as db:
            row = access.turn(db, self._actor(), turn_id)
            now = {t.id: t.text for t in transcript.of(db, row.interview_id).turns}
        self.quote = self.quote or now[row.id]
        if row.speaker == "candidate" and row.kind not in ("typed", "skip"):
            self.heard = now[row.id] or "Nothing was heard."
            self.corrected = now[row.id]


def _flag(actor: Actor, given: tuple[str, str, str, str, str], _words: str) -> str:
    interview, turn, quote, about, text = given
    with platform().db() as db:
        review.flag(db, actor, interview, turn or None, text, about, quote)
    return "Flagged."


def _correct(actor: Actor, given: tuple[str, str, str, str, str], words: str) -> str:
    """Correct, then judge the corrected words by the report's own rubric."""
    interview, turn, _, _, reason = given
    held = platform()
    with held.db() as db:
        review.correct(db, actor, turn, words, reason)
    reports.build(held.engine, interview, held.report_judge, key=held.secret, keep_rubric=True)
    return "Corrected. The report was written again; what was heard is kept beside it."
