"""The side panel about one candidate: facts, why this rank, the original file."""

from dataclasses import dataclass

from interview_platform import routes
from interview_platform.services import candidates, overview
from interview_platform.services.resumes import ResumeFacts
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.words import standing
from interview_platform.wiring import platform

PARTS = {"required": "Required skills", "preferred": "Preferred skills", "semantic": "Whole résumé against the job"}
FILE_SECONDS = 900
MOST_TEXT = 20_000


@dataclass
class Reason:
    """A wanted skill, and the résumé's sentence that shows it."""

    skill: str
    need: str
    sentence: str
    near: bool


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
    gaps: list[list[str]] = []
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
        held = platform()
        with held.db() as db:
            actor = self._actor()
            detail = candidates.detail(db, actor, application)
            rows = [row for row in overview.interviews(db, actor, detail.job.id) if row.application_id == application]
        self._fill(detail, rows[0] if rows else None)
        stored = detail.resume.blob_key if detail.resume else ""
        self.file_url = held.blobs.url(stored, FILE_SECONDS) if stored else ""
        self.shown, self.is_open = application, True

    @recruiter_event
    def toggle(self, on: bool):
        """The panel was opened or closed."""
        self.is_open = on and bool(self.shown)

    def _fill(self, detail: candidates.CandidateDetail, interview: overview.InterviewRow | None) -> None:
        row, person, facts = detail.row, detail.candidate, detail.facts
        self.name, self.headline = row.name or row.filename or "Name not found", person.headline
        self.facts = [
            [label, value]
            for label, value in (("E-mail", person.email), ("Phone", person.phone), ("Location", person.location))
            if value
        ]
        self.links = [link for link in person.links if link.startswith(("https://", "http://"))]
        self.score = -1 if row.score is None else round(row.score)
        self.steps = 0 if self.score < 0 else min(5, self.score // 20 + 1)
        self.parts = [[PARTS.get(key, key), f"{100 * share:.0f} of 100"] for key, share in detail.parts.items()]
        self.ranker = detail.ranker
        self.reasons = [
            Reason(match.skill, "required" if match.required else "preferred", match.sentence, match.similarity < 1)
            for match in row.matched
        ]
        self.gaps = [[gap.skill, "required" if gap.required else "preferred"] for gap in row.missing]
        self.stations, self.courses = _stations(facts), _courses(facts)
        self.warnings, self.text = list(detail.warnings), detail.text[:MOST_TEXT]
        self.filename = row.filename
        self.status, self.tone = standing(row.stage, row.invite_status, row.interview_status)
        over = interview is not None and interview.status in ("ended", "reported", "failed")
        self.invite = interview.invite_id if interview and not over else ""
        self.report = routes.report(interview.interview_id) if interview and over else ""
        self.may_launch = not over and row.invite_status not in ("open", "opened")


def _stations(facts: ResumeFacts) -> list[Station]:
    return [
        Station(held.title or held.company, _note(held.company if held.title else "", held.start, held.end), held.text)
        for held in facts.experience
    ]


def _courses(facts: ResumeFacts) -> list[Station]:
    return [
        Station(held.degree or held.school, _note(held.school if held.degree else "", held.start, held.end), "")
        for held in facts.education
    ]


def _note(where: str, start: str, end: str) -> str:
    years = " – ".join(part for part in (start, end) if part)
    return " · ".join(part for part in (where, years) if part)
