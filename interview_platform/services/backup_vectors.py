"""Vectors after a restore: those of what was there before are forgotten, those of the restored résumés computed."""

from __future__ import annotations

from collections.abc import Callable

from langchain_core.embeddings import Embeddings
from sqlmodel import Session, col, select

from interview_platform.models import Candidate, Organisation, Resume
from interview_platform.ports import Vectors
from interview_platform.services import pool_index


def forget(vectors: Vectors) -> int:
    """Delete every stored vector; how many. Raises ServiceUnavailable."""
    gone = 0
    for space in vectors.all_spaces():
        keys = sorted(vectors.keys(space))
        vectors.delete(space, keys)
        gone += len(keys)
    return gone


def rebuild(
    db: Session, embeddings: Embeddings, vectors: Vectors, on_progress: Callable[[int, int], None] | None = None
) -> int:
    """Make every organisation's read résumés ready to be ranked; how many. `on_progress(done, total)` of one
    organisation's. Commits in between."""
    pool_index.forget()
    made = 0
    for organisation_id in list(db.exec(select(Organisation.id).order_by(Organisation.id))):
        query = select(Resume.id, Resume.sha256).join(Candidate, col(Candidate.id) == Resume.candidate_id)
        query = query.where(Resume.organisation_id == organisation_id, Resume.status == "parsed")
        marks = dict(db.exec(query.where(col(Candidate.merged_into).is_(None))).all())
        if marks:
            kind = pool_index.kind_of(db, organisation_id, embeddings)
            made += len(pool_index.ready(db, kind, embeddings, vectors, marks, on_progress).places)
    return made
