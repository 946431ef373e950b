"""E-mails: one row per purpose and subject, sent at most once, every failure readable and repeatable.

    queued ──claim──▶ sending ──▶ sent | kept (built-in outbox) | failed ──retry──▶ queued

A row is claimed by a conditional UPDATE, so two workers or a double click cannot send it twice. A row left in
`sending` by a process that died becomes failed at the next start (`recover`): whether it arrived is unknown, so a
person decides.
"""

from __future__ import annotations

import math
from typing import Any

import structlog
from sqlalchemy import Engine
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, func, select, update

from interview_platform.errors import BadInput, NotFound, PlatformError
from interview_platform.models import (
    Application,
    Candidate,
    Interview,
    Invite,
    Message,
    Organisation,
    Question,
    User,
    now,
    session,
)
from interview_platform.ports import Mail, Mailer
from interview_platform.services import access, audit, letters
from interview_platform.services.access import READERS, REVIEWERS, WRITERS, Actor, need
from interview_platform.services.list_query import ListQuery, page_of, somewhere

DECISIONS = ("reject", "follow_up", "next_step")
NO_ADDRESS = "There is no e-mail address for this candidate. Copy the text and send it yourself another way."
INTERRUPTED = (
    "The product stopped while this e-mail was being sent, so it may or may not have arrived. "
    "Ask the candidate, or send it again."
)
DEFAULT_MINUTES = 20  # said in an invite whose interview has no plan yet

_log = structlog.get_logger()


def queue(
    db: Session,
    actor: Actor,
    *,
    dedup_key: str,
    purpose: str,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    calendar: str = "",
    application_id: str | None = None,
) -> Message:
    """The message of this `dedup_key`: new and queued, or the one that is there already, never a second.

    Without `html` it is made from the text. Without an address the message is kept as failed, so that its words can
    still be copied. Raises NotAllowed, NotFound.
    """
    need(actor, REVIEWERS)
    to = "".join(to.split())
    row = Message(
        organisation_id=actor.organisation_id,
        application_id=application_id,
        dedup_key=dedup_key,
        purpose=purpose,
        to_address=to,
        subject=" ".join(subject.split()),
        text=text,
        html=html or letters.page_of(subject, text),
        calendar=calendar,
        status="queued" if to else "failed",
        error="" if to else NO_ADDRESS,
    )
    if _insert(db, row):
        audit.record(db, actor, "message.queued", f"message:{row.id}", purpose=purpose)
    return _by_key(db, actor, dedup_key)


def deliver(engine: Engine, mailer: Mailer, sender: str, message_id: str) -> Message:
    """Send a queued message; any other is returned as it is. Never raises for a failed sending: see `error`.

    Holds no transaction while the mail server is spoken to. Raises NotFound.
    """
    if not _claim(engine, mailer, message_id):
        with session(engine) as db:
            return _existing(db, message_id)
    with session(engine) as db:
        mail = _mail(_existing(db, message_id), sender)
    provider_id, error = _send(mailer, mail, message_id)
    status = "failed" if error else ("sent" if mailer.delivers else "kept")
    return _finish(engine, message_id, status, provider_id, error)


def retry(db: Session, actor: Actor, message_id: str) -> Message:
    """Queue a failed message again, or one that only the built-in outbox kept; `deliver` it afterwards.

    Twice is the same as once. Raises BadInput when it was sent or has no address, NotAllowed, NotFound.
    """
    need(actor, WRITERS)
    row = access.message(db, actor, message_id)
    if row.status == "sent":
        raise BadInput("This e-mail was sent already. It was not sent a second time.")
    if not row.to_address:
        raise BadInput(NO_ADDRESS)
    again = update(Message).where(col(Message.id) == row.id, col(Message.status).in_(("failed", "kept")))
    if db.exec(again.values(status="queued", error="")).rowcount:
        audit.record(db, actor, "message.retried", f"message:{row.id}")
    db.refresh(row)
    return row


def recover(engine: Engine) -> list[str]:
    """At start: fail what a dead process left half sent; the ids still queued, oldest first, to be delivered."""
    with session(engine) as db:
        db.exec(update(Message).where(col(Message.status) == "sending").values(status="failed", error=INTERRUPTED))
        query = select(Message.id).where(Message.status == "queued").order_by(col(Message.created_at))
        return list(db.exec(query))


def listing(db: Session, actor: Actor, query: ListQuery | None = None) -> list[Message]:
    """The organisation's e-mails that the query finds (by address and subject), newest first. Raises NotAllowed."""
    wanted = query or ListQuery()
    newest = (col(Message.created_at).desc(), col(Message.id))
    return list(db.exec(page_of(_found(select(Message), actor, wanted).order_by(*newest), wanted)))


def count(db: Session, actor: Actor, query: ListQuery | None = None) -> int:
    """How many the query finds, on every page. Raises NotAllowed."""
    return int(db.exec(_found(select(func.count()).select_from(Message), actor, query or ListQuery())).one())


def _found(rows: Any, actor: Actor, query: ListQuery) -> Any:
    need(actor, READERS)
    rows = rows.where(Message.organisation_id == actor.organisation_id)
    rows = rows.where(*somewhere(query.search, col(Message.to_address), col(Message.subject)))
    return rows.where(Message.status == query.status) if query.status else rows


