"""The work behind the pool: files are kept, read and ranked. Its progress stands where every tab sees it."""

from langchain_core.embeddings import Embeddings

from interview_platform.errors import BadInput, ModelMissing
from interview_platform.services import candidates, overview, smartfilter
from interview_platform.services.access import Actor
from interview_platform.wiring import platform
from interview_platform.workflows import ingest

PROGRESS_SECONDS = 300
"""How long progress is believed without news: longer than one file or one ranking takes."""
WRONG_KIND = "This is not a PDF, Word (.docx) or text file. Save the résumé as PDF and add it again."
TOO_LARGE = "This file is too large. Save it smaller, for instance without pictures, and add it again."
LOST = "This file did not arrive. Check the connection and add it again."
REFUSALS = {"kind": WRONG_KIND, "size": TOO_LARGE, "lost": LOST}
"""Why a file does not come in, by the browser's word for it."""
ENDINGS = (".pdf", ".docx", ".txt")


def progress_of(job_id: str) -> dict[str, object] | None:
    """How far the reading of a job's files is, or None when nothing is being read."""
    return platform().sessions.get(f"reading:{job_id}")


def _note_progress(job_id: str, done: int, total: int) -> None:
    """`done` of `total` files are read; kept where every tab sees it, for as long as one file may take."""
    words = f"Reading file {min(done + 1, total)} of {total}" if done < total else "Ranking candidates"
    held = {"words": words, "percent": round(100 * done / max(1, total))}
    platform().sessions.put(f"reading:{job_id}", held, PROGRESS_SECONDS)


def store(actor: Actor, job_id: str, filename: str, content: bytes) -> str:
    """Keep one uploaded file, to be read; its résumé's id. Raises BadInput with the way out."""
    held = platform()
    if not filename.lower().endswith(ENDINGS):
        raise BadInput(WRONG_KIND)
    if len(content) > held.settings.upload_limit_mb * 1_000_000:
        raise BadInput(TOO_LARGE)
    if not content:
        raise BadInput("This file is empty. Check it on your computer and add it again.")
    with held.db() as db:
        return candidates.add_resume(db, held.blobs, actor, job_id, filename, content).id


def unread(actor: Actor, job_id: str) -> list[str]:
    """Ids of the job's files that are stored and not read."""
    with platform().db() as db:
        return overview.unread(db, actor, job_id)


def read_all(actor: Actor, job_id: str, resume_ids: list[str]) -> None:
    """Read these files and those that arrive meanwhile, then rank. Takes seconds to minutes; runs in a thread."""
    tried: set[str] = set()
    held = platform()
    try:
        while resume_ids:  # files that arrive meanwhile are read in the next turn
            _note_progress(job_id, 0, len(resume_ids))
            ingest.ingest_many(
                held.engine,
                held.blobs,
                held.parser,
                _embeddings(),
                actor,
                job_id,
                resume_ids,
                on_progress=lambda done, total, *_: _note_progress(job_id, done, total),
            )
            tried = {*tried, *resume_ids}
            resume_ids = [one for one in unread(actor, job_id) if one not in tried]
    finally:
        held.sessions.delete(f"reading:{job_id}")


def _embeddings() -> Embeddings | None:
    """None where the model is missing: files are read all the same, and ranked once it is there."""
    try:
        return platform().embeddings
    except ModelMissing:
        return None


def rank(actor: Actor, job_id: str) -> int:
    """Rank the pool anew; how many were ranked. Raises ModelMissing."""
    held = platform()
    with held.db() as db:
        return smartfilter.rank(db, actor, held.embeddings, job_id)
