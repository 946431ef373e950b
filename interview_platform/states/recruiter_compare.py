"""Two to five people side by side: what the page shows."""

from dataclasses import dataclass

from interview_platform import routes
from interview_platform.errors import BadInput, NotFound
from interview_platform.services import comparing
from interview_platform.services.report_view import ReportView
from interview_platform.services.seals import CHANGED
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.recruiter_reports import SHORT
from interview_platform.states.report_lines import interval, out_of_five
from interview_platform.wiring import platform


@dataclass
class PersonColumn:
    """One person's head. `warning`: what has to be known before her levels are compared."""

    name: str
    href: str
    overall: str
    spread: str
    coverage: str
    recommendation: str
    warning: str


@dataclass
class LevelRow:
    """One competency; `levels` 0 = not assessed."""

    name: str
    levels: list[int]
    words: list[str]


@dataclass
class AnswerRow:
    """One question and what each said; `notes` where there is nothing to read."""

    question: str
    answers: list[str]
    notes: list[str]


class CompareState(RecruiterState):
    """The comparison of the interviews in the address."""

    ready: bool = False
    problem: str = ""
    job: str = ""
    people: list[PersonColumn] = []
    levels: list[LevelRow] = []
    answers: list[AnswerRow] = []

    @recruiter_event
    def load(self):
        """Put those of the address side by side."""
        wanted = [key for key in str(self.router.url.query_parameters.get("ids", "")).split(",") if key]
        held = platform()
        try:
            with held.db() as db:
                found = comparing.compare(db, self._actor(), wanted, held.secret)
        except (BadInput, NotFound) as error:
            self.problem, self.ready = str(error), False
            return
        self.job = found.job_title
        self.people = [_column(view, own) for view, own in zip(found.reports, found.own, strict=True)]
        self.levels = [LevelRow(name, [n or 0 for n in row], list(map(out_of_five, row))) for name, row in found.levels]
        self.answers = [AnswerRow(text, [a.text for a in row], [a.note for a in row]) for text, row in found.answers]
        self.problem, self.ready = "", True


def _column(view: ReportView, own: int) -> PersonColumn:
    changed = view.overridden
    low, high = (view.adjusted_low, view.adjusted_high) if changed else (view.overall_low, view.overall_high)
    told = ["This report was tampered with."] if view.seal.state == CHANGED else []
    told += ["Provisional."] if view.provisional else []
    told += ["Judged by an earlier rubric than the job’s present one."] if view.rubric_changed else []
    told += [f"{own} of the questions only this person was asked."] if own else []
    coverage = view.adjusted_coverage if changed else view.coverage
    return PersonColumn(
        view.candidate_name or "Name not found",
        routes.report(view.interview_id),
        out_of_five(view.adjusted_overall if changed else view.overall),
        interval(low, high),
        f"{coverage:.0%}",
        SHORT.get(view.adjusted_recommendation if changed else view.recommendation, ""),
        " ".join(told),
    )
