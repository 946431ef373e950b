"""An office with everything in it, for journeys that look at every page: a job, a candidate with a whole report, a
meeting in each state, letters, links of every kind. `furnish` plants it, `clear` takes it out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session, select

from interview_platform import routes
from interview_platform.models import (
    Application,
    Booking,
    Candidate,
    Evidence,
    Feedback,
    Interview,
    Invite,
    Job,
    Message,
    Report,
    Score,
    Turn,
    User,
    new_id,
    now,
)
from interview_platform.services import invites, meetings, seed, sharing
from interview_platform.services.access import Actor
from tests import builders

SAID = "We moved the queue to its own database, and I compared the logs of both nights."
ASKED = "Tell me about a fault in production that you found."


@dataclass(frozen=True)
class Office:
    """Ids of what was planted, and the paths it can be seen at."""

    job: str
    candidate: str
    recruiter: tuple[str, ...]
    candidates: tuple[str, ...]


def furnish(db: Session, secret: bytes) -> Office:
    """Plant all of it into the demo's organisation."""
    owner = db.exec(select(User).where(User.email == seed.EMAIL)).one()
    actor = Actor(organisation_id=owner.organisation_id, role="owner", user_id=owner.id)
    job = builders.job(db, actor, title="Platform Engineer, clinics", location="Berlin or remote")
    who = builders.candidate(db, actor, name="Ilse Musterfrau-Østergård", email="ilse@example.com")
    application = builders.application(db, actor, job, who)
    done = _reported(db, actor, job, application)
    open_one = builders.interview(db, actor, application, agreed=False)
    dates = [_meeting(db, actor, application, status) for status in ("offered", "booked", "cancelled")]
    _letters(db, actor, application)
    _, shared = sharing.issue(db, actor, secret, done.id, 7)
    links = [invites.token_of(secret, db.get_one(Invite, one.invite_id)) for one in (open_one, done)]
    return Office(
        job.id,
        who.id,
        _recruiter_pages(job, application, done),
        (
            *[routes.interview(link) for link in links],
            routes.interview("made-up"),
            routes.interview_time(links[0]),
            *[routes.meeting(meetings.token_of(secret, one)) for one in dates],
            routes.shared(shared),
        ),
    )


def clear(db: Session, office: Office) -> None:
    """Nothing of it stays for the journeys that follow."""
    for kind, key in ((Candidate, office.candidate), (Job, office.job)):
        db.delete(db.get_one(kind, key))
        db.flush()


def _recruiter_pages(job: Job, application: Application, done: Interview) -> tuple[str, ...]:
    fixed = (
        routes.HOME, routes.JOBS, routes.NEW_JOB, routes.TALENT, routes.INTERVIEWS, routes.LIVE, routes.REPORTS,
        routes.CALIBRATION, routes.QUESTIONS, routes.OUTBOX, routes.AUDIT, routes.FAIRNESS, routes.COMPANY,
        routes.HOURS, routes.INTEGRATIONS, routes.WORK, routes.OTHER_SYSTEMS, routes.ACCOUNT, routes.TEAM,
        routes.SETTINGS,
    )  # fmt: skip
    of_job = (routes.job(job.id), routes.rubric(job.id), routes.candidate(job.id, application.id))
    return (*fixed, *of_job, routes.report(done.id), f"{routes.COMPARE}?ids={done.id}")


def _reported(db: Session, actor: Actor, job: Job, application: Application) -> Interview:
    """An interview that is over, its two turns, and a report with a level shown, one not, and its evidence."""
    skill, value = builders.competency(db, job), builders.competency(db, job, name="Ownership", group="cultural_fit")
    question = builders.question(db, job, text=ASKED, competency_id=skill.id)
    done = builders.interview(
        db, actor, application, plan=[question.id], status="reported", started_at=now(), ended_at=now()
    )
    builders.turn(db, done, 1, "agent", ASKED, question_id=question.id)
    answer = builders.turn(db, done, 2, "candidate", SAID, question_id=question.id)
    report = Report(
        interview_id=done.id, overall=3.8, overall_low=3.4, overall_high=4.1, coverage=0.92, judge="Offline judge",
        strengths=[{"text": "Finds causes by comparing.", "turn_id": answer.id, "quote": SAID}],
        concerns=[{"text": "Says little of what was changed.", "turn_id": None, "quote": ""}], recommendation="yes",
    )  # fmt: skip
    db.add(report)
    db.flush()
    shown = Score(report_id=report.id, name=skill.name, level=4, low=3.0, high=5.0, competency_id=skill.id, anchor="…")
    unseen = Score(report_id=report.id, name=value.name, group="cultural_fit", not_assessed="It was not asked.")
    db.add_all([shown, unseen])
    db.flush()
    _evidence(db, shown, answer)
    db.add(
        Feedback(organisation_id=actor.organisation_id, interview_id=done.id, turn_id=answer.id, text="Ask about this.",
                 kind="comment", user_id=actor.user_id)
    )  # fmt: skip
    return done


def _evidence(db: Session, score: Score, answer: Turn) -> None:
    for point, verdict in (("Says how the cause was found", "met"), ("Says what was changed", "not_shown")):
        quote = SAID if verdict == "met" else ""
        db.add(Evidence(score_id=score.id, turn_id=answer.id, point=point, verdict=verdict, quote=quote,
                        end_char=len(quote), started_seconds=4.0, ended_seconds=9.0))  # fmt: skip


def _meeting(db: Session, actor: Actor, application: Application, status: str) -> Booking:
    row = Booking(
        organisation_id=actor.organisation_id, application_id=application.id, host_id=actor.user_id,
        created_by=actor.user_id, provider="own", kind=f"{actor.user_id}:30", status=status,
        note="A few more questions about the queue, and yours about the team.", place="https://meet.example/dana",
        expires_at=now() + timedelta(days=7), zone="Europe/Berlin",
    )  # fmt: skip
    if status == "booked":
        row.starts_at, row.booked_at = now().replace(minute=0, second=0) + timedelta(days=2), now()
    if status == "offered":
        row.wish, row.wished_at = "Any morning before ten would suit me.", now()
    if status == "cancelled":
        row.cancelled_by, row.reason = "candidate", "I am ill."
    db.add(row)
    db.flush()
    return row


def _letters(db: Session, actor: Actor, application: Application) -> None:
    for status in ("sent", "failed"):
        db.add(Message(organisation_id=actor.organisation_id, application_id=application.id, dedup_key=new_id(),
                       purpose="invite", to_address="ilse@example.com", subject="Your interview", text="Hello",
                       html="<p>Hello</p>", status=status))  # fmt: skip
    db.flush()
