"""A candidate's way in: signed links, how long they open, and what the candidate agreed to.

The token is itsdangerous' signature over the invite's id; when it ends is in the row, so that a recruiter can extend
or withdraw a link that was already sent. Every refusal tells the candidate what is kept and whom to write to.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer
from sqlmodel import Session, col, select, update

from interview_platform import routes
from interview_platform.errors import (
    BadInput,
    ConsentMissing,
    InviteErased,
    InviteExpired,
    InviteInvalid,
    InviteRevoked,
    InviteUsed,
)
from interview_platform.models import (
    Application,
    Candidate,
    Consent,
    Interview,
    Invite,
    Job,
    Organisation,
    User,
    now,
)
from interview_platform.services import access, audit, erasure
from interview_platform.services.access import WRITERS, Actor, need

CONSENT_VERSION = "4"  # 3: that another tab in front, and pasting, are noted; 4: what is sent to outside services
"""Raise it when the consent text changes in meaning: whoever agreed to an older version is asked again."""
CONSENT_REQUIRED = ("recording", "ai_interviewer")
"""Without these there is no interview; other items (face_analysis, voice_analysis, …) are the candidate's choice."""

MAX_DAYS = 90
LIVE_GRACE = timedelta(hours=4)
"""An interview that has begun is not cut off by its link's end: it may be finished for this long."""
OVER = ("ended", "reported", "failed")
"""Statuses of an interview in which nothing more can be said."""

_NOTHING_LOST = "Nothing was recorded."
_ANSWERS_KEPT = "The answers you have given are kept."


@dataclass(frozen=True)
class Invited:
    """What a valid link opens. `interview` is None only before a plan was made."""

    invite: Invite
    application: Application
    candidate: Candidate
    job: Job
    organisation: Organisation
    interview: Interview | None
    consented: bool
    actor: Actor


def issue(db: Session, actor: Actor, secret: bytes, application_id: str, days: int) -> tuple[Invite, str]:
    """A new link for an application, open for `days`. Raises BadInput, NotAllowed, NotFound."""
    need(actor, WRITERS)
    application = access.application(db, actor, application_id)
    invite = Invite(
        organisation_id=actor.organisation_id,
        application_id=application.id,
        created_by=actor.user_id,
        expires_at=now() + _days(days),
    )
    db.add(invite)
    db.flush()
    audit.record(db, actor, "invite.issued", f"invite:{invite.id}", application_id=application.id, days=days)
    return invite, token_of(secret, invite)


def token_of(secret: bytes, invite: Invite) -> str:
    """The token in the invite's link: the same for the same invite, whatever its end."""
    return str(_signer(secret).dumps(invite.id))


def link_of(secret: bytes, invite: Invite, address: str) -> str:
    """The whole link a candidate opens; `address` is the product's, without a trailing slash."""
    return address + routes.interview(token_of(secret, invite))


def open_link(db: Session, secret: bytes, token: str) -> Invited:
    """What the token opens; the first time is noted in `opened_at`.

    An ended interview still opens, for its last page; see `require_live`. Raises InviteInvalid (unknown or changed),
    InviteRevoked, InviteExpired.
    """
    invite = _invite_behind(db, secret, token)
    interview = db.exec(select(Interview).where(Interview.invite_id == invite.id)).first()
    invited = _invited(db, invite, interview)
    if invite.revoked_at is not None:
        raise InviteRevoked(_refusal(db, invited, "was withdrawn", "ask for a new one"))
    if _is_over(invite, interview):
        raise InviteExpired(_refusal(db, invited, f"ended on {_date(invite.expires_at)}", "ask for more time"))
    _note_opening(db, invited)
    return invited


def open_own(db: Session, secret: bytes, token: str) -> Invited:
    """What the token opens for its candidate's own data: also after the link's end, which closes the interview only.

    Raises InviteInvalid, InviteErased (with the receipt), InviteRevoked: a withdrawn link opens nothing.
    """
    invite = _invite_behind(db, secret, token)
    interview = db.exec(select(Interview).where(Interview.invite_id == invite.id)).first()
    invited = _invited(db, invite, interview)
    if invite.revoked_at is not None:
        raise InviteRevoked(_refusal(db, invited, "was withdrawn", "ask for a new one"))
    return invited


