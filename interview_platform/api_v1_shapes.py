"""What other systems send and get: the API's shapes, from which its OpenAPI document is made."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from interview_platform.services import api_people
from interview_platform.services.profile_text import EMAIL

Item = TypeVar("Item")
Stage = Literal["new", "invited", "interviewed", "follow_up", "next_step", "rejected"]
InterviewStatus = Literal["planned", "live", "ended", "reported", "failed"]


class Shape(BaseModel):
    """Strict in what is taken, silent about what is not: unknown fields are dropped."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True, from_attributes=True)


def _text(value: Any) -> Any:
    """Characters that no database keeps are refused with a word instead of a fault."""
    if isinstance(value, str) and ("\x00" in value or any("\ud800" <= one <= "\udfff" for one in value)):
        raise ValueError("holds characters that are no text")
    return value


Text = Annotated[str, BeforeValidator(_text)]


# --- lists -----------------------------------------------------------------------------------------------------


class Query(Shape):
    """What may stand behind the question mark: a filter that is misspelt must not look like one that finds all."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class PageQuery(Query):
    """Which page of a list."""

    cursor: Annotated[Text, Field(max_length=200, description="`next` of the page before; without it, the first.")] = ""
    limit: Annotated[int, Field(ge=1, le=100, description="Rows on a page.")] = 50


class JobsQuery(PageQuery):
    """Which jobs."""

    status: Annotated[Literal["open", "closed"] | None, Field(description="Only these.")] = None


class PoolQuery(PageQuery):
    """Which of a job's candidates."""

    stage: Annotated[Stage | None, Field(description="Only these.")] = None


class InterviewsQuery(PageQuery):
    """Which interviews."""

    job_id: Annotated[Text, Field(max_length=32, description="Only of this job.")] = ""
    status: Annotated[InterviewStatus | None, Field(description="Only these.")] = None


class Listed(Shape, Generic[Item]):
    """A page of a list, newest first."""

    data: list[Item]
    next: str = Field(description="Cursor of the next page; empty on the last.")


# --- jobs ------------------------------------------------------------------------------------------------------


class Competency(Shape):
    """What the interview judges."""

    name: Annotated[Text, Field(max_length=200)]
    group: Literal["technical", "communication", "problem_solving", "cultural_fit"] = "technical"
    weight: Annotated[float, Field(gt=0, le=10)] = 1.0
    description: Annotated[Text, Field(max_length=4000)] = ""
    anchors: dict[Literal["1", "2", "3", "4", "5"], Annotated[Text, Field(max_length=1000)]] = {}


class Condition(Shape):
    """Without which the work cannot be done."""

    kind: Literal["licence", "location", "language", "work_permit", "years"]
    value: Annotated[Text, Field(max_length=120)]
    text: Annotated[Text, Field(max_length=600)] = ""


class JobIn(Shape):
    """A job to be opened."""

    title: Annotated[Text, Field(min_length=1, max_length=200)]
    description: Annotated[Text, Field(max_length=20_000)] = ""
    location: Annotated[Text, Field(max_length=200)] = ""
    level: Literal["junior", "mid", "senior"] = "mid"
    role_family: Annotated[Text, Field(max_length=60)] = "general"
    required_skills: Annotated[list[Annotated[Text, Field(max_length=100)]], Field(max_length=40)] = []
    preferred_skills: Annotated[list[Annotated[Text, Field(max_length=100)]], Field(max_length=40)] = []
    competencies: Annotated[list[Competency], Field(max_length=12)] = []
    custom_questions: Annotated[list[Annotated[Text, Field(max_length=1000)]], Field(max_length=12)] = []
    conditions: Annotated[list[Condition], Field(max_length=20)] = []


class CompetencyOut(Shape):
    """What the interview judges."""

    name: str
    group: str
    weight: float
    description: str
    anchors: dict[str, str]


class ConditionOut(Shape):
    """Without which the work cannot be done."""

    kind: str
    value: str
    text: str


class Job(Shape):
    """A job, in the shape that opening one takes, and what it became."""

    id: str
    status: Literal["open", "closed"]
    created_at: datetime
    title: str
    description: str
    location: str
    level: str
    role_family: str
    required_skills: list[str]
    preferred_skills: list[str]
    competencies: list[CompetencyOut]
    custom_questions: list[str]
    conditions: list[ConditionOut]


# --- candidates ------------------------------------------------------------------------------------------------


class Work(Shape):
    """A position held; dates as written."""

    title: Annotated[Text, Field(max_length=300)] = ""
    company: Annotated[Text, Field(max_length=300)] = ""
    start: Annotated[Text, Field(max_length=60)] = ""
    end: Annotated[Text, Field(max_length=60)] = ""
    text: Annotated[Text, Field(max_length=20_000)] = ""


class Study(Shape):
    """A course of study; dates as written."""

    school: Annotated[Text, Field(max_length=300)] = ""
    degree: Annotated[Text, Field(max_length=300)] = ""
    field: Annotated[Text, Field(max_length=300)] = ""
    start: Annotated[Text, Field(max_length=60)] = ""
    end: Annotated[Text, Field(max_length=60)] = ""


def _address(value: Any) -> Any:
    if isinstance(value, str) and value.strip() and not EMAIL.fullmatch(value.strip()):
        raise ValueError("not an e-mail address")
    return value.strip().lower() if isinstance(value, str) else value


Lines = Annotated[list[Annotated[Text, Field(max_length=300)]], Field(max_length=200)]


