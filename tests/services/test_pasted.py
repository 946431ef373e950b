"""Pasted text is an event in the audit log, and nothing else."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from interview_platform.errors import NotFound
from interview_platform.models import AuditEvent, session
from interview_platform.services import pasted
from tests import builders


def test_a_paste_is_noted_with_its_length_and_without_its_words(engine: Engine) -> None:
    with session(engine) as db:
        _, actor = builders.recruiter(db)
        job = builders.job(db, actor)
        row = builders.interview(db, actor, builders.application(db, actor, job), [builders.question(db, job).id])
        pasted.note(db, row.id, 120)
        db.flush()
        (event,) = db.exec(select(AuditEvent).where(AuditEvent.action == "answer.pasted")).all()
    assert (event.subject, event.detail) == (f"interview:{row.id}", {"characters": 120})
    assert event.actor.startswith("invite:")


def test_a_paste_of_no_interview_is_refused(engine: Engine) -> None:
    with session(engine) as db, pytest.raises(NotFound):
        pasted.note(db, "made-up", 3)
