"""Read-only links to one report: signed, with an end, withdrawn at once, every opening counted.

Like an invite's, the token is a signature over the row's id; when it ends is in the row. A link for a reader shows the
report without contact, notes and recording; one for the candidate shows it in plain language.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from itsdangerous import BadData, URLSafeSerializer
from sqlmodel import Session, col, select

from interview_platform.errors import BadInput, NotFound
from interview_platform.models import Interview, Organisation, ReportLink, now
from interview_platform.services import access, audit, reports
from interview_platform.services.access import READERS, WRITERS, Actor, need
from interview_platform.services.report_plain import PlainReport, plain
from interview_platform.services.report_view import ReportView

READER, CANDIDATE = "reader", "candidate"
MOST_DAYS = 60
_GONE = (
    "This link does not open a report. It may have ended or been withdrawn. Ask the person who sent it for a new one."
)


@dataclass(frozen=True)
class Shared:
    """What a link opens: `report` for a reader, `plain` for the candidate; the other is None."""

    organisation: str
    link: ReportLink
    report: ReportView | None = None
    plain: PlainReport | None = None


def issue(
    db: Session, actor: Actor, secret: bytes, interview_id: str, days: int, audience: str = READER
) -> tuple[ReportLink, str]:
    """A new link and its token, open for `days`. Raises BadInput, NotAllowed, NotFound."""
    need(actor, WRITERS)
    interview = access.interview(db, actor, interview_id)
    if audience not in (READER, CANDIDATE):
        raise BadInput("Choose whom the link is for. No link was made.")
    if not 1 <= days <= MOST_DAYS:
        raise BadInput(f"A link can be open for 1 to {MOST_DAYS} days. No link was made.")
    view = reports.view(db, actor, interview_id)
    if view.status != "ready" or view.provisional or view.hidden:
        raise BadInput("Only a final report that you have read can be shared. No link was made.")
    row = ReportLink(
        organisation_id=actor.organisation_id,
        interview_id=interview.id,
        created_by=actor.user_id,
        audience=audience,
        expires_at=now() + timedelta(days=days),
    )
    db.add(row)
    db.flush()
    audit.record(db, actor, "report.shared", f"interview:{interview.id}", link=row.id, days=days, audience=audience)
    return row, token_of(secret, row)


def token_of(secret: bytes, link: ReportLink) -> str:
    """The token in the link's address."""
    return str(_signer(secret).dumps(link.id))


def listing(db: Session, actor: Actor, interview_id: str) -> list[ReportLink]:
    """The links to one interview's report, newest first. Raises NotFound, NotAllowed."""
    need(actor, READERS)
    interview = access.interview(db, actor, interview_id)
    query = select(ReportLink).where(ReportLink.interview_id == interview.id)
    return list(db.exec(query.order_by(col(ReportLink.created_at).desc())))


def revoke(db: Session, actor: Actor, link_id: str) -> ReportLink:
    """Withdraw a link at once; twice is once. Raises NotFound, NotAllowed."""
    need(actor, WRITERS)
    row = db.get(ReportLink, link_id)
    if row is None or row.organisation_id != actor.organisation_id:
        raise NotFound("This link does not exist, or is not yours to withdraw.")
    if row.revoked_at is None:
        row.revoked_at = now()
        db.add(row)
        audit.record(db, actor, "report.unshared", f"interview:{row.interview_id}", link=row.id)
    return row


def is_open(link: ReportLink) -> bool:
    """Whether it opens now."""
    return link.revoked_at is None and link.expires_at > now()


def open_link(db: Session, secret: bytes, token: str) -> Shared:
    """What the token opens; the opening is counted. Raises NotFound, the same for every reason."""
    link = _behind(db, secret, token)
    interview = db.get(Interview, link.interview_id) if link else None
    organisation = db.get(Organisation, link.organisation_id) if link else None
    if link is None or interview is None or organisation is None or not is_open(link):
        raise NotFound(_GONE)
    view = reports.seen(db, interview, secret)
    if view.status != "ready":
        raise NotFound(_GONE)
    link.opened, link.opened_at = link.opened + 1, now()
    db.add(link)
    reader = access.system(link.organisation_id)
    audit.record(db, reader, "report.opened_by_link", f"interview:{interview.id}", link=link.id)
    if link.audience == CANDIDATE:
        return Shared(organisation.name, link, plain=plain(view, organisation.candidate_levels))
    return Shared(organisation.name, link, report=_for_readers(view))


def _for_readers(view: ReportView) -> ReportView:
    """Without contact, colleagues' notes, and the recording."""
    bare = replace(view, candidate_email="", recording_key="", captions="", flags=(), comments=(), decisions=())
    bare = replace(bare, signals=(), series=(), ratings=(), disagreements=(), agreement=None)
    return replace(bare, events=(), asked=(), wording=())


def _behind(db: Session, secret: bytes, token: str) -> ReportLink | None:
    try:
        link_id = _signer(secret).loads(token)
    except BadData:
        return None
    return db.get(ReportLink, link_id) if isinstance(link_id, str) else None


def _signer(secret: bytes) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt="report link")