def require_live(invited: Invited) -> Interview:
    """The interview, if something can still be said in it. Raises InviteUsed, InviteInvalid."""
    if invited.interview is None:
        raise InviteInvalid(
            f"Your interview with {invited.organisation.name} is not prepared yet. {_NOTHING_LOST} "
            "Open the link again in a few minutes; if this stays, write to the person who invited you."
        )
    if invited.interview.status in OVER:
        raise InviteUsed(
            f"Your interview with {invited.organisation.name} has ended. {_ANSWERS_KEPT} "
            "There is nothing more to do; write to the person who invited you if something went wrong in it."
        )
    return invited.interview


def revoke(db: Session, actor: Actor, invite_id: str) -> Invite:
    """Withdraw a link at once; twice is the same as once. Raises NotAllowed, NotFound."""
    need(actor, WRITERS)
    invite = access.invite(db, actor, invite_id)
    if invite.revoked_at is None:
        invite.revoked_at = now()
        db.add(invite)
        audit.record(db, actor, "invite.revoked", f"invite:{invite.id}")
    return invite


def extend(db: Session, actor: Actor, invite_id: str, days: int) -> Invite:
    """Keep a link open for `days` more, from now or from its end if that is later.

    Raises BadInput (withdrawn link, days out of range), NotAllowed, NotFound.
    """
    need(actor, WRITERS)
    invite = access.invite(db, actor, invite_id)
    if invite.revoked_at is not None:
        raise BadInput("This link was withdrawn and stays closed. Launch the interview again to send a new one.")
    invite.expires_at = max(invite.expires_at, now()) + _days(days)
    db.add(invite)
    audit.record(db, actor, "invite.extended", f"invite:{invite.id}", days=days)
    return invite


def is_open(invite: Invite) -> bool:
    """Neither withdrawn nor past its end."""
    return invite.revoked_at is None and invite.expires_at > now()


def give_consent(db: Session, invited: Invited, items: dict[str, bool], text: str) -> Consent:
    """Keep what the candidate agreed to and a digest of the exact words shown.

    The same act twice is one row; other choices are a new row, and the newest counts. Raises ConsentMissing when an
    item of CONSENT_REQUIRED is not agreed to, InviteUsed after the end.
    """
    require_live(invited)
    if not all(items.get(name) for name in CONSENT_REQUIRED):
        raise ConsentMissing(
            f"The interview can only start once you agree to the recording and to the AI interviewer. {_NOTHING_LOST} "
            "If you would rather not, write to the person who invited you and ask for another way to apply."
        )
    digest = hashlib.sha256(text.encode()).hexdigest()
    newest = consent_of(db, invited)
    if newest and newest.version == CONSENT_VERSION and newest.text_sha256 == digest and newest.items == items:
        return newest
    consent = Consent(invite_id=invited.invite.id, version=CONSENT_VERSION, text_sha256=digest, items=dict(items))
    db.add(consent)
    db.flush()
    audit.record(db, invited.actor, "consent.given", f"invite:{invited.invite.id}", version=CONSENT_VERSION, **items)
    return consent


def consent_of(db: Session, invited: Invited) -> Consent | None:
    """The newest consent given through this link."""
    return _newest_consent(db, invited.invite.id)


def require_consent(db: Session, invited: Invited) -> Consent:
    """The consent the interview runs on. Raises ConsentMissing."""
    consent = consent_of(db, invited)
    if consent is None or not _covers(consent):
        raise ConsentMissing(
            f"The interview has not started, because you have not agreed to its terms yet. {_NOTHING_LOST} "
            "Open your link again and read the page on consent."
        )
    return consent


def allows(db: Session, interview_id: str, measure: str) -> bool:
    """Whether `measure` (face_analysis | voice_analysis) may run: the organisation uses it and the candidate agreed."""
    interview = db.get(Interview, interview_id)
    organisation = db.get(Organisation, interview.organisation_id) if interview else None
    if interview is None or organisation is None or not getattr(organisation, measure):
        return False
    consent = _newest_consent(db, interview.invite_id)
    return consent is not None and consent.items.get(measure) is True


