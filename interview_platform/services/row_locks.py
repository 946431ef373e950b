"""Rows held by a transaction until it ends, so that of two people who act at once one acts after the other."""

from __future__ import annotations

from sqlmodel import Session, col, update

from interview_platform.models import Application
from interview_platform.services import access
from interview_platform.services.access import Actor


def application(db: Session, actor: Actor, application_id: str) -> Application:
    """The application as it is now, held (a row on Postgres, the database on SQLite). Raises NotFound."""
    held = access.application(db, actor, application_id)
    same = update(Application).where(col(Application.id) == held.id).values(stage=Application.stage)
    db.exec(same.execution_options(synchronize_session=False))
    db.refresh(held)
    return held
