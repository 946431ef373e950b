"""Who belongs to an organisation, in which role: owners invite, change roles, switch off; one owner always stays."""

from __future__ import annotations

from datetime import timedelta

from itsdangerous import BadData, URLSafeSerializer
from sqlmodel import Session, col, select, update
from sqlmodel.sql.expression import SelectOfScalar

from interview_platform import routes
from interview_platform.errors import BadInput, NotFound
from interview_platform.models import Organisation, SecondFactor, TeamInvite, User, new_id, now
from interview_platform.ports import Mail, Sessions
from interview_platform.services import access, accounts, audit, letters, limits, sign_ins
from interview_platform.services.access import OWNERS, READERS, ROLES, Actor, need

DAYS = 7
GONE = "This invitation does not open: it was used, withdrawn, or is older than a week. Ask for a new one."
LAST_OWNER = "Somebody has to stay an owner who can sign in. Make a colleague an owner first; nothing was changed."


def people(db: Session, actor: Actor) -> list[User]:
    """Everybody of the organisation, owners first. Raises NotAllowed."""
    need(actor, READERS)
    rows = db.exec(select(User).where(User.organisation_id == actor.organisation_id))
    return sorted(rows, key=lambda user: (user.disabled, ROLES.index(user.role), user.name.casefold()))


def with_second_factor(db: Session, actor: Actor) -> set[str]:
    """Ids of the people who use one. Raises NotAllowed."""
    need(actor, OWNERS)
    query = select(SecondFactor.user_id).join(User, col(User.id) == SecondFactor.user_id)
    mine = query.where(User.organisation_id == actor.organisation_id, col(SecondFactor.confirmed_at).is_not(None))
    return set(db.exec(mine))


def waiting(db: Session, actor: Actor) -> list[TeamInvite]:
    """Invitations that are still open, the newest first. Raises NotAllowed."""
    need(actor, OWNERS)
    query = _open().where(TeamInvite.organisation_id == actor.organisation_id)
    return list(db.exec(query.order_by(col(TeamInvite.created_at).desc())))


def invite(db: Session, sessions: Sessions, actor: Actor, email: str, role: str) -> TeamInvite:
    """Ask an address to join. Whether it signs in elsewhere is not told. Raises BadInput, NotAllowed, TooMany."""
    need(actor, OWNERS)
    email = email.strip().lower()
    if role not in ROLES:
        raise BadInput("Choose a role. Nobody was invited.")
    if not 3 <= len(email) <= 320 or email.count("@") != 1 or any(letter.isspace() for letter in email):
        raise BadInput("Type the whole e-mail address. Nobody was invited.")
    if any(user.email == email for user in people(db, actor)):
        raise BadInput("This address already belongs to a colleague. Nobody was invited.")
    limits.spend(sessions, "team-letters", limits.TEAM_LETTERS, actor.organisation_id)
    again = _open().where(TeamInvite.organisation_id == actor.organisation_id, TeamInvite.email == email)
    for older in db.exec(again):
        older.revoked_at = now()
    row = TeamInvite(
        organisation_id=actor.organisation_id,
        invited_by=actor.user_id,
        email=email,
        role=role,
        expires_at=now() + timedelta(days=DAYS),
    )
    db.add(row)
    db.flush()
    audit.record(db, actor, "colleague.invited", f"team_invite:{row.id}", role=role)
    return row


def link(secret: bytes, row: TeamInvite, address: str) -> str:
    """The whole link; `address` is the product's, without a trailing slash."""
    return address + routes.join(str(_signer(secret).dumps(row.id)))


def letter(db: Session, actor: Actor, row: TeamInvite, link: str) -> Mail:
    """The letter that carries the link; it is sent, not kept: its link makes an account. Raises NotAllowed."""
    need(actor, OWNERS)
    user, organisation = accounts.user_and_organisation(db, actor)
    words = letters.write("join", organisation=organisation.name, inviter=user.name, link=link)
    return Mail(f"{new_id()}@interview-platform", "", row.email, words.subject, words.text, words.html)