def _signer(secret: bytes) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt="invite")


def _invite_behind(db: Session, secret: bytes, token: str) -> Invite:
    try:
        invite_id = _signer(secret).loads(token)
    except BadData as error:
        raise InviteInvalid(
            f"This link is incomplete or was changed on its way. {_NOTHING_LOST} Open it straight from the e-mail, or "
            "copy all of it; if that does not help, write to the person who invited you."
        ) from error
    invite = db.get(Invite, str(invite_id))
    receipt = erasure.of_invite(db, str(invite_id)) if invite is None else None
    if receipt is not None:
        raise InviteErased(_erased(receipt), receipt.number, receipt.counts)
    if invite is None:
        raise InviteInvalid(
            "This interview does not exist any more: its data were deleted. Write to the person who invited you if "
            "you want to be interviewed."
        )
    return invite


def _erased(receipt: erasure.Receipt) -> str:
    if receipt.done_at is not None:
        return f"Everything about you was deleted here on {_date(receipt.done_at)}. There is nothing more to do."
    return (
        "Your data are deleted here. Some stored files are still being removed: "
        f"{receipt.why or 'this takes a moment.'} It goes on by itself, until {_date(receipt.due_at)} at the latest."
    )


def _invited(db: Session, invite: Invite, interview: Interview | None) -> Invited:
    application = db.get_one(Application, invite.application_id)
    consent = _newest_consent(db, invite.id)
    return Invited(
        invite=invite,
        application=application,
        candidate=db.get_one(Candidate, application.candidate_id),
        job=db.get_one(Job, application.job_id),
        organisation=db.get_one(Organisation, invite.organisation_id),
        interview=interview,
        consented=consent is not None and _covers(consent),
        actor=Actor(organisation_id=invite.organisation_id, role="candidate", invite_id=invite.id),
    )


def _is_over(invite: Invite, interview: Interview | None) -> bool:
    if interview is not None and interview.status in OVER:
        return False
    begun = interview is not None and interview.status == "live"
    return invite.expires_at + (LIVE_GRACE if begun else timedelta()) <= now()


def _note_opening(db: Session, invited: Invited) -> None:
    if invited.invite.opened_at is not None:
        return
    at = now()
    first = update(Invite).where(col(Invite.id) == invited.invite.id, col(Invite.opened_at).is_(None))
    if db.exec(first.values(opened_at=at)).rowcount:  # only one of two simultaneous openings is the first
        audit.record(db, invited.actor, "invite.opened", f"invite:{invited.invite.id}")
    db.refresh(invited.invite)


def _newest_consent(db: Session, invite_id: str) -> Consent | None:
    query = select(Consent).where(Consent.invite_id == invite_id).order_by(col(Consent.given_at).desc())
    return db.exec(query).first()


def _covers(consent: Consent) -> bool:
    return consent.version == CONSENT_VERSION and all(consent.items.get(name) for name in CONSENT_REQUIRED)


def _refusal(db: Session, invited: Invited, what: str, ask: str) -> str:
    begun = invited.interview is not None and invited.interview.started_at is not None
    return (
        f"Your link to the interview for {invited.job.title} at {invited.organisation.name} {what}. "
        f"{_ANSWERS_KEPT if begun else _NOTHING_LOST} Write to {_recruiter(db, invited.invite)} and {ask}."
    )


def _recruiter(db: Session, invite: Invite) -> str:
    user = db.get(User, invite.created_by) if invite.created_by else None
    return f"{user.name} ({user.email})" if user else "the person who invited you"


def _date(at: datetime) -> str:
    return f"{at.day} {at:%B %Y}"


def _days(days: int) -> timedelta:
    if not 1 <= days <= MAX_DAYS:
        raise BadInput(f"A link can stay open for 1 to {MAX_DAYS} days; you asked for {days}.")
    return timedelta(days=days)
