"""The side panel about one candidate: facts, why this rank, the original file."""

from dataclasses import dataclass

from interview_platform import routes
from interview_platform.services import audit, candidates, overview
from interview_platform.services.list_query import ListQuery
from interview_platform.services.rank_parts import PART_NAMES, ConditionFit, RequirementFit
from interview_platform.services.resumes import ResumeFacts
from interview_platform.services.second_look import LookedGrade, SecondLook
from interview_platform.states.guard import recruiter_event
from interview_platform.states.pool_lines import LOOKS, SOURCES, condition_words
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.words import moment, standing
from interview_platform.wiring import platform

FILE_SECONDS = 900
MOST_TEXT = 20_000
MOST_UNSEEN = 3
LEVELS = (("gap", "nothing shown"), ("near", "a little"), ("found", "much"), ("found", "fully"))
"""Grade 0..3 of a second look → its dot, and the words for it."""


@dataclass
class Reason:
    """A requirement and the résumé's sentence that shows it; `look` is that of its dot, `said` its words."""

    skill: str
    look: str
    said: str
    sentence: str


@dataclass
class Station:
    """One job or course in the résumé, as written."""

    title: str
    note: str
    text: str


class CandidateState(RecruiterState):
    """What the panel shows."""

    is_open: bool = False
    shown: str = ""
    name: str = ""
    headline: str = ""
    facts: list[list[str]] = []
    links: list[str] = []
    score: int = -1
    steps: int = 0
    parts: list[list[str]] = []
    ranker: str = ""
    reasons: list[Reason] = []
    conditions: list[Reason] = []
    second: list[Reason] = []  # what a language model said when somebody asked for a second look
    second_by: str = ""
    notes: list[str] = []
    unseen: list[str] = []
    sources: str = ""
    href: str = ""
    stations: list[Station] = []
    courses: list[Station] = []
    warnings: list[str] = []
    text: str = ""
    filename: str = ""
    file_url: str = ""
    status: str = ""
    tone: str = ""
    invite: str = ""
    report: str = ""
    may_launch: bool = False

    @recruiter_event
    def show(self, application: str):
        """Open the panel for one application."""
        self._show(application)
        self.is_open = True

    @recruiter_event
    def toggle(self, on: bool):
        """The panel was opened or closed."""
        self.is_open = on and bool(self.shown)

    def _show(self, application: str) -> candidates.CandidateDetail:
        """Read one application, for the panel or the candidate's own page. Raises NotFound."""
        held = platform()
        with held.db() as db:
            actor = self._actor()
            detail = candidates.detail(db, actor, application)
            audit.opened(db, actor, "candidate", f"application:{application}")
            rows = overview.interviews(db, actor, ListQuery(application_id=application))
        self._fill(detail, rows[0] if rows else None)
        stored = detail.resume.blob_key if detail.resume else ""
        self.file_url = held.blobs.url(stored, FILE_SECONDS) if stored else ""
        self.shown = application
        return detail

    def _fill(self, detail: candidates.CandidateDetail, interview: overview.InterviewRow | None) -> None:
        row, person, facts = detail.row, detail.candidate, detail.facts
        self.name, self.headline = row.name or row.filename or "Name not found", person.headline
        self.facts = [
            [label, value]
            for label, value in (("E-mail", person.email), ("Phone", person.phone), ("Location", person.location))
            if value
        ]
        self.links = [_address(link) for link in person.links]
        self.score = -1 if row.score is None else round(row.score)
        self.steps = 0 if self.score < 0 else min(5, self.score // 20 + 1)
        self._fill_fit(detail)
        self.stations, self.courses = _stations(facts), _courses(facts)
        self.warnings, self.text = list(detail.warnings), detail.text[:MOST_TEXT]
        self.filename, self.href = row.filename, routes.candidate(detail.job.id, row.application_id)
        self.sources = ", ".join(SOURCES.get(source, source) for source in row.sources)
        self.unseen = [str(found.get("text", ""))[:300] for found in detail.unseen[:MOST_UNSEEN]]
        self.status, self.tone = standing(row.stage, row.invite_status, row.interview_status)
        over = interview is not None and interview.status in ("ended", "reported", "failed")
        self.invite = interview.invite_id if interview and not over else ""
        self.report = routes.report(interview.interview_id) if interview and over else ""
        self.may_launch = not over and row.invite_status not in ("open", "opened")

    def _fill_fit(self, detail: candidates.CandidateDetail) -> None:
        """Why this rank: each part, each requirement with its sentence, hard conditions apart."""
        fit = detail.fit
        parts = fit.parts if fit else {}
        self.parts = [[PART_NAMES.get(part, part), f"{100 * share:.0f} of 100"] for part, share in parts.items()]
        self.ranker = detail.ranker.partition("#")[0]
        self.reasons = [_requirement(held) for held in fit.requirements] if fit else []
        self.conditions = [_condition(held) for held in fit.conditions] if fit else []
        self.notes = [note.detail for note in fit.notes] if fit else []
        look = detail.row.second
        self.second = [_looked(held) for held in look.grades] if look else []
        self.second_by = _looked_by(look) if look else ""


def _address(link: str) -> str:
    """A link as a browser takes it; résumés write "github.com/ada". No other scheme than the web's is let through."""
    return link if link.startswith(("https://", "http://")) else f"https://{link.split('://')[-1]}"


def _requirement(held: RequirementFit) -> Reason:
    look, said = LOOKS[held.status]
    need = "required" if held.required else "preferred"
    return Reason(held.skill, look, f"{need}, {said}" if look != "found" else need, held.sentence)


def _looked(held: LookedGrade) -> Reason:
    look, said = LEVELS[held.level]
    return Reason(held.requirement, look, said, held.quote if held.level else "")


def _looked_by(look: SecondLook) -> str:
    places = f"#{look.was} as ranked, #{look.place} after the look"
    return f"{look.model}, {moment(look.at)}: {look.level:.1f} of 3, {places}."


def _condition(held: ConditionFit) -> Reason:
    look, said = LOOKS[held.status]
    return Reason(condition_words(held.kind, held.value), look, said, held.sentence)


def _stations(facts: ResumeFacts) -> list[Station]:
    return [
        Station(held.title or held.company, _note(held.company if held.title else "", held.start, held.end), held.text)
        for held in facts.experience
    ]


def _courses(facts: ResumeFacts) -> list[Station]:
    return [
        Station(held.course or held.school, _note(held.school if held.course else "", held.start, held.end), "")
        for held in facts.education
    ]


def _note(where: str, start: str, end: str) -> str:
    years = " – ".join(part for part in (start, end) if part)
    return " · ".join(part for part in (where, years) if part)