def withdraw(db: Session, actor: Actor, invite_id: str) -> None:
    """Take an invitation back; twice is once. Raises NotFound, NotAllowed."""
    need(actor, OWNERS)
    row = access.team_invite(db, actor, invite_id)
    if row.revoked_at is None and row.accepted_at is None:
        row.revoked_at = now()
        db.add(row)
        audit.record(db, actor, "colleague.invite_withdrawn", f"team_invite:{row.id}")


def opened(db: Session, secret: bytes, token: str) -> tuple[TeamInvite, Organisation]:
    """What a token invites to. Raises NotFound."""
    try:
        invite_id = str(_signer(secret).loads(token))
    except BadData:
        raise NotFound(GONE) from None
    row = db.exec(_open().where(TeamInvite.id == invite_id)).first()
    organisation = db.get(Organisation, row.organisation_id) if row else None
    if row is None or organisation is None:
        raise NotFound(GONE)
    return row, organisation


def accept(db: Session, secret: bytes, token: str, name: str, password: str) -> User:
    """Make the account the invitation is for; once. Raises NotFound, BadInput."""
    row, _ = opened(db, secret, token)
    name = " ".join(name.split())
    if not 1 <= len(name) <= 200:
        raise BadInput("Type your name as colleagues shall see it.")
    user = accounts.add_user(db, row.organisation_id, row.email, name, password, row.role)
    once = update(TeamInvite).where(col(TeamInvite.id) == row.id, col(TeamInvite.accepted_at).is_(None))
    if not db.exec(once.values(accepted_at=now())).rowcount:
        raise NotFound(GONE)
    audit.record(db, accounts.actor_from(user), "colleague.joined", f"user:{user.id}", role=row.role)
    return user


def change_role(db: Session, actor: Actor, user_id: str, role: str) -> User:
    """Another role for a colleague. Raises BadInput (unknown role, the last owner), NotFound, NotAllowed."""
    need(actor, OWNERS)
    if role not in ROLES:
        raise BadInput("There is no such role. Nothing was changed.")
    user = access.user(db, actor, user_id)
    if user.role != role:
        _keep_an_owner(db, actor, user, stays=role == "owner")
        before, user.role = user.role, role
        db.add(user)
        audit.record(db, actor, "colleague.role_changed", f"user:{user.id}", before=before, after=role)
    return user


def switch(db: Session, sessions: Sessions, actor: Actor, user_id: str, disabled: bool) -> User:
    """Let a colleague in no more, at once and everywhere, or again. Raises BadInput, NotFound, NotAllowed."""
    need(actor, OWNERS)
    user = access.user(db, actor, user_id)
    if disabled:
        _keep_an_owner(db, actor, user, stays=False)
        sign_ins.end_all(db, sessions, user.id)
    if user.disabled != disabled:
        user.disabled = disabled
        db.add(user)
        audit.record(db, actor, "colleague.disabled" if disabled else "colleague.enabled", f"user:{user.id}")
    return user


def _keep_an_owner(db: Session, actor: Actor, changed: User, stays: bool) -> None:
    """Raises BadInput when the change would leave no owner; the rows are locked, so that two changes at once cannot."""
    query = select(User).where(User.organisation_id == actor.organisation_id, User.role == "owner")
    others = [row for row in db.exec(query.with_for_update()) if row.id != changed.id and not row.disabled]
    if changed.role == "owner" and not stays and not others:
        raise BadInput(LAST_OWNER)


def _open() -> SelectOfScalar[TeamInvite]:
    return select(TeamInvite).where(
        TeamInvite.expires_at > now(), col(TeamInvite.revoked_at).is_(None), col(TeamInvite.accepted_at).is_(None)
    )


def _signer(secret: bytes) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt="team-invite")
