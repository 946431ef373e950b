"""From stored files to a ranked pool: read each file, go on past those that cannot be read, then rank."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

import structlog
from langchain_core.embeddings import Embeddings
from sqlalchemy import Engine

from interview_platform.errors import PlatformError
from interview_platform.models import Resume, session
from interview_platform.ports import Blobs, ResumeParser
from interview_platform.services import candidates, smartfilter
from interview_platform.services.access import Actor

_WORKERS = 2
FAULT = "Something went wrong on our side while reading this file. It is kept; upload it again to have it read."
NOT_RANKED = "The résumés are read and kept, but they could not be ranked. Rank the pool again later."
_log = structlog.get_logger()

Progress = Callable[[int, int, str, str], None]
"""done, total, the file's name, and what is wrong with it ("" when it was read)."""


@dataclass(frozen=True)
class Ingested:
    """What came of it. `ranking_error` is for the recruiter; the files that were read are kept in any case."""

    read: int
    failed: int
    ranked: int
    ranking_error: str = ""


def ingest_many(
    engine: Engine,
    blobs: Blobs,
    parser: ResumeParser,
    embeddings: Embeddings | None,
    actor: Actor,
    job_id: str,
    resume_ids: Sequence[str],
    on_progress: Progress | None = None,
) -> Ingested:
    """Read the files two at a time, then rank the job's pool (not without `embeddings`). Never raises for a file."""
    read = 0
    with ThreadPoolExecutor(_WORKERS, thread_name_prefix="ingest") as pool:
        started = [pool.submit(_read, engine, blobs, parser, resume_id) for resume_id in resume_ids]
        for done, future in enumerate(as_completed(started), start=1):
            filename, error = future.result()
            read += not error
            if on_progress:
                on_progress(done, len(started), filename, error)
    ranked, ranking_error = _rank(engine, embeddings, actor, job_id)
    return Ingested(read, len(started) - read, ranked, ranking_error)


def _read(engine: Engine, blobs: Blobs, parser: ResumeParser, resume_id: str) -> tuple[str, str]:
    """The file's name and what is wrong with it ("" when it was read)."""
    try:
        row = candidates.ingest(engine, blobs, resume_id, parser)
    except Exception:
        _log.exception("resume_not_read", resume_id=resume_id)
        row = _given_up(engine, resume_id)
    return (row.filename, row.error) if row else ("", FAULT)


def _given_up(engine: Engine, resume_id: str) -> Resume | None:
    try:
        return candidates.give_up(engine, resume_id, FAULT)
    except PlatformError:  # removed meanwhile
        return None


def _rank(engine: Engine, embeddings: Embeddings | None, actor: Actor, job_id: str) -> tuple[int, str]:
    if embeddings is None:
        return 0, NOT_RANKED
    try:
        with session(engine) as db:
            return smartfilter.rank(db, actor, embeddings, job_id), ""
    except PlatformError as error:
        return 0, str(error)
    except Exception:
        _log.exception("pool_not_ranked", job_id=job_id)
        return 0, NOT_RANKED
