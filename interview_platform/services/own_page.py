"""What a candidate may see of the own data under the own link: where it stands, what is kept, why, and how decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from interview_platform.models import (
    AccessExport,
    Application,
    Consent,
    HumanReview,
    Interview,
    Message,
    Recording,
    Resume,
    Turn,
    now,
)
from interview_platform.services import (
    contesting,
    erasure,
    export_requests,
    human_review,
    report_plain,
    reports,
    retention,
    transcript,
)
from interview_platform.services.erasure import Receipt
from interview_platform.services.invites import Invited
from interview_platform.services.report_plain import PlainReport
from interview_platform.services.retention import Countdown

DECISIONS = ("reject", "follow_up", "next_step")
_DECIDED = {
    "reject": "not to go on with your application for this position",
    "follow_up": "to ask you a few more questions",
    "next_step": "to invite you to the next step",
}


@dataclass(frozen=True)
class Told:
    """A decision the candidate was written to about."""

    purpose: str
    at: datetime


@dataclass(frozen=True)
class OwnLine:
    """One turn of the transcript. `asked`: what the candidate says was said instead; `status` of that, `answer`."""

    position: int
    mine: bool
    text: str
    may_contest: bool
    asked: str = ""
    status: str = ""  # "" | open | taken | declined
    answer: str = ""


@dataclass(frozen=True)
class OwnPage:
    """Everything on the page."""

    status: str
    next: str
    told: bool  # of a decision
    kept: tuple[tuple[str, str], ...]  # (what, who sees it)
    countdown: Countdown
    lines: tuple[OwnLine, ...]
    used: tuple[str, ...]
    not_used: tuple[str, ...]
    decided: tuple[str, ...]
    plain: PlainReport | None
    review: HumanReview | None
    may_review: bool
    copy: AccessExport | None
    asked_deletion: Receipt | None
    applications: int  # of this person at this organisation: a deletion takes them all


def page(db: Session, invited: Invited, key: bytes) -> OwnPage:
    """The page as it is now. `key` checks the report's seal."""
    interview, told = invited.interview, _told(db, invited.application)
    over = interview is not None and interview.status in ("ended", "reported", "failed")
    asked = erasure.open_for(db, invited.candidate.id)
    people = erasure.group(db, invited.candidate.id)
    count = select(func.count()).select_from(Application).where(col(Application.candidate_id).in_(people))
    return OwnPage(
        status=_status(invited, told),
        next=_next(invited, told),
        told=told is not None,
        kept=tuple(_kept(db, invited)),
        countdown=retention.countdown(db, invited.candidate.id),
        lines=_lines(db, interview) if over and interview is not None else (),
        used=_used(db, invited),
        not_used=_not_used(db, invited),
        decided=_by_whom(db, invited, told),
        plain=_plain(db, invited, key) if told else None,
        review=human_review.newest(db, interview.id) if interview else None,
        may_review=over,
        copy=export_requests.newest(db, invited.candidate.id),
        asked_deletion=erasure.receipt(asked) if asked else None,
        applications=db.exec(count).one(),
    )


def turn_at(db: Session, interview: Interview, position: int) -> Turn | None:
    """The turn at a place of the transcript: pages name turns by their place, not by their id."""
    return db.exec(select(Turn).where(Turn.interview_id == interview.id, Turn.position == position)).first()


def _told(db: Session, application: Application) -> Told | None:
    """The last decision a letter was sent about: what no letter said yet is not said here either."""
    query = select(Message).where(Message.application_id == application.id, col(Message.purpose).in_(DECISIONS))
    sent = query.where(col(Message.status).in_(("sent", "kept"))).order_by(col(Message.created_at).desc())
    row = db.exec(sent).first()
    return Told(row.purpose, row.sent_at or row.created_at) if row is not None else None


def _status(invited: Invited, told: Told | None) -> str:
    employer, interview = invited.organisation.name, invited.interview
    if told is not None:
        return f"{employer} decided on {_date(told.at)} {_DECIDED[told.purpose]}. You have an e-mail about it."
    if interview is None or interview.status == "planned":
        ended = invited.invite.expires_at <= now()
        return (
            "Your link has ended without an interview." if ended else "You are invited. Your interview has not begun."
        )
    if interview.status == "live":
        return "Your interview has begun and is not finished."
    if interview.status == "ended":
        return "Your interview has ended and is being put together."
    return (
        f"Your interview is complete. A person at {employer} reads it. Nothing is decided yet, as far as you were told."
    )


