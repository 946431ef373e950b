"""One interview's report: read it, hear it, change a level."""

import asyncio

import reflex as rx

from interview_platform import routes
from interview_platform.errors import BadInput, NotFound
from interview_platform.services import access, audit, reports, review
from interview_platform.services.access import Actor
from interview_platform.services.report_view import GROUPS, ReportView
from interview_platform.states import report_lines as lines
from interview_platform.states import report_people as people
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.words import STAGES, moment
from interview_platform.wiring import platform

RECORDING_SECONDS = 4 * 3600
POLL_SECONDS = 2.0
MOST_POLLS = 60


class ReportState(RecruiterState):
    """What the report's page shows."""

    ready: bool = False
    problem: str = ""
    shown_report: str = ""
    name: str = ""
    email: str = ""
    facts: str = ""
    job_href: str = ""
    stage: str = ""
    stage_tone: str = ""
    status: str = ""
    error: str = ""
    interviewer: str = ""
    judge: str = ""
    written: str = ""
    headline: dict[str, str | int] = {}
    groups: list[lines.GroupCell] = []
    scores: list[lines.ScoreLine] = []
    strengths: list[lines.StatementLine] = []
    concerns: list[lines.StatementLine] = []
    tone: list[lines.ToneLine] = []
    measures: list[lines.MeasureLine] = []
    series: list[lines.SeriesLine] = []
    not_measured: list[str] = []
    turns: list[dict[str, str | float]] = []
    chapters: list[dict[str, str | float]] = []
    recording: str = ""
    recording_note: str = ""
    captions: str = ""  # the transcript as WebVTT
    notes: list[people.NoteLine] = []
    comments: list[people.NoteLine] = []
    banners: list[people.BannerLine] = []
    made_by: list[people.FactLine] = []
    earlier: list[people.EarlierLine] = []
    rubric_href: str = ""
    hidden: bool = False  # the judge's levels are kept from this person until she has rated
    rated: list[people.RatedLine] = []
    agreement: str = ""
    wording: list[people.WordingLine] = []
    fairness: str = ""
    events: list[str] = []
    decisions: list[lines.DecisionLine] = []
    writing: bool = False
    unsettled: bool = False  # the interview is over, and its report or its recording is still to come

    override_open: bool = False
    override_score: str = ""
    override_name: str = ""
    override_machine: str = ""
    override_level: str = ""
    override_reason: str = ""
    wrong: str = ""
    _played: str = ""  # the recording's address that was noted as played

    @recruiter_event
    def load(self):
        """Read the report of the address; while it is being written, look again every few seconds."""
        held = self._in_path("interview_id")
        if held != self.shown_report:
            self.reset()
            self.shown_report = held
        try:
            self._read()
        except NotFound as error:
            self.problem, self.ready = str(error), False
            return None
        self.problem, self.ready = "", True
        with platform().db() as db:
            audit.opened(db, self._actor(), "report", f"interview:{held}")
        return ReportState.wait if self.unsettled else None

    @recruiter_event
    def played(self):
        """The recording was started: noted once for each time the page is opened."""
        if self.recording and self._played != self.recording:
            self._played = self.recording
            with platform().db() as db:
                access.interview(db, self._actor(), self.shown_report)
                audit.record(db, self._actor(), "recording.played", f"interview:{self.shown_report}")

    @recruiter_event
    def refresh(self):
        """Read the numbers anew; the recording that plays goes on."""
        self._read(with_recording=False)

    @recruiter_event(background=True)
    async def wait(self):
        """Until the report that is being written, and the recording that is being put together, are there."""
        for _ in range(MOST_POLLS):
            await asyncio.sleep(POLL_SECONDS)
            async with self:
                self._read(with_recording=not self.recording)
                if not self.unsettled:
                    return

    @recruiter_event(background=True)
    async def write_again(self):
        """Judge the interview anew; the older versions stay."""
        async with self:
            if self.writing:
                return
            actor, interview, self.writing = self._actor(), self.shown_report, True
        try:
            await asyncio.to_thread(_build, actor, interview)
        finally:
            async with self:
                self.writing = False
                self._read(with_recording=False)
        yield rx.toast.success("The report is written anew.")

    # --- another level -----------------------------------------------------------------------------------------

    @recruiter_event
    def ask_override(self, score: str):
        """Open the dialog for one competency's level."""
        held = next((one for one in self.scores if one.key == score), None)
        if held is None:
            raise NotFound("This score does not exist any more. Reload the page.")
        self.override_score, self.override_name, self.override_machine = score, held.name, held.machine or held.words
        self.override_level, self.override_reason, self.wrong = "", "", ""
        self.override_open = True

    @recruiter_event
    def toggle_override(self, on: bool):
        """The dialog was opened or closed."""
        self.override_open = on

    @recruiter_event
    def pick_level(self, level: str):
        """1..5, or "none" for not assessed."""
        self.override_level, self.wrong = level, ""

    @recruiter_event
    def write_reason(self, text: str):
        """Why another level is right."""
        self.override_reason, self.wrong = text, ""

    @recruiter_event
    def override(self):
        """Keep the person's level beside the judge's."""
        if self.override_level not in ("1", "2", "3", "4", "5", "none"):
            self.wrong = "Choose a level."
            return None
        level = None if self.override_level == "none" else int(self.override_level)
        try:
            with platform().db() as db:
                review.override(db, self._actor(), self.override_score, level, self.override_reason)
        except BadInput as error:
            self.wrong = str(error)
            return None
        self.override_open = False
        self._read(with_recording=False)
        return rx.toast.success("Your level counts now. The judge's level is kept beside it.")

    # --- not handlers ------------------------------------------------------------------------------------------

    def _read(self, with_recording: bool = True) -> None:
        held = platform()
        with held.db() as db:
            view = reports.view(db, self._actor(), self.shown_report, held.secret)
        self._fill_head(view)
        self._fill_numbers(view)
        self._fill_delivery(view)
        if with_recording:
            self.recording = held.blobs.url(view.recording_key, RECORDING_SECONDS) if view.recording_key else ""
            self.recording_note = view.recording_note or "There is no recording to play."

    def _fill_head(self, view: ReportView) -> None:
        self.name, self.email = view.candidate_name or "Name not found", view.candidate_email
        self.facts, self.job_href = lines.facts_of(view), routes.job(view.job_id)
        self.stage, self.stage_tone = STAGES.get(view.stage, (view.stage, ""))
        self.status, self.error = view.status, view.error
        self.unsettled = view.interview_status == "ended"
        self.interviewer, self.judge = view.interviewer, view.judge
        self.written = moment(view.created_at)
        self.turns, self.chapters = lines.turn_lines(view), lines.chapters(view)
        self.captions = view.captions if view.turns else ""
        self.notes, self.comments = people.notes(view), people.comments(view)
        self.banners, self.made_by = people.banners(view), people.facts(view)
        self.earlier, self.rubric_href = people.earlier_lines(view), routes.rubric(view.job_id)
        self.hidden, self.rated = view.hidden, people.rated_lines(view)
        self.wording, self.fairness = people.wording_lines(view), str(view.fairness.get("said", ""))
        self.events = [held.text for held in view.events]
        self.agreement = people.agreement_words(view.agreement)
        self.decisions = [
            lines.DecisionLine(STAGES[review.STAGES[held.decision]][0], held.note, f"{held.by}, {moment(held.at)}")
            for held in view.decisions
        ]

    def _fill_numbers(self, view: ReportView) -> None:
        self.headline = lines.headline(view)
        self.groups = lines.group_cells(view)
        self.scores = [lines.score_line(score, GROUPS) for score in view.scores]
        self.strengths = [lines.statement_line(held) for held in view.strengths]
        self.concerns = [lines.statement_line(held) for held in view.concerns]
        self.tone = [lines.tone_line(held) for held in view.tone]

    def _fill_delivery(self, view: ReportView) -> None:
        self.measures, self.series = lines.measures(view.signals), lines.series(view)
        self.not_measured = list(view.not_measured)


def _build(actor: Actor, interview_id: str) -> None:
    held = platform()
    with held.db() as db:
        reports.view(db, actor, interview_id)  # whose interview it is
    reports.build(held.engine, interview_id, held.report_judge, key=held.secret, present=True)
