"""What people do with a report: flag, correct the transcript, override, comment, decide.

The machine's values and what it heard are never changed, and nothing is sent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, select

from interview_platform.errors import BadInput, NotFound
from interview_platform.models import Application, Candidate, Correction, Feedback, Interview, Override, Report, User
from interview_platform.services import access, audit, row_locks, seals, transcript
from interview_platform.services.access import REVIEWERS, WRITERS, Actor, need
from interview_platform.services.scoring import combine

STAGES = {"reject": "rejected", "follow_up": "follow_up", "next_step": "next_step"}
"""The decisions, and the stage each moves the application to."""

LONGEST = 4000

ABOUT: dict[str, str] = {
    "hallucination": "Not what was said",
    "bias": "Unfair or biased",
    "transcript": "Wrong transcript",
    "inconsistent": "Does not fit the rest",
    "other": "Something else",
}
"""What a flag can be about, in words."""


def flag(
    db: Session,
    actor: Actor,
    interview_id: str,
    turn_id: str | None,
    text: str,
    about: str = "other",
    quote: str = "",
    score_id: str | None = None,
) -> Feedback:
    """Flag a turn, a sentence of the report (`quote`), or the whole interview with neither.

    Only "other" needs a text. Raises BadInput, NotFound, NotAllowed.
    """
    need(actor, REVIEWERS)
    interview = access.interview(db, actor, interview_id)
    if turn_id is not None and access.turn(db, actor, turn_id).interview_id != interview.id:
        raise NotFound("This part of the interview does not exist, or is not yours to see.")
    if score_id is not None:
        access.score(db, actor, score_id)
    if about not in ABOUT:
        raise BadInput("Choose what the flag is about; nothing was flagged.")
    given = text.strip() or ("" if about == "other" else ABOUT[about])
    row = Feedback(
        organisation_id=actor.organisation_id,
        interview_id=interview.id,
        turn_id=turn_id,
        score_id=score_id,
        user_id=actor.user_id,
        kind="flag",
        about=about,
        quote=quote.strip()[:LONGEST],
        text=_said(given, "Say in a few words what is wrong here; nothing was flagged."),
    )
    db.add(row)
    because = f"feedback:{row.id}"
    audit.record(db, actor, "interview.flagged", f"interview:{interview.id}", because, turn_id=turn_id, about=about)
    return row


def comment(db: Session, actor: Actor, interview_id: str, text: str, turn_id: str | None = None) -> Feedback:
    """A note for colleagues, on a turn or on the whole. Raises BadInput, NotFound, NotAllowed."""
    need(actor, REVIEWERS)
    interview = access.interview(db, actor, interview_id)
    if turn_id is not None and access.turn(db, actor, turn_id).interview_id != interview.id:
        raise NotFound("This part of the interview does not exist, or is not yours to see.")
    said = _said(text, "Write something; nothing was added.")
    row = Feedback(
        organisation_id=actor.organisation_id,
        interview_id=interview.id,
        turn_id=turn_id,
        user_id=actor.user_id,
        kind="note",
        text=said,
    )
    db.add(row)
    audit.record(db, actor, "interview.commented", f"interview:{interview.id}", turn_id=turn_id)
    return row


def correct(db: Session, actor: Actor, turn_id: str, text: str, reason: str) -> Correction:
    """Put what the candidate really said in place of what was heard; the caller has the report written again.

    What was heard stays in its row and is shown beside it. Raises BadInput, NotFound, NotAllowed.
    """
    need(actor, REVIEWERS)
    turn = access.turn(db, actor, turn_id)
    interview = access.interview(db, actor, turn.interview_id)
    if turn.speaker != "candidate" or turn.kind in ("typed", "skip"):
        raise BadInput("Only what was heard of the candidate can be corrected; nothing was changed.")
    if interview.status in ("planned", "live"):
        raise BadInput("The interview is not over yet. Correct it when it has ended; nothing was changed.")
    said = " ".join(_said(text, "Write what was said; an empty text would take the answer away.").split())
    why = _said(reason, "Say how you know (for instance: heard in the recording at 4:12); nothing was changed.")
    current = {t.id: t.text for t in transcript.of(db, interview.id).turns}[turn.id]
    if said == current:
        raise BadInput("This is what the transcript says already; nothing was changed.")
    row = Correction(
        organisation_id=actor.organisation_id,
        interview_id=interview.id,
        turn_id=turn.id,
        user_id=actor.user_id,
        before=current,
        text=said,
        reason=why,
    )
    db.add(row)
    db.add(
        Feedback(
            organisation_id=actor.organisation_id,
            interview_id=interview.id,
            turn_id=turn.id,
            user_id=actor.user_id,
            kind="correction",
            about="transcript",
            quote=current,
            text=said,
        )
    )
    seal = {"row": row.id, "sha256": seals.digest_of(row)}
    because = f"correction:{row.id}"
    audit.record(db, actor, "turn.corrected", f"interview:{interview.id}", because, turn_id=turn.id, **seal)
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
    seal = {"row": row.id, "sha256": seals.digest_of(row)}
    audit.record(db, actor, "score.overridden", f"score:{score.id}", f"override:{row.id}", **seal)
    return row


def decide(db: Session, actor: Actor, interview_id: str, decision: str, note: str = "", seen: str | None = None) -> str:
    """Decide "reject" | "follow_up" | "next_step": moves the stage and logs it; sends nothing.

    `seen`: the stage that whoever decides was shown; refused when somebody moved it since. Returns the purpose of the
    mail the caller may queue (the same word). Raises BadInput, NotFound, NotAllowed.
    """
    need(actor, WRITERS)
    interview = access.interview(db, actor, interview_id)
    if decision not in STAGES:
        raise BadInput("Choose one of: reject, follow up, next step. Nothing was decided.")
    if interview.status in ("planned", "live"):
        raise BadInput("The interview is not over yet. Decide when it has ended; nothing was changed.")
    if interview.practice:
        raise BadInput("This is a practice interview: there is nobody to decide about.")
    application = row_locks.application(db, actor, interview.application_id)
    _as_seen(db, application, seen)
    before, application.stage = application.stage, STAGES[decision]
    db.add(application)
    row = Feedback(
        organisation_id=actor.organisation_id,
        interview_id=interview.id,
        user_id=actor.user_id,
        kind="decision",
        text=f"{decision}\n{note.strip()[:LONGEST]}",
    )
    db.add(row)
    about = {"decision": decision, "before": before}
    audit.record(db, actor, "application.decided", f"application:{application.id}", f"feedback:{row.id}", **about)
    return decision


def decide_many(
    db: Session,
    actor: Actor,
    interview_ids: Sequence[str],
    decision: str,
    reason: str,
    seen: Mapping[str, str] | None = None,
) -> int:
    """The same decision for several people, each logged with the reason; how many. All or none: raises as `decide`.

    `seen`: the stage that was shown of each interview's application.
    """
    said = _said(reason, "Give a reason: each of these people may ask for it. Nothing was decided.")
    wanted = list(dict.fromkeys(interview_ids))
    if not wanted:
        raise BadInput("Nobody is chosen. Nothing was decided.")
    for interview_id in sorted(wanted):  # in one order for everybody: two people never wait for each other
        decide(db, actor, interview_id, decision, said, (seen or {}).get(interview_id))
    return len(wanted)


def _as_seen(db: Session, application: Application, seen: str | None) -> None:
    """Nobody decides on what they have not seen."""
    if seen is None or application.stage == seen:
        return
    decided = select(User.name).join(Feedback, col(Feedback.user_id) == User.id)
    decided = decided.join(Interview, col(Interview.id) == Feedback.interview_id)
    decided = decided.where(Interview.application_id == application.id, Feedback.kind == "decision")
    who = db.exec(decided.order_by(col(Feedback.created_at).desc()).limit(1)).first() or "Somebody"
    moved = f"{who} moved {_name(db, application)} to “{application.stage.replace('_', ' ')}” while you looked."
    raise BadInput(f"{moved} Nothing was decided. Close this and look again.")


def _name(db: Session, application: Application) -> str:
    candidate = db.get(Candidate, application.candidate_id)
    return (candidate.name if candidate else "") or "this candidate"


def _said(text: str, missing: str) -> str:
    said = text.strip()
    if not said:
        raise BadInput(missing)
    if len(said) > LONGEST:
        raise BadInput(f"This is longer than {LONGEST} characters; please shorten it. Nothing was saved.")
    return said


def _level(level: int | None) -> str:
    return "not assessed" if level is None else str(level)