def invite_mail(db: Session, actor: Actor, invite: Invite, link: str, *, number: int = 1) -> Message:
    """The mail that carries an interview link. `number` > 1 is a resending, a message of its own."""
    until = invite.expires_at
    return _letter(
        db,
        actor,
        access.application(db, actor, invite.application_id),
        "invite",
        invite_key(invite.id, number),
        link=link,
        until=f"{until.day} {until:%B %Y, %H:%M} UTC",
        minutes=str(_minutes(db, invite)),
    )


def invite_key(invite_id: str, number: int = 1) -> str:
    """`dedup_key` of an invite's n-th mail."""
    return f"invite:{invite_id}:{number}"


def decision_mail(db: Session, actor: Actor, interview_id: str, decision: str, words: str = "") -> Message:
    """The mail that tells a decision (DECISIONS): one per interview and decision.

    `words` is a paragraph written for the candidate; internal notes do not belong here. Raises BadInput, NotFound.
    """
    if decision not in DECISIONS:
        raise BadInput(f"There is no letter for “{decision}”. Choose one of: {', '.join(DECISIONS)}.")
    interview = access.interview(db, actor, interview_id)
    application = access.application(db, actor, interview.application_id)
    return _letter(db, actor, application, decision, f"decision:{interview.id}:{decision}", words=words)


def _letter(
    db: Session, actor: Actor, application: Application, purpose: str, dedup_key: str, **values: str
) -> Message:
    candidate = access.candidate(db, actor, application.candidate_id)
    organisation = db.get_one(Organisation, application.organisation_id)
    name, email = signer(db, actor, organisation)
    letter = letters.write(
        purpose,
        candidate=_greeted(candidate),
        job=access.job(db, actor, application.job_id).title,
        organisation=organisation.name,
        recruiter=name,
        recruiter_email=email,
        **values,
    )
    return queue(
        db,
        actor,
        dedup_key=dedup_key,
        purpose=purpose,
        to=candidate.email,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        application_id=application.id,
    )


def _greeted(candidate: Candidate) -> str:
    return candidate.name or "candidate"


def signer(db: Session, actor: Actor, organisation: Organisation) -> tuple[str, str]:
    """Who signs: the acting person, else somebody of the organisation who can answer."""
    user = db.get(User, actor.user_id) if actor.user_id else None
    if user is None:
        query = select(User).where(User.organisation_id == organisation.id, col(User.disabled).is_(False))
        user = db.exec(query.order_by(col(User.created_at))).first()
    return (user.name, user.email) if user else ("The hiring team", "by replying to this e-mail")


def _minutes(db: Session, invite: Invite) -> int:
    """How long the planned questions take, in steps of 5 minutes."""
    interview = db.exec(select(Interview).where(Interview.invite_id == invite.id)).first()
    if interview is None or not interview.plan:
        return DEFAULT_MINUTES
    minutes = db.exec(select(Question.minutes).where(col(Question.id).in_(interview.plan))).all()
    return max(5, math.ceil(sum(minutes) / 5) * 5)


def _insert(db: Session, row: Message) -> bool:
    """Whether the row went in; False when its key is taken, also by a transaction that was faster."""
    db.flush()
    dialect = postgresql if db.get_bind().dialect.name == "postgresql" else sqlite
    statement = dialect.insert(Message).values(row.model_dump()).on_conflict_do_nothing(index_elements=["dedup_key"])
    return db.execute(statement.returning(col(Message.id))).first() is not None


def _by_key(db: Session, actor: Actor, dedup_key: str) -> Message:
    row = db.exec(select(Message).where(Message.dedup_key == dedup_key)).one()
    return access.message(db, actor, row.id)


def _existing(db: Session, message_id: str) -> Message:
    row = db.get(Message, message_id)
    if row is None:
        raise NotFound("This e-mail does not exist any more.")
    return row


def _claim(engine: Engine, mailer: Mailer, message_id: str) -> bool:
    """Take a queued message; False when it is somebody else's or done."""
    with session(engine) as db:
        mine = update(Message).where(col(Message.id) == message_id, col(Message.status) == "queued")
        return bool(db.exec(mine.values(status="sending", transport=mailer.name, error="")).rowcount)


def _mail(row: Message, sender: str) -> Mail:
    domain = sender.rpartition("@")[2].strip("> ") or "localhost"
    return Mail(f"{row.id}@{domain}", sender, row.to_address, row.subject, row.text, row.html, row.calendar)


def _send(mailer: Mailer, mail: Mail, message_id: str) -> tuple[str, str]:
    """(provider's id, "") or ("", what went wrong, for the recruiter)."""
    try:
        return mailer.send(mail), ""
    except PlatformError as error:
        return "", str(error) or "The e-mail could not be sent. It is kept; try again."
    except Exception as error:  # a message must never stay in `sending` while the process lives
        _log.error("mail_failed", message_id=message_id, transport=mailer.name, error=type(error).__name__)
        return "", "The e-mail could not be sent because of a fault on our side. It is kept; try again."


def _finish(engine: Engine, message_id: str, status: str, provider_id: str, error: str) -> Message:
    with session(engine) as db:
        row = _existing(db, message_id)
        row.status, row.provider_id, row.error = status, provider_id[:200], error
        row.sent_at = now() if status == "sent" else None
        db.add(row)
        audit.record(db, access.system(row.organisation_id), f"message.{status}", f"message:{row.id}")
    return row
