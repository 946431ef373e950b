"""A candidate asks that a person looks again; somebody of the organisation does, by a date, and answers in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from interview_platform.errors import BadInput, NotFound
from interview_platform.models import Application, Candidate, HumanReview, Interview, Job, Message, Organisation, now
from interview_platform.services import access, audit, letters, notifications
from interview_platform.services.access import READERS, REVIEWERS, Actor, need

DAYS = 14
"""So long an organisation has for the answer."""
LONGEST = 3000
OPEN, ANSWERED = "open", "answered"
OUTCOMES = {"kept": "The result stays as it was.", "changed": "The result was changed."}
"""What a look led to, and how the candidate reads it."""


@dataclass(frozen=True)
class OpenReview:
    """One request that waits, with whom it is about."""

    review_id: str
    interview_id: str
    candidate_name: str
    job_title: str
    due_at: datetime

    @property
    def overdue(self) -> bool:
        """Whether the date is past."""
        return self.due_at < now()


def request(db: Session, actor: Actor, interview: Interview, text: str) -> HumanReview:
    """The candidate's request on an ended interview; while one is open, it is that one. Raises BadInput."""
    said = text.strip()
    if interview.status in ("planned", "live"):
        raise BadInput("The interview is not over yet. You can ask for another look when it has ended.")
    if len(said) > LONGEST:
        raise BadInput(f"Please shorten this to {LONGEST} characters. Nothing was sent.")
    standing = newest(db, interview.id)
    if standing is not None and standing.status == OPEN:
        return standing
    asked = now()
    row = HumanReview(
        organisation_id=interview.organisation_id,
        interview_id=interview.id,
        text=said,
        due_at=asked + timedelta(days=DAYS),
        created_at=asked,
    )
    db.add(row)
    db.flush()
    audit.record(db, actor, "review.requested", f"interview:{interview.id}", review=row.id, days=DAYS)
    return row


def answer(db: Session, actor: Actor, review_id: str, outcome: str, text: str) -> HumanReview:
    """A person's answer; an e-mail that says so is queued (`mail_of`). Raises BadInput, NotAllowed, NotFound."""
    need(actor, REVIEWERS)
    row = db.get(HumanReview, review_id)
    if row is None or row.organisation_id != actor.organisation_id or actor.user_id is None:
        raise NotFound("This request does not exist, or is not yours to answer.")
    said = text.strip()
    if outcome not in OUTCOMES:
        raise BadInput("Choose what your look led to. Nothing was sent.")
    if not said or len(said) > LONGEST:
        raise BadInput(f"Write the answer, in at most {LONGEST} characters: the candidate reads it. Nothing was sent.")
    if row.status == ANSWERED:
        raise BadInput("This request was answered already. Load the page again.")
    row.status, row.outcome, row.answer = ANSWERED, outcome, said
    row.answered_by, row.answered_at = actor.user_id, now()
    db.add(row)
    audit.record(db, actor, "review.answered", f"interview:{row.interview_id}", review=row.id, outcome=outcome)
    _tell(db, actor, row)
    return row


def overdue(row: HumanReview) -> bool:
    """Whether an open request is past its date."""
    return row.status == OPEN and row.due_at < now()


def mail_of(db: Session, review_id: str) -> str:
    """The e-mail about an answer, to be delivered; "" when there is none."""
    row = db.exec(select(Message).where(Message.dedup_key == f"review:{review_id}")).first()
    return row.id if row is not None else ""


def newest(db: Session, interview_id: str) -> HumanReview | None:
    """The interview's latest request."""
    query = select(HumanReview).where(HumanReview.interview_id == interview_id)
    return db.exec(query.order_by(col(HumanReview.created_at).desc())).first()


def for_reader(db: Session, actor: Actor, interview_id: str) -> HumanReview | None:
    """The same for somebody of the organisation. Raises NotFound, NotAllowed."""
    need(actor, READERS)
    return newest(db, access.interview(db, actor, interview_id).id)


def waiting(db: Session, actor: Actor) -> list[OpenReview]:
    """The organisation's open requests, the nearest date first. Raises NotAllowed."""
    need(actor, READERS)
    query = (
        select(HumanReview, Candidate, Job)
        .join(Interview, col(Interview.id) == HumanReview.interview_id)
        .join(Application, col(Application.id) == Interview.application_id)
        .join(Candidate, col(Candidate.id) == Application.candidate_id)
        .join(Job, col(Job.id) == Application.job_id)
        .where(HumanReview.organisation_id == actor.organisation_id, HumanReview.status == OPEN)
    )
    return [
        OpenReview(row.id, row.interview_id, who.name or who.email, job.title, row.due_at)
        for row, who, job in db.exec(query.order_by(col(HumanReview.due_at)))
    ]


def _tell(db: Session, actor: Actor, row: HumanReview) -> None:
    interview = db.get_one(Interview, row.interview_id)
    application = db.get_one(Application, interview.application_id)
    person = db.get_one(Candidate, application.candidate_id)
    organisation = db.get_one(Organisation, row.organisation_id)
    name, email = notifications.signer(db, actor, organisation)
    letter = letters.write(
        "review",
        candidate=person.name or "candidate",
        job=db.get_one(Job, application.job_id).title,
        organisation=organisation.name,
        outcome=OUTCOMES[row.outcome],
        answer=row.answer,
        recruiter=name,
        recruiter_email=email,
    )
    notifications.queue(
        db,
        actor,
        dedup_key=f"review:{row.id}",
        purpose="review",
        to=person.email,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        application_id=application.id,
    )