class ResumeIn(Shape):
    """A résumé's file. An address of one is not taken: nothing is fetched."""

    filename: Annotated[Text, Field(min_length=1, max_length=255)]
    content_base64: Annotated[str, Field(min_length=1, max_length=api_people.MOST_FILE_BYTES * 4 // 3 + 4)]


class CandidateIn(Shape):
    """Somebody for a job's pool; a name or an e-mail address is needed."""

    name: Annotated[Text, Field(max_length=200)] = ""
    email: Annotated[str, BeforeValidator(_address), BeforeValidator(_text), Field(max_length=320)] = ""
    phone: Annotated[Text, Field(max_length=50)] = ""
    location: Annotated[Text, Field(max_length=200)] = ""
    headline: Annotated[Text, Field(max_length=300)] = ""
    links: Lines = []
    skills: Lines = []
    languages: Lines = []
    certifications: Lines = []
    experience: Annotated[list[Work], Field(max_length=50)] = []
    education: Annotated[list[Study], Field(max_length=50)] = []
    summary: Annotated[Text, Field(max_length=20_000)] = ""
    resume: ResumeIn | None = None


class Application(Shape):
    """One candidate of one job."""

    id: str
    job_id: str
    candidate_id: str
    stage: Stage = Field(description="Where a person moved it to.")
    score: float | None = Field(description="What the ranking computed, null before; it decides nothing.")
    created_at: datetime


class CandidateSummary(Shape):
    """Somebody, in a list."""

    id: str
    name: str
    email: str
    headline: str
    created_at: datetime
    applications: list[Application]


class WorkOut(Shape):
    """A position held; dates as written."""

    title: str
    company: str
    start: str
    end: str
    text: str


class StudyOut(Shape):
    """A course of study; dates as written."""

    school: str
    degree: str
    field: str
    start: str
    end: str


class Candidate(Shape):
    """Somebody, in the shape that adding one takes. Nothing here tells sex, age, origin or looks."""

    id: str
    created_at: datetime
    name: str
    email: str
    phone: str
    location: str
    headline: str
    links: list[str]
    skills: list[str]
    languages: list[str]
    certifications: list[str]
    experience: list[WorkOut]
    education: list[StudyOut]
    applications: list[Application]


class PoolEntry(Application):
    """A job's candidate, in a list."""

    name: str
    email: str


class Added(Shape):
    """What a candidate became."""

    candidate_id: str
    application_id: str
    resume_id: str = Field(description="Of the file, which is read after the answer; empty without one.")


# --- interviews ------------------------------------------------------------------------------------------------


class LaunchIn(Shape):
    """Whom to invite to the job's interview."""

    application_ids: Annotated[list[Annotated[Text, Field(max_length=32)]], Field(min_length=1, max_length=50)]
    days: Annotated[int | None, Field(ge=1, le=90, description="How long the link opens; null: as usual here.")] = None


class Launched(Shape):
    """What became of one invitation."""

    application_id: str
    outcome: Literal["invited", "refused"]
    interview_id: str = ""
    mail: str = Field("", description="Of the invitation: queued, sent, kept (no mail server is set up) or failed.")
    reason: str = Field("", description="Why it was refused.")


class LaunchedAll(Shape):
    """What became of each, in the order asked for."""

    data: list[Launched]


class Interview(Shape):
    """An interview; its link is the candidate's alone and not among it."""

    id: str
    application_id: str
    job_id: str
    candidate_id: str
    status: InterviewStatus
    report_ready: bool
    started_at: datetime | None
    ended_at: datetime | None
    created_at: datetime


class Decision(Shape):
    """What a person decided. There is no way to decide by the API."""

    id: str
    interview_id: str | None
    decision: Literal["reject", "follow_up", "next_step"]
    decided_by: str | None = Field(description="Id of the person; null where the account is gone.")
    decided_at: datetime


class Level(Shape):
    """1 to 5; null is not assessed. `low` and `high` are the bounds of what the evidence allows."""

    level: float | None
    low: float | None
    high: float | None


class Adjusted(Level):
    """The same with people's levels in place of the judge's."""

    coverage: float
    recommendation: str


class Override(Shape):
    """A person's other level."""

    level: int | None
    reason: str
    at: datetime


class Evidence(Shape):
    """A point of the rubric, and the candidate's own words, quoted as they stand in the transcript."""

    point: str
    verdict: str
    quote: str


class Score(Level):
    """One competency."""

    level: int | None
    name: str
    group: str
    weight: float
    not_assessed: str
    anchor: str
    override: Override | None
    evidence: list[Evidence]


class Group(Shape):
    """The mean of some competencies."""

    key: str
    title: str
    level: float | None
    note: str


class Statement(Shape):
    """A strength or a concern."""

    text: str
    quote: str


class ReportDecision(Shape):
    """What a person decided after it."""

    decision: str
    decided_at: datetime


class Report(Shape):
    """A report: prepared by a machine, to be read by a person who decides."""

    id: str
    interview_id: str
    application_id: str
    job_id: str
    created_at: datetime | None
    judge: str
    provisional: bool
    seal: str = Field(description="intact | changed | unsealed: whether it is as it was written.")
    coverage: float = Field(description="Share of the rubric that was assessed, 0 to 1.")
    overall: Level
    recommendation: str = Field(description="strong_yes | yes | mixed | no; empty where too little was assessed.")
    adjusted: Adjusted | None
    groups: list[Group]
    scores: list[Score]
    strengths: list[Statement]
    concerns: list[Statement]
    decisions: list[ReportDecision]


class Problem(Shape):
    """What went wrong, as in RFC 9457 (application/problem+json)."""

    type: str
    title: str
    status: int
    detail: str = Field(description="What happened, what was kept, what to do: for people.")
    fields: dict[str, str] = Field({}, description="What is wrong, by the field's name.")
