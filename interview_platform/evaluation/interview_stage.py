"""A throw-away employer with jobs, and invented candidates interviewed there in text, through the real conversation.

Everything lies in a SQLite file in a temporary folder. Time is pretended: words take as long as they take to say.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, col, select

from interview_platform.evaluation.personas import Line, Persona, Speaker
from interview_platform.models import (
    Application,
    Candidate,
    Interview,
    Invite,
    Job,
    Organisation,
    Question,
    Resume,
    Turn,
    User,
    make_engine,
    now,
    session,
)
from interview_platform.ports import Answerer, Decision, Exchange, Interviewer
from interview_platform.services import jobs, resumes
from interview_platform.services.access import Actor
from interview_platform.services.agent import bank, plan
from interview_platform.services.agent.conversation import Conversation, Utterance
from interview_platform.services.agent.intents_nearest import Reader
from interview_platform.services.agent.position import QUESTIONS

MOST_TURNS = 90
"""Candidate's turns after which an interview counts as stuck."""
WORDS_PER_SECOND = 2.4
_EMPLOYER = "Northwind"
_BUTTONS = ("[skip]", "[repeat]", "[moment]", "[end]")


@dataclass(frozen=True)
class Decided:
    """One decision, what it was made from, and how long it took."""

    exchange: Exchange
    decision: Decision
    seconds: float


@dataclass
class Held:
    """One interview that was held: its rows and what led to them."""

    persona: Persona
    interview: Interview
    job: Job
    plan: list[Question]
    turns: list[Turn]
    lines: dict[str, Line]  # by the id of the candidate's turn
    decided: list[Decided]
    seconds: float
    stuck: bool
    utterances: list[Utterance] = field(default_factory=list)


class Watching:
    """An Interviewer that keeps what the one behind it decided."""

    def __init__(self, behind: Interviewer) -> None:
        self._behind = behind
        self.name, self.label = behind.name, behind.label
        self.decided: list[Decided] = []

    def decide(self, exchange: Exchange, say: Callable[[str], bool] | None = None) -> Decision:
        """As the one behind it."""
        began = time.perf_counter()
        made = self._behind.decide(exchange, say)
        self.decided.append(Decided(exchange, made, time.perf_counter() - began))
        return made


class Stage:
    """Where interviews are held. One employer for each employer text; candidates of one job share its rows."""

    def __init__(
        self, engine: Engine, interviewer: Interviewer, answerer: Answerer | None = None, reader: Reader | None = None
    ) -> None:
        self.engine = engine
        self._reader = reader
        self._interviewer = interviewer
        self._answerer = answerer
        self._jobs: dict[str, tuple[Actor, str]] = {}

    def hold(self, persona: Persona) -> Held:
        """One whole interview."""
        interview_id = self.planned(persona)
        watching, lines = Watching(self._interviewer), dict[str, Line]()
        conversation = Conversation(self.engine, interview_id, watching, self._answerer, self._reader)
        began = time.perf_counter()
        said, stuck = self._talk(conversation, interview_id, Speaker(persona), lines)
        seconds = time.perf_counter() - began
        with session(self.engine) as db:
            row = _row(db, Interview, interview_id)
            application = _row(db, Application, row.application_id)
            questions = [_row(db, Question, question_id) for question_id in row.plan]
            turns = _turns(db, interview_id)
            job = _row(db, Job, application.job_id)
        return Held(persona, row, job, questions, turns, lines, watching.decided, seconds, stuck, said)

    def planned(self, persona: Persona) -> str:
        """The id of a planned interview of this persona."""
        with session(self.engine) as db:
            actor, job_id = self._job(db, persona)
            who = Candidate(organisation_id=actor.organisation_id, name=persona.person, email=_address(persona.name))
            db.add(who)
            db.flush()
            resume = _resume(db, actor, who, persona.resume) if persona.resume.strip() else None
            applied = Application(
                organisation_id=actor.organisation_id,
                job_id=job_id,
                candidate_id=who.id,
                resume_id=resume.id if resume else None,
            )
            db.add(applied)
            db.flush()
            invite = Invite(organisation_id=actor.organisation_id, application_id=applied.id, expires_at=now())
            db.add(invite)
            db.flush()
            row = Interview(organisation_id=actor.organisation_id, application_id=applied.id, invite_id=invite.id)
            db.add(row)
            db.flush()
            plan.build(db, row)
            return row.id

    def _job(self, db: Session, persona: Persona) -> tuple[Actor, str]:
        key = repr(sorted(persona.job.items(), key=str))
        if key not in self._jobs:
            actor = _employer(db, persona.job)
            self._jobs[key] = (actor, jobs.create(db, actor, draft(persona.job)).id)
        return self._jobs[key]

    def _talk(
        self, conversation: Conversation, interview_id: str, speaker: Speaker, lines: dict[str, Line]
    ) -> tuple[list[Utterance], bool]:
        """Speak and answer until nothing follows; all utterances, and whether it never ended."""
        said = conversation.open(0.0)
        heard, clock = list(said), _spoken(said)
        for _ in range(MOST_TURNS):
            if not said or said[-1].final or conversation.finished:
                return heard, False
            asking = next((one for one in reversed(said) if one.expects_answer), said[-1])
            line = speaker.reply(_asked(asking), self._ids(asking), asking.expects_answer and _invites(asking))
            until = clock + len(line.say.split()) / WORDS_PER_SECOND
            said = _do(conversation, line.say, clock, until)
            self._label(interview_id, lines, line)
            heard, clock = [*heard, *said], until + _spoken(said)
        return heard, True

    def _ids(self, utterance: Utterance) -> tuple[str, ...]:
        with session(self.engine) as db:
            row = db.get(Question, utterance.question_id) if utterance.question_id else None
            return (row.source, row.id) if row and utterance.kind not in {"follow_up"} else ()

    def _label(self, interview_id: str, lines: dict[str, Line], line: Line) -> None:
        """Remember which line the newest turn of the candidate came from."""
        with session(self.engine) as db:
            for turn in _turns(db, interview_id):
                if turn.speaker == "candidate" and turn.id not in lines:
                    lines[turn.id] = line


