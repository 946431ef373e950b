"""When a candidate means to hold her interview: her own plan within the link's time, and the reminders of it.

It binds nobody: the interview starts whenever she starts it. Who planned nothing is reminded once, the day before the
link ends.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from sqlmodel import Session, col, select

from interview_platform.errors import BadInput
from interview_platform.models import Application, Candidate, Interview, Invite, Job, Message, Organisation, User, now
from interview_platform.services import access, audit, calendar_files, hours, invites, letters, notifications
from interview_platform.services.calendar_files import Entry
from interview_platform.services.invites import Invited
from interview_platform.services.meeting_letters import Desk
from interview_platform.services.meeting_times import said

EARLIEST = timedelta(minutes=5)
HOUR_BEFORE, USELESS = timedelta(hours=1), timedelta(minutes=2)
DAY_BEFORE, SHORT_LINK = timedelta(days=1), timedelta(days=2)
"""The link's end is told a day before, unless the link was open for less than two days."""
MINUTES = 30
SUGGESTED = (time(10), time(14), time(18))
MOST_SUGGESTED = 6


def plan(db: Session, invited: Invited, at: datetime, zone: str) -> Invite:
    """Keep the time. Raises BadInput (outside the link's time), InviteUsed."""
    invites.require_live(invited)
    row = db.get_one(Invite, invited.invite.id)
    if at < now() + EARLIEST:
        raise BadInput("This time is over, or nearly. Start now, or pick a later one.")
    if at > row.expires_at:
        raise BadInput(f"The link ends on {said(row.expires_at, zone)}. Pick a time before that.")
    row.planned_at, row.planned_zone = at.astimezone(UTC), hours.zone_of(zone).key
    db.add(row)
    audit.record(db, invited.actor, "invite.planned", f"invite:{row.id}", at=row.planned_at.isoformat())
    return row


def forget(db: Session, invited: Invited) -> Invite:
    """No plan any more: no reminder of it."""
    row = db.get_one(Invite, invited.invite.id)
    row.planned_at = None
    db.add(row)
    return row


def suggestions(expires_at: datetime, zone: str) -> list[datetime]:
    """The next hours of the day that suit many, on her clock, before the link ends."""
    there = hours.zone_of(zone)
    day = now().astimezone(there).date()
    found: list[datetime] = []
    while len(found) < MOST_SUGGESTED and datetime.combine(day, time(), there) < expires_at:
        moments = (datetime.combine(day, clock, there).astimezone(UTC) for clock in SUGGESTED)
        found += [at for at in moments if now() + timedelta(minutes=30) < at < expires_at]
        day += timedelta(days=1)
    return found[:MOST_SUGGESTED]


def entry(invited: Invited, desk: Desk) -> Entry:
    """The planned time as it stands in a calendar. Raises BadInput where none is planned."""
    row = invited.invite
    if row.planned_at is None:
        raise BadInput("No time is planned.")
    link = invites.link_of(desk.secret, row, desk.address)
    return Entry(
        uid=f"interview-{row.id}@{desk.domain}",
        sequence=int(row.planned_at.timestamp() // 60 % 1_000_000_000),
        begins=row.planned_at,
        minutes=MINUTES,
        title=f"Interview for {invited.job.title} at {invited.organisation.name}",
        place=link,
        text=f"Open your interview: {link}",
        guest=(invited.candidate.name, invited.candidate.email),
    )


def planned_mail(db: Session, desk: Desk, invited: Invited) -> Message:
    """The confirmation, with the calendar entry; one for each time."""
    made = entry(invited, desk)
    when = {"when": said(made.begins, invited.invite.planned_zone)}
    key = f"time:{made.begins:%Y%m%dT%H%M}"
    return _mail(db, desk, invited, "invite_time", key, calendar_files.file(made), **when)


def due(db: Session, desk: Desk) -> list[Message]:
    """The reminders that are due now, each once."""
    waiting = select(Invite).join(Interview, col(Interview.invite_id) == col(Invite.id))
    waiting = waiting.where(col(Interview.status) == "planned", col(Interview.practice).is_(False))
    waiting = waiting.where(col(Invite.revoked_at).is_(None), col(Invite.expires_at) > now())
    at = col(Invite.planned_at)
    soon = db.exec(waiting.where(at > now() + USELESS, at <= now() + HOUR_BEFORE)).all()
    last = db.exec(waiting.where(col(Invite.expires_at) <= now() + DAY_BEFORE)).all()
    told = [_hour_before(db, desk, _whole(db, row)) for row in soon]
    return told + [_day_before(db, desk, _whole(db, row)) for row in last if _forgotten(row)]


def _forgotten(row: Invite) -> bool:
    planned = row.planned_at is not None and row.planned_at > now()
    return not planned and row.expires_at - row.created_at > SHORT_LINK


def _hour_before(db: Session, desk: Desk, invited: Invited) -> Message:
    at = invited.invite.planned_at or now()
    words = f"you planned your interview for {said(at, invited.invite.planned_zone)}. That is soon."
    key = f"reminder:{at:%Y%m%dT%H%M}"
    return _mail(db, desk, invited, "invite_reminder", key, what="In an hour", words=words)


def _day_before(db: Session, desk: Desk, invited: Invited) -> Message:
    words = "the link to your interview ends within a day. If you still would like to take part, this is the time."
    key = f"ending:{invited.invite.expires_at:%Y%m%dT%H%M}"
    return _mail(db, desk, invited, "invite_reminder", key, what="The link ends soon", words=words)


def _mail(
    db: Session, desk: Desk, invited: Invited, purpose: str, key: str, calendar: str = "", **values: str
) -> Message:
    row = invited.invite
    host = db.get(User, row.created_by) if row.created_by else None
    letter = letters.write(
        purpose,
        **{
            "candidate": invited.candidate.name or "candidate",
            "job": invited.job.title,
            "organisation": invited.organisation.name,
            "link": invites.link_of(desk.secret, row, desk.address),
            "until": said(row.expires_at, row.planned_zone or "UTC"),
            "minutes": str(MINUTES),
            "recruiter": host.name if host else "The hiring team",
            "recruiter_email": host.email if host else "by replying to this e-mail",
            **values,
        },
    )
    return notifications.queue(
        db,
        access.system(row.organisation_id),
        dedup_key=f"invite:{row.id}:{key}",
        purpose=purpose,
        to=invited.candidate.email,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        calendar=calendar,
        application_id=row.application_id,
    )


def _whole(db: Session, row: Invite) -> Invited:
    application = db.get_one(Application, row.application_id)
    return Invited(
        row,
        application,
        db.get_one(Candidate, application.candidate_id),
        db.get_one(Job, application.job_id),
        db.get_one(Organisation, row.organisation_id),
        db.exec(select(Interview).where(Interview.invite_id == row.id)).first(),
        False,
        access.system(row.organisation_id),
    )
