"""The work behind the pool: files are kept, read and ranked. Its progress stands where every tab sees it."""

from interview_platform.errors import BadInput
from interview_platform.services import candidates, intake
from interview_platform.services.access import Actor
from interview_platform.states.words import count
from interview_platform.wiring import platform
from interview_platform.workflows.ingest import Ingested, Progress

WRONG_KIND = (
    "This is not a résumé file we can read. Save it as PDF, Word (.docx), OpenDocument (.odt), RTF or plain text "
    "and add it again."
)
TOO_LARGE = "This file is too large. Save it smaller, for instance without pictures, and add it again."
LOST = "This file did not arrive. Check the connection and add it again."
UNREADABLE = "Your browser could not open this file. Copy it to another folder and add it again."
REFUSALS = {"kind": WRONG_KIND, "size": TOO_LARGE, "lost": LOST, "unreadable": UNREADABLE}
"""Why a file does not come in, by the browser's word for it."""
ENDINGS = (".pdf", ".docx", ".odt", ".rtf", ".txt")


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


def pause(actor: Actor, job_id: str, on: bool) -> None:
    """Stop the reading after the files under way, or let it go on."""
    with platform().db() as db:
        intake.set_paused(db, actor, job_id, on)


def progress_of(job_id: str) -> Progress | None:
    """How far the reading of a job's files is, or None when nothing is being read."""
    return platform().intake.progress(job_id)


def read_all(actor: Actor, job_id: str) -> Ingested | None:
    """Read the files that wait and rank the pool; None where that is under way. Seconds to minutes; for a thread."""
    return platform().intake.run(actor, job_id)


def rank(actor: Actor, job_id: str) -> int:
    """Rank the pool anew; how many were ranked. Raises ModelMissing."""
    return platform().intake.rank(actor, job_id)


def progress_words(held: Progress) -> str:
    """What is being done and how long it will take: "Reading file 12 of 500 · 3 failed · about 4 min left"."""
    words = "Ranking the candidates read so far" if held.ranking and held.done < held.total else ""
    if not words:
        words = f"Reading file {held.done + 1} of {held.total}" if held.done < held.total else "Ranking candidates"
    failed = f"{held.failed} could not be read" if held.failed else ""
    return " · ".join(part for part in (words, failed, _left(held)) if part)


def _left(held: Progress) -> str:
    if held.left_seconds is None or held.done >= held.total:
        return ""
    if held.left_seconds < 60:
        return "less than a minute left"
    return f"about {count(round(held.left_seconds / 60), 'minute')} left"