@contextmanager
def stage(
    interviewer: Interviewer, answerer: Callable[[Engine], Answerer] | None = None, reader: Reader | None = None
) -> Iterator[Stage]:
    """A stage in a temporary folder, gone afterwards."""
    with TemporaryDirectory(prefix="interviews-") as folder:
        engine = make_engine(f"sqlite:///{Path(folder) / 'interviews.db'}")
        SQLModel.metadata.create_all(engine)
        try:
            yield Stage(engine, interviewer, answerer(engine) if answerer else None, reader)
        finally:
            engine.dispose()


def draft(job: Mapping[str, Any]) -> jobs.JobDraft:
    """A persona's job as a recruiter would type it; what is not said comes from the role family."""
    wanted = str(job.get("family") or job.get("role_family") or "")
    title = str(job.get("title") or "")
    known = {family.id for family in bank.families()}
    family = wanted if wanted in known else plan.suggest(title or wanted)
    level = job.get("level") if job.get("level") in jobs.LEVELS else "mid"
    own = job.get("competencies")
    return jobs.JobDraft(
        title=title if title and title not in known else bank.family(family).title,
        description=str(job.get("description") or "").strip(),
        location=str(job.get("location") or ""),
        level=str(level),
        role_family=family,
        required_skills=tuple(job.get("required_skills") or job.get("skills") or ()),
        preferred_skills=tuple(job.get("preferred_skills") or ()),
        competencies=tuple(_competency(item) for item in own or plan.defaults(family, str(level))),
        custom_questions=tuple(str(text) for text in job.get("custom_questions") or job.get("questions") or ()),
    )


# --- small steps ------------------------------------------------------------------------------------------------


def _competency(item: Any) -> jobs.CompetencyDraft:
    if not isinstance(item, Mapping):
        return jobs.CompetencyDraft(str(item))
    group = item.get("group") if item.get("group") in jobs.GROUPS else "technical"
    return jobs.CompetencyDraft(
        str(item["name"]),
        str(group),
        float(item.get("weight") or 1.0),
        str(item.get("description") or ""),
        {str(level): str(text) for level, text in (item.get("anchors") or {}).items()},
    )


def _employer(db: Session, job: Mapping[str, Any]) -> Actor:
    row = Organisation(
        name=str(job.get("employer") or _EMPLOYER),
        about=str(job.get("about") or "").strip(),
        values=str(job.get("values") or ""),
    )
    db.add(row)
    db.flush()
    user = User(organisation_id=row.id, email=f"{row.id}@interview.example", name="Measuring", password_hash="-")
    db.add(user)
    db.flush()
    return Actor(organisation_id=row.id, role=user.role, user_id=user.id)


def _resume(db: Session, actor: Actor, who: Candidate, text: str) -> Resume:
    facts = resumes.read_facts(text)
    row = Resume(
        organisation_id=actor.organisation_id,
        candidate_id=who.id,
        filename="resume.txt",
        blob_key="",
        sha256=who.id,
        status="parsed",
        text=facts.text,
        facts=facts.as_json(),
    )
    db.add(row)
    db.flush()
    return row


def _do(conversation: Conversation, say: str, started: float, ended: float) -> list[Utterance]:
    """A button of the room, or words."""
    if say not in _BUTTONS:
        return conversation.answer(say, started, ended)
    if say == "[end]":
        return conversation.end(ended, by="candidate")
    return {"[skip]": conversation.skip, "[repeat]": conversation.repeat, "[moment]": conversation.moment}[say](ended)


def _asked(asking: Utterance) -> str:
    """What the candidate answers to; when it is said again in other words, the open question's own words, too."""
    first = asking.kind in QUESTIONS or asking.kind == "follow_up"
    return asking.text if first else f"{asking.text} {asking.question_text}".strip()


def _invites(asking: Utterance) -> bool:
    """Whether the candidate is asked for her questions at the end."""
    return asking.kind == "notice" and not asking.question_text and "question" in asking.text


def _spoken(said: list[Utterance]) -> float:
    return sum(len(one.text.split()) for one in said) / WORDS_PER_SECOND


def _turns(db: Session, interview_id: str) -> list[Turn]:
    return list(db.exec(select(Turn).where(Turn.interview_id == interview_id).order_by(col(Turn.position))))


def _row(db: Session, kind: type[Any], row_id: str) -> Any:
    found = db.get(kind, row_id)
    if found is None:
        raise LookupError(f"{kind.__name__} {row_id} is gone.")
    return found


def _address(name: str) -> str:
    plain = "".join(character if character.isalnum() else "-" for character in name.lower())
    return f"{plain}@candidate.example"
