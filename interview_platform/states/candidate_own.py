"""The candidate's own data under the own link: status, transcript, explanation, another look, copy, deletion.

The link opens this also after its end; a withdrawn one opens nothing. Turns are named by their place, never by an id.
"""

import asyncio
from dataclasses import dataclass

import reflex as rx

from interview_platform.errors import BadInput, InviteErased, NotFound, PlatformError
from interview_platform.models import AccessExport, HumanReview, Interview
from interview_platform.services import contesting, erasure, export_requests, human_review, invites, own_page
from interview_platform.services.own_page import OwnLine, OwnPage
from interview_platform.services.report_plain import PlainPart
from interview_platform.states.candidate import CandidateState
from interview_platform.states.guard import Guarded, candidate_event
from interview_platform.states.words import day
from interview_platform.wiring import platform

COPY_SECONDS = 900
_WAITS = {"open": "You asked for this to be corrected. A person listens to the recording.", "taken": "Corrected."}


@dataclass
class SaidLine:
    """One turn, as shown. `place` names it."""

    place: int
    who: str
    text: str
    may_contest: bool
    note: str
    asked: str


@dataclass
class ShownPart:
    """What the answers showed of one thing."""

    name: str
    words: str
    points: list[str]


class CandidateOwnState(Guarded, rx.State):
    """What one candidate sees of the own data."""

    ready: bool = False
    shown: bool = False  # opened from a screen before the interview
    status: str = ""
    next: str = ""
    told: bool = False  # of a decision: then nothing "happens next"
    kept: list[list[str]] = []
    kept_until: str = ""
    on_hold: bool = False
    lines: list[SaidLine] = []
    used: list[str] = []
    not_used: list[str] = []
    decided: list[str] = []
    parts: list[ShownPart] = []
    contesting: int = -1
    contested_text: str = ""
    review_state: str = ""  # "" | open | answered
    review_due: str = ""
    review_outcome: str = ""
    review_answer: str = ""
    may_review: bool = False
    review_text: str = ""
    copy_state: str = ""  # "" | working | ready | failed
    copy_note: str = ""
    several: int = 1
    confirming: bool = False
    deleting: bool = False
    receipt: list[list[str]] = []
    receipt_number: str = ""
    receipt_words: str = ""
    wrong: str = ""

    @candidate_event
    def load(self):
        """Read everything anew."""
        self._read()

    @candidate_event
    def toggle(self):
        """Open or close the page from a screen before the interview."""
        self.shown = not self.shown
        self.confirming = False

    # --- this is not what I said -------------------------------------------------------------------------------

    @candidate_event
    def contest(self, place: int):
        """Write what was really said at one place; the same place again closes it."""
        found = next((line for line in self.lines if line.place == place and line.may_contest), None)
        self.contesting = -1 if found is None or self.contesting == place else place
        self.contested_text, self.wrong = (found.asked or found.text) if found else "", ""

    @candidate_event
    def write_contested(self, text: str):
        """The words as they are being written."""
        self.contested_text = str(text)[: contesting.LONGEST]

    @candidate_event
    def send_contested(self):
        """Ask for the correction."""
        invited = self._invited()
        interview = _interview(invited)
        with platform().db() as db:
            turn = own_page.turn_at(db, interview, self.contesting)
            if turn is None:
                raise NotFound("This part of the transcript does not exist any more. Load the page again.")
            contesting.propose(db, invited.actor, interview, turn.id, self.contested_text)
        self.contesting = -1
        self._read()
        return rx.toast.success("Sent. A person listens to that part and puts it right, or tells you why not.")

    # --- another look ------------------------------------------------------------------------------------------

    @candidate_event
    def write_review(self, text: str):
        """What shall be looked at."""
        self.review_text = str(text)[: human_review.LONGEST]

    @candidate_event
    def ask_review(self):
        """Ask a person to look again."""
        invited = self._invited()
        with platform().db() as db:
            row = human_review.request(db, invited.actor, _interview(invited), self.review_text)
        self.review_text = ""
        self._read()
        return rx.toast.success(f"Sent. You have an answer by {day(row.due_at)}.")

    # --- a copy ------------------------------------------------------------------------------------------------

    @candidate_event
    async def make_copy(self):
        """Pack everything, then offer it."""
        invited = self._invited()
        held = platform()
        with held.db() as db:
            export_requests.request_own(db, invited.actor, invited.candidate.id)
        self.copy_state = export_requests.WORKING
        yield
        await asyncio.to_thread(held.upkeep.pack_all)
        self._read()

    @candidate_event
    def take_copy(self):
        """Download it."""
        invited = self._invited()
        held = platform()
        with held.db() as db:
            row = export_requests.newest(db, invited.candidate.id)
        if row is None or row.status != export_requests.READY:
            raise NotFound("This copy is not there any more: it is offered for a day. Make a new one.")
        return rx.redirect(held.blobs.url(row.blob_key, COPY_SECONDS), is_external=True)

    # --- deletion ----------------------------------------------------------------------------------------------

    @candidate_event
    def ask_delete(self, on: bool):
        """Show what a deletion means, or not."""
        self.confirming = bool(on)

    @candidate_event
    async def delete(self):
        """Delete everything; afterwards only the receipt is left."""
        if not self.confirming or self.deleting:
            raise BadInput("Read what is deleted first, and confirm it.")
        invited = self._invited()
        held = platform()
        with held.db() as db:
            row = erasure.request_own(db, invited.actor, invited.candidate.id)
        self.deleting = True
        yield
        await asyncio.to_thread(held.upkeep.eraser.run, row.id)
        self.reset()
        yield [CandidateState.load, CandidateOwnState.load]  # the link opens the receipt now, or says why it waits

    # --- not handlers ------------------------------------------------------------------------------------------

    def _invited(self) -> invites.Invited:
        """What the link opens for its candidate's own data, also after its end."""
        held = platform()
        with held.db() as db:
            return invites.open_own(db, held.secret, self._invite_token())

    def _refused(self, error: PlatformError) -> bool:
        if isinstance(error, InviteErased):
            self.receipt = [[kind, str(number)] for kind, number in error.counts]
            self.receipt_number, self.receipt_words = error.number, str(error)
        return True  # the page around it says why the link does not open

    def _read(self) -> None:
        held, invited = platform(), self._invited()
        with held.db() as db:
            page = own_page.page(db, invited, held.secret)
        self.status, self.next, self.told = page.status, page.next, page.told
        self.kept = [[what, who] for what, who in page.kept]
        self.kept_until, self.on_hold = day(page.countdown.due_at), page.countdown.held
        self.lines = [_line(line) for line in page.lines]
        self.used, self.not_used, self.decided = list(page.used), list(page.not_used), list(page.decided)
        self.parts = [_part(part) for part in page.plain.parts] if page.plain else []
        self.several = page.applications
        self._read_requests(page)
        self.wrong, self.ready = "", True

    def _read_requests(self, page: OwnPage) -> None:
        self.may_review = page.may_review
        self._read_review(page.review)
        self._read_copy(page.copy)
        asked = page.asked_deletion
        self.receipt_number = asked.number if asked else ""
        self.receipt_words = asked.why if asked else ""

    def _read_review(self, row: HumanReview | None) -> None:
        self.review_state = row.status if row else ""
        self.review_due = day(row.due_at) if row else ""
        self.review_outcome = human_review.OUTCOMES.get(row.outcome, "") if row else ""
        self.review_answer = row.answer if row else ""

    def _read_copy(self, row: AccessExport | None) -> None:
        self.copy_state = row.status if row else ""
        self.copy_note = ""
        if row is not None and row.status == export_requests.READY:
            size = f"{row.bytes / 1e6:.0f} MB" if row.bytes >= 1e6 else "less than 1 MB"
            self.copy_note = f"{size}, offered until {day(row.expires_at)}"
        elif row is not None:
            self.copy_note = row.error


def _interview(invited: invites.Invited) -> Interview:
    if invited.interview is None:
        raise NotFound("There is no interview yet.")
    return invited.interview


def _line(line: OwnLine) -> SaidLine:
    note = f"Not changed: {line.answer}" if line.status == contesting.DECLINED else _WAITS.get(line.status, "")
    asked = line.asked if line.status == contesting.OPEN else ""
    return SaidLine(line.position, "You" if line.mine else "Interviewer", line.text, line.may_contest, note, asked)


def _part(part: PlainPart) -> ShownPart:
    points = [f"Your answer {point}: “{quote}”" for point, quote in part.shown]
    points += [f"Not in your answers this time: an answer that {point}" for point in part.open]
    return ShownPart(part.name, part.left_out or part.level, points)
