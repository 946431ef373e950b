"""The judge beside people: what the calibration page shows."""

from dataclasses import dataclass

import reflex as rx

from interview_platform.services import audit, calibration, feedback_cases, ratings
from interview_platform.services.agreement import FEWEST, Agreement
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.words import moment
from interview_platform.wiring import platform

ALL = "all"


@dataclass
class AgreementLine:
    """One competency, or one month."""

    name: str
    pairs: str
    same: str
    near: str
    bias: str
    kappa: str
    changed: str


@dataclass
class CountLine:
    """A question, or a run, and its figures in words."""

    name: str
    words: str


class CalibrationState(RecruiterState):
    """All jobs, or one; with one, whether people rate first."""

    ready: bool = False
    problem: str = ""
    job: str = ALL
    jobs: list[tuple[str, str]] = []
    blind: bool = False
    overall: AgreementLine = AgreementLine("", "0", "", "", "", "", "")
    lines: list[AgreementLine] = []
    months: list[AgreementLine] = []
    questions: list[CountLine] = []
    runs: list[CountLine] = []
    cases: int = 0

    @recruiter_event
    def load(self):
        """Compute the figures."""
        self._read()
        self.problem, self.ready = "", True

    @recruiter_event
    def pick(self, job: str):
        """All jobs, or one."""
        self.job = job
        self._read()

    @recruiter_event
    def flip_blind(self):
        """Whether people of this job rate before they see the judge's levels."""
        if self.job == ALL:
            return
        with platform().db() as db:
            self.blind = ratings.set_blind_first(db, self._actor(), self.job, not self.blind).blind_first

    @recruiter_event
    def download(self):
        """Every case, one JSON object a line."""
        with platform().db() as db:
            found = calibration.figures(db, self._actor(), "" if self.job == ALL else self.job)
            audit.record(db, self._actor(), "feedback.exported", f"job:{self.job}", cases=len(found.cases))
        return rx.download(data=feedback_cases.as_jsonl(found.cases), filename="feedback-cases.jsonl")

    def _read(self) -> None:
        with platform().db() as db:
            actor = self._actor()
            jobs = calibration.jobs(db, actor)
            found = calibration.figures(db, actor, "" if self.job == ALL else self.job)
        self.jobs = [(ALL, "All jobs"), *((job.id, job.title) for job in jobs)]
        self.blind = next((job.blind_first for job in jobs if job.id == self.job), False)
        self.overall = _line("All competencies", found.overall, "")
        self.lines = [_line(row.name, row.blind, f"{row.changed} of {row.scored}") for row in found.lines]
        self.months = [
            _line(row.month, row.agreed, f"{row.mean:.1f} in {row.reports}" if row.mean is not None else "")
            for row in found.months
        ]
        self.questions = [CountLine(q.text, f"changed in {q.changed} of {q.asked} reports") for q in found.questions]
        self.runs = [
            CountLine(moment(run.created_at), f"{run.judge}: agrees with people in {run.agreed} of {run.cases} cases")
            for run in found.replays
        ]
        self.cases = len(found.cases)


def _line(name: str, held: Agreement, changed: str) -> AgreementLine:
    if held.same is None or held.near is None or held.bias is None:
        return AgreementLine(name, "0", "", "", "", "", changed)
    none = f"from {FEWEST} pairs on" if held.pairs < FEWEST else "undefined"
    kappa = none if held.kappa is None else f"{held.kappa:.2f}"
    shares = (f"{held.same:.0%}", f"{held.near:.0%}", f"{held.bias:+.1f}")
    return AgreementLine(name, str(held.pairs), *shares, kappa, changed)
