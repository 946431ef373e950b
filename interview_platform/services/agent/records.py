"""The rows one interview's conversation reads, and the actor it writes as."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from interview_platform.errors import NotFound
from interview_platform.models import (
    Application,
    CandidateQuestion,
    Competency,
    Interview,
    Job,
    Organisation,
    Question,
    Turn,
)
from interview_platform.services.access import Actor
from interview_platform.services.agent import wording
from interview_platform.services.agent.position import COUNTED, Position, position


@dataclass(frozen=True)
class Scene:
    """Where an interview stands, and what is known about the job it is for."""

    place: Position
    words: wording.Words
    job_title: str = ""
    level: str = "mid"
    groups: tuple[tuple[str, str], ...] = ()  # (competency id, its group)

    def group(self, question: Question | None) -> str:
        """The group of a question's competency."""
        return dict(self.groups).get((question.competency_id if question else None) or "", "technical")


def interview(db: Session, interview_id: str) -> Interview:
    """The interview. Raises NotFound."""
    row = db.get(Interview, interview_id)
    if row is None:
        raise NotFound("This interview does not exist.")
    return row


def turns(db: Session, interview_id: str) -> list[Turn]:
    """What was said, in order."""
    return list(db.exec(select(Turn).where(Turn.interview_id == interview_id).order_by(col(Turn.position))))


def next_position(db: Session, interview_id: str) -> int:
    """Number of the turn that comes next, from 1."""
    said = turns(db, interview_id)
    return said[-1].position + 1 if said else 1


def place(db: Session, interview: Interview) -> Position:
    """Where the interview stands."""
    ids = list(interview.plan)
    rows = {row.id: row for row in db.exec(select(Question).where(col(Question.id).in_(ids)))}
    return position([rows[question_id] for question_id in ids if question_id in rows], turns(db, interview.id))


def scene(db: Session, interview: Interview) -> Scene:
    """Where the interview stands, with the job and the agent's words for it."""
    application = db.get(Application, interview.application_id)
    job = db.get(Job, application.job_id) if application else None
    employer = db.get(Organisation, interview.organisation_id)
    words = wording.Words(job_title=job.title if job else "", organisation=employer.name if employer else "")
    here = place(db, interview)
    wanted = {question.competency_id for question in here.plan if question.competency_id}
    held = db.exec(select(Competency).where(col(Competency.id).in_(wanted)))
    groups = tuple((row.id, row.group) for row in held)
    return Scene(here, words, words.job_title, job.level if job else "mid", groups)


def newest_answer(db: Session, interview_id: str) -> Turn | None:
    """The candidate's latest answer or correction; a skip or a request is none.

    Of an answer and a correction said in one breath it is the answer: the sound of both is written there.
    """
    found = [turn for turn in turns(db, interview_id) if turn.speaker == "candidate" and turn.kind in COUNTED]
    if len(found) > 1 and found[-1].kind == "correction" and found[-2].position == found[-1].position - 1:
        return found[-2]
    return found[-1] if found else None


def newest_said(db: Session, interview_id: str) -> Turn | None:
    """The candidate's latest turn of any kind."""
    found = [turn for turn in turns(db, interview_id) if turn.speaker == "candidate"]
    return found[-1] if found else None


def pass_on(db: Session, interview: Interview, about: str, text: str, turn_id: str | None) -> None:
    """Write down what the people of the organisation are to be told, once; nobody is told in practice."""
    known = select(CandidateQuestion).where(
        CandidateQuestion.interview_id == interview.id, CandidateQuestion.about == about, CandidateQuestion.text == text
    )
    if interview.practice or db.exec(known).first() is not None:
        return
    db.add(
        CandidateQuestion(
            organisation_id=interview.organisation_id,
            interview_id=interview.id,
            turn_id=turn_id,
            about=about,
            text=text,
        )
    )


def candidate(interview: Interview) -> Actor:
    """Who acts when the candidate speaks."""
    return Actor(organisation_id=interview.organisation_id, role="candidate", invite_id=interview.invite_id)