def _next(invited: Invited, told: Told | None) -> str:
    interview = invited.interview
    if told is not None:
        return "If you do not agree, ask for another look by a person below."
    if interview is None or interview.status in ("planned", "live"):
        if invited.invite.expires_at <= now():
            return "If you still want to be interviewed, ask for more time."
        return "Go on with the interview whenever it suits you, as long as your link is open."
    return "You hear from them by e-mail. There is nothing you have to do."


def _kept(db: Session, invited: Invited) -> list[tuple[str, str]]:
    """What is held of the candidate, and who sees it."""
    employer, interview = invited.organisation.name, invited.interview
    team = f"People at {employer} who work on this application"
    found = [("Your name and how to reach you", team)]
    files = select(func.count()).select_from(Resume).where(Resume.candidate_id == invited.candidate.id)
    if number := db.exec(files).one():
        found.append(("Your résumé" if number == 1 else f"Your résumé and profiles ({number} sources)", team))
    found.append(("The e-mails that were sent to you", team))
    if interview is None:
        return found
    if given := _consent(db, invited):
        found.append((f"Your consent of {_date(given.given_at)}, version {given.version}", team))
    if _has(db, select(Recording.id).where(Recording.interview_id == interview.id)):
        found.append(("The recording of sound and picture", team))
    if _has(db, select(Turn.id).where(Turn.interview_id == interview.id)):
        found.append(("The transcript, with your corrections", f"{team}; you, below"))
    if reports.newest(db, interview.id) is not None:
        found.append(("A report on what your answers showed, with quotes", team))
    return found


def _lines(db: Session, interview: Interview) -> tuple[OwnLine, ...]:
    requests = {row.turn_id: row for row in contesting.of_interview(db, interview.id)}
    found = []
    for turn in transcript.of(db, interview.id).turns:
        row = requests.get(turn.id)
        asked, status, answer = (row.text, row.status, row.answer) if row else ("", "", "")
        mine, may = turn.speaker == "candidate", contesting.contestable(turn)
        found.append(OwnLine(turn.position, mine, turn.text, may, asked, status, answer))
    return tuple(found)


def _used(db: Session, invited: Invited) -> tuple[str, ...]:
    found = ["The words of your answers, as they were heard, with every correction that was taken."]
    found.append("A list of what good answers cover: the same for everybody who is asked these questions.")
    if _has(db, select(Resume.id).where(Resume.candidate_id == invited.candidate.id)):
        hidden = "name, contact, age, pronouns" + (", schools" if invited.organisation.blind_schools else "")
        found.append(
            f"Your résumé was compared with the job to order a list, without your {hidden}. It decides nothing."
        )
    return tuple(found)


def _not_used(db: Session, invited: Invited) -> tuple[str, ...]:
    found = [
        "Your face, your voice, your accent, how fast you speak, and pauses.",
        "Your name, age, sex, origin, health and family.",
        "What was not asked or not heard: it is left out, and never counted as zero.",
    ]
    given, employer = _consent(db, invited), invited.organisation
    items = given.items if given else {}
    measured = [
        words
        for name, words in (("face_analysis", "how you were framed"), ("voice_analysis", "how loud and high you spoke"))
        if items.get(name) and getattr(employer, name)
    ]
    if measured:
        found.append(f"Software described {' and '.join(measured)}, because you agreed. It counts for nothing.")
    return tuple(found)


def _by_whom(db: Session, invited: Invited, told: Told | None) -> tuple[str, ...]:
    employer, interview = invited.organisation.name, invited.interview
    report = reports.newest(db, interview.id) if interview else None
    found = []
    if interview is not None and interview.interviewer:
        found.append(f"The questions were asked by software: {interview.interviewer}.")
    if report is not None and report.status == "ready":
        found.append(f"A report was prepared by software ({report.judge}) on {_date(report.created_at)}.")
    if told is not None:
        found.append(f"A person at {employer} decided, and wrote to you on {_date(told.at)}. Software decided nothing.")
    else:
        found.append(f"A person at {employer} decides. Software decides nothing.")
    return tuple(found)


def _plain(db: Session, invited: Invited, key: bytes) -> PlainReport | None:
    """What the answers showed, in plain words, once somebody decided by it."""
    if invited.interview is None:
        return None
    report = reports.newest(db, invited.interview.id)
    if report is None or report.status != "ready" or report.provisional:
        return None
    return report_plain.plain(reports.seen(db, invited.interview, key), invited.organisation.candidate_levels)


def _consent(db: Session, invited: Invited) -> Consent | None:
    query = select(Consent).where(Consent.invite_id == invited.invite.id).order_by(col(Consent.given_at).desc())
    return db.exec(query).first()


def _has(db: Session, query: object) -> bool:
    return db.exec(query).first() is not None  # type: ignore[call-overload, no-any-return]


def _date(at: datetime) -> str:
    return f"{at.day} {at:%B %Y}"
