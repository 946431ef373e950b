"""What people do with a report: flag, override, decide. The machine's values are never changed, and nothing is sent."""

from __future__ import annotations

from sqlmodel import Session

from interview_platform.errors import BadInput, NotFound
from interview_platform.models import Application, Feedback, Override, Report
from interview_platform.services import access, audit
from interview_platform.services.access import REVIEWERS, WRITERS, Actor, need
from interview_platform.services.scoring import combine

STAGES = {"reject": "rejected", "follow_up": "follow_up", "next_step": "next_step"}
"""The decisions, and the stage each moves the application to."""

LONGEST = 4000


def flag(db: Session, actor: Actor, interview_id: str, turn_id: str | None, text: str) -> Feedback:
    """Flag a turn, or the whole report with turn_id None. Raises BadInput for an empty text, NotFound, NotAllowed."""
    need(actor, REVIEWERS)
    interview = access.interview(db, actor, interview_id)
    if turn_id is not None and access.turn(db, actor, turn_id).interview_id != interview.id:
        raise NotFound("This part of the interview does not exist, or is not yours to see.")
    said = _said(text, "Say in a few words what is wrong here; nothing was flagged.")
    row = Feedback(
        organisation_id=actor.organisation_id,
        interview_id=interview.id,
        turn_id=turn_id,
        user_id=actor.user_id,
        kind="flag",
        text=said,
    )
    db.add(row)
    audit.record(db, actor, "interview.flagged", f"interview:{interview.id}", turn_id=turn_id)
    return row


def override(db: Session, actor: Actor, score_id: str, level: int | None, reason: str) -> Override:
    """Set another level (1..5, or None = not assessed) with a reason. Raises BadInput, NotFound, NotAllowed."""
    need(actor, REVIEWERS)
    score = access.score(db, actor, score_id)
    said = _said(reason, "Give a reason for the other level; the level was not changed.")
    if level is not None and not combine.LOWEST <= level <= combine.HIGHEST:
        raise BadInput(f"A level lies between {combine.LOWEST} and {combine.HIGHEST}; the level was not changed.")
    row = Override(score_id=score.id, user_id=actor.user_id, level=level, reason=said)
    db.add(row)
    report = db.get(Report, score.report_id)
    words = f"{score.name}: {_level(score.level)} → {_level(level)}. {said}"
    db.add(
        Feedback(
            organisation_id=actor.organisation_id,
            interview_id=report.interview_id if report else None,
            score_id=score.id,
            user_id=actor.user_id,
            kind="override",
            text=words,
        )
    )
    audit.record(db, actor, "score.overridden", f"score:{score.id}", machine=score.level, level=level)
    return row


def decide(db: Session, actor: Actor, interview_id: str, decision: str, note: str = "") -> str:
    """Decide "reject" | "follow_up" | "next_step": moves the stage and logs it; sends nothing.

    Returns the purpose of the mail the caller may queue (the same word). Raises BadInput, NotFound, NotAllowed.
    """
    need(actor, WRITERS)
    interview = access.interview(db, actor, interview_id)
    if decision not in STAGES:
        raise BadInput("Choose one of: reject, follow up, next step. Nothing was decided.")
    if interview.status in ("planned", "live"):
        raise BadInput("The interview is not over yet. Decide when it has ended; nothing was changed.")
    if interview.practice:
        raise BadInput("This is a practice interview: there is nobody to decide about.")
    application: Application = access.application(db, actor, interview.application_id)
    before, application.stage = application.stage, STAGES[decision]
    db.add(application)
    db.add(
        Feedback(
            organisation_id=actor.organisation_id,
            interview_id=interview.id,
            user_id=actor.user_id,
            kind="decision",
            text=f"{decision}\n{note.strip()[:LONGEST]}",
        )
    )
    audit.record(db, actor, "application.decided", f"application:{application.id}", decision=decision, before=before)
    return decision


def _said(text: str, missing: str) -> str:
    said = text.strip()
    if not said:
        raise BadInput(missing)
    if len(said) > LONGEST:
        raise BadInput(f"This is longer than {LONGEST} characters; please shorten it. Nothing was saved.")
    return said


def _level(level: int | None) -> str:
    return "not assessed" if level is None else str(level)
