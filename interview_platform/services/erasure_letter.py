"""The receipt's e-mail: written while there is an address, and gone with it."""

from __future__ import annotations

from sqlmodel import Session

from interview_platform.models import Candidate, Erasure, Message, Organisation
from interview_platform.services import access, erasure, letters, notifications

PURPOSE = "erasure"


def queue(db: Session, row: Erasure) -> Message | None:
    """The mail of a deletion that somebody asked for; None where nobody did, or there is no address."""
    if row.scope != erasure.PERSON or row.reason not in ("candidate", "recruiter"):
        return None
    people = [db.get(Candidate, one) for one in row.roots.get("candidate", [])]
    person = next((one for one in people if one is not None and one.email), None)
    if person is None:
        return None
    _, counts = erasure.inventory(db, row)
    actor = access.system(row.organisation_id)
    name, email = notifications.signer(db, actor, db.get_one(Organisation, row.organisation_id))
    letter = letters.write(
        PURPOSE,
        candidate=person.name or "candidate",
        organisation=db.get_one(Organisation, row.organisation_id).name,
        number=row.id,
        counts="\n".join(f"{kind}: {number}" for kind, number in sorted(counts.items())),
        due=f"{row.due_at.day} {row.due_at:%B %Y}",
        recruiter=name,
        recruiter_email=email,
    )
    application = erasure.first_application(db, row)
    return notifications.queue(
        db,
        actor,
        dedup_key=f"erasure:{row.id}",
        purpose=PURPOSE,
        to=person.email,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        application_id=application,
    )


def again(db: Session, mail: Message) -> None:
    """A mail that failed waits for the next round."""
    row = db.get_one(Message, mail.id)
    row.status = "queued"
    db.add(row)
