"""An interviewer for tests, and an interview ready to be held."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from interview_platform.errors import ServiceUnavailable
from interview_platform.models import CandidateQuestion, Organisation, Question, Resume, Turn, session
from interview_platform.ports import Answerer, Decision, Exchange, Grounded, Interviewer, Passage
from interview_platform.services.agent import plan
from interview_platform.services.agent.conversation import Conversation
from tests import builders

RESUME = "Ada Candidate\nSenior Engineer, Acme Ltd\nBuilt payment services in Python at Acme from 2019 to 2024."
FACTS = {
    "experience": [{"title": "Senior Engineer", "company": "Acme Ltd", "span": [14, 99]}],
    "skills": [{"name": "Python", "sentence": "Built payment services in Python", "start": 40, "end": 99}],
    "education": [],
}
LONG = "I was asked to do it, I made a plan with two colleagues, and in the end it worked and everybody could go on."


class Scripted:
    """Asks the first open option as long as `asks` says so; `down` makes it fail; `sees` runs before it decides."""

    name = "scripted"

    def __init__(self, asks: int = 0, down: bool = False, sees: Callable[[Exchange], None] | None = None) -> None:
        self.label = "Scripted interviewer"
        self.asks = asks
        self.down = down
        self.sees = sees or (lambda _exchange: None)

    def decide(self, exchange: Exchange, say: Callable[[str], bool] | None = None) -> Decision:
        """As told."""
        self.sees(exchange)
        if self.down:
            raise ServiceUnavailable("no network")
        if not self.asks or not exchange.options:
            return Decision(engine=self.label)
        self.asks -= 1
        option = exchange.options[0]
        because = f"Open point: {option.point}."
        return Decision("follow_up", option.question, point=option.point, because=because, engine=self.label)


def application(db: Session, facts: dict[str, object] | None = None, **job: object):  # type: ignore[no-untyped-def]
    """An organisation with a job, and a candidate with a résumé who applied: (actor, job, application)."""
    _, actor = builders.recruiter(db)
    made = builders.job(db, actor, **job)
    applied = builders.application(db, actor, made)
    resume = db.get(Resume, applied.resume_id)
    assert resume is not None
    resume.text, resume.facts = RESUME, FACTS if facts is None else facts
    db.add(resume)
    db.flush()
    return actor, made, applied


def another(db: Session, actor, job, facts: dict[str, object] | None = None):  # type: ignore[no-untyped-def]
    """A further candidate for the job: her application."""
    who = builders.candidate(db, actor, email="second@example.com")
    applied = builders.application(db, actor, job, who)
    resume = db.get(Resume, applied.resume_id)
    assert resume is not None
    resume.text, resume.facts = RESUME, FACTS if facts is None else facts
    db.add(resume)
    db.flush()
    return applied


def interview(engine: Engine, own: tuple[str, ...] = ("Why do you want to work with us?",)) -> str:
    """A planned interview's id."""
    with session(engine) as db:
        actor, job, applied = application(db)
        for position, text in enumerate(own):
            builders.question(db, job, kind="custom", source="recruiter", text=text, points=[], position=position)
        row = builders.interview(db, actor, applied)
        plan.build(db, row)
        return row.id


def conversation(
    engine: Engine, interview_id: str, interviewer: Interviewer | None = None, answerer: Answerer | None = None
) -> Conversation:
    """As after a restart: nothing is held but the database."""
    return Conversation(engine, interview_id, interviewer or Scripted(), answerer)


def turns(engine: Engine, interview_id: str) -> list[Turn]:
    """All turns in order."""
    with session(engine) as db:
        return list(db.exec(select(Turn).where(Turn.interview_id == interview_id).order_by(col(Turn.position))))


def questions(db: Session, ids: list[str]) -> list[Question]:
    """The rows of a plan."""
    found = [db.get(Question, question_id) for question_id in ids]
    return [row for row in found if row is not None]


def set_values(db: Session, organisation_id: str, values: str) -> None:
    """The employer's written values."""
    row = db.get(Organisation, organisation_id)
    assert row is not None
    row.values = values
    db.add(row)
    db.flush()


class Knowing:
    """An Answerer that knows what it is told: words of a question → (title of the source, answer)."""

    def __init__(self, known: dict[str, tuple[str, str]] | None = None, partly: bool = False) -> None:
        self.known = known or {}
        self.partly = partly  # something of each question stays open
        self.asked: list[str] = []

    def answer(self, interview_id: str, question: str) -> Grounded:
        """The answer whose word stands in the question."""
        self.asked.append(question)
        for word, (title, text) in self.known.items():
            if word in question.lower():
                rest = "a part of it stands nowhere" if self.partly else ""
                return Grounded(text, (Passage(f"job:{word}", "job", title, text, 0.9),), rest)
        return Grounded("", reason="no source speaks of it")


def passed_on(engine: Engine, interview_id: str) -> list[tuple[str, str]]:
    """What people are told, as (about, text)."""
    with session(engine) as db:
        rows = db.exec(select(CandidateQuestion).where(CandidateQuestion.interview_id == interview_id)).all()
        return [(row.about, row.text) for row in rows]
