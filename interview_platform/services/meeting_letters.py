"""E-mails about a meeting, queued in the transaction that changes it: one per purpose, person and change."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from interview_platform import routes
from interview_platform.models import Message, User, now
from interview_platform.services import access, letters, meeting_times, meetings, notifications
from interview_platform.services.meetings import Meeting, begins

NOT_SAID = "the person you meet tells you"
CANDIDATE, HOST = "candidate", "host"


@dataclass(frozen=True)
class Desk:
    """What letters need beside the meeting: the product's address, what links are signed with, the sender."""

    address: str
    secret: bytes
    sender: str

    def link(self, meeting: Meeting) -> str:
        """The candidate's link."""
        return meetings.link_of(self.secret, meeting.booking, self.address)

    @property
    def domain(self) -> str:
        """The sender's, for names that must be unique in the world."""
        return self.sender.rpartition("@")[2].strip("> ") or "localhost"


def offered(db: Session, desk: Desk, meeting: Meeting, number: int = 1) -> Message:
    """To the candidate: pick a time. `number` > 1 is the same once more."""
    until = meeting.booking.expires_at or now()
    values = {"note": meeting.booking.note, "until": meeting_times.said(until, "UTC")}
    return _to_candidate(db, desk, meeting, "meeting_offer", f"offer:{number}", **values)


def booked(db: Session, desk: Desk, meeting: Meeting, moved: bool) -> list[Message]:
    """To both: when and where, with the calendar entry."""
    entry = meeting_times.file(meeting, desk.domain, desk.link(meeting))
    what = "Moved to another time" if moved else "A time was picked"
    change = f"booked:{meeting.booking.sequence}"
    return [
        _to_candidate(db, desk, meeting, "meeting_booked", change, entry),
        *_to_host(db, desk, meeting, what, change, entry),
    ]


def cancelled(db: Session, desk: Desk, meeting: Meeting) -> list[Message]:
    """To both: it does not take place, with the word that takes it out of calendars."""
    row = meeting.booking
    entry = "" if row.starts_at is None else meeting_times.file(meeting, desk.domain, cancelled=True)
    own = row.cancelled_by == "candidate"
    after = (
        f"Pick another time if you like: {desk.link(meeting)}" if own else "We will be in touch about how it goes on."
    )
    change = f"cancelled:{row.sequence}"
    values = {"was": _was(meeting), "reason": row.reason, "next": after}
    told = _to_candidate(db, desk, meeting, "meeting_cancelled", change, entry, **values)
    by = "Cancelled by the candidate" if own else "Cancelled"
    return [told, *_to_host(db, desk, meeting, by, change, entry, row.reason)] if entry else [told]


def again(db: Session, desk: Desk, meeting: Meeting, before: Meeting) -> list[Message]:
    """To both: the time that was `before` is gone, please pick another."""
    entry = meeting_times.file(before, desk.domain, cancelled=True)
    until = meeting.booking.expires_at or now()
    values = {"was": _was(before), "reason": meeting.booking.reason, "until": meeting_times.said(until, "UTC")}
    change = f"again:{meeting.booking.sequence}"
    told = _to_candidate(db, desk, meeting, "meeting_again", change, entry, **values)
    return [told, *_to_host(db, desk, before, "Another time was asked for", change, entry)]


def reminder(db: Session, desk: Desk, meeting: Meeting, hours_before: int) -> list[Message]:
    """To both, once for this time and distance."""
    change = f"reminder:{hours_before}:{begins(meeting.booking):%Y%m%dT%H%M}"
    what = "Tomorrow" if hours_before > 1 else "In an hour"
    return [
        _to_candidate(db, desk, meeting, "meeting_reminder", change),
        *_to_host(db, desk, meeting, what, change),
    ]


def wished(db: Session, desk: Desk, meeting: Meeting) -> list[Message]:
    """To the host: what the candidate would like. One an hour, the newest words are on the page."""
    if meeting.host is None:
        return []
    row = meeting.booking
    letter = letters.write(
        "meeting_wish",
        candidate=_name(meeting),
        candidate_email=meeting.candidate.email or "no address is known",
        host=meeting.host.name,
        job=meeting.job.title,
        words=row.wish,
        link=desk.address + routes.HOURS,
    )
    return [_queue(db, meeting, "meeting_wish", f"wish:{now():%Y%m%dT%H}", HOST, letter, "")]


def _to_candidate(
    db: Session, desk: Desk, meeting: Meeting, template: str, change: str, entry: str = "", **values: str
) -> Message:
    signer = _signer(db, meeting)
    letter = letters.write(
        template,
        **{
            "candidate": _name(meeting),
            "organisation": meeting.organisation.name,
            "recruiter": signer,
            "link": desk.link(meeting),
            **_facts(meeting, meeting.booking.zone),
            **values,
        },
    )
    return _queue(db, meeting, template, change, CANDIDATE, letter, entry)


def _to_host(
    db: Session, desk: Desk, meeting: Meeting, what: str, change: str, entry: str = "", reason: str = ""
) -> list[Message]:
    if meeting.host is None:
        return []
    values = {"candidate": _name(meeting), "what": what, "reason": reason, "link": desk.address + routes.HOME}
    letter = letters.write("meeting_host", **_facts(meeting, meeting.host_zone), **values)
    return [_queue(db, meeting, "meeting_host", change, HOST, letter, entry)]


def _queue(
    db: Session, meeting: Meeting, purpose: str, change: str, who: str, letter: letters.Letter, entry: str
) -> Message:
    row = meeting.booking
    to = meeting.candidate.email if who == CANDIDATE else (meeting.host.email if meeting.host else "")
    return notifications.queue(
        db,
        access.system(row.organisation_id),
        dedup_key=f"meeting:{row.id}:{change}:{who}",
        purpose=purpose,
        to=to,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        calendar=entry,
        application_id=row.application_id,
    )


def _facts(meeting: Meeting, zone: str) -> dict[str, str]:
    row = meeting.booking
    return {
        "job": meeting.job.title,
        "host": meeting.host_name,
        "minutes": str(row.minutes),
        "place": row.place or NOT_SAID,
        "when": meeting_times.said(row.starts_at, zone or "UTC") if row.starts_at else "no time yet",
    }


def _was(meeting: Meeting) -> str:
    row = meeting.booking
    return f"It was to be on {meeting_times.said(row.starts_at, row.zone or 'UTC')}." if row.starts_at else ""


def _name(meeting: Meeting) -> str:
    return meeting.candidate.name or "candidate"


def _signer(db: Session, meeting: Meeting) -> str:
    """Who offered it, else with whom it is."""
    row = meeting.booking
    user = db.get(User, row.created_by) if row.created_by else None
    return user.name if user else meeting.host_name
