"""The work behind the pool: files are kept, read and ranked. Its progress stands where every tab sees it."""

from collections.abc import Callable

from interview_platform.errors import BadInput
from interview_platform.services import candidates, intake, second_look, talent_list, talent_pool
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
HOLD_SECONDS = 600
"""How long a second look holds others off, should its process end before it is done."""
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


def look_again(actor: Actor, job_id: str, on_progress: Callable[[int, int], None]) -> int:
    """The language model's second look at the first of a pool; at how many. Seconds to minutes; for a thread.

    Raises BadInput without a model, while another look is under way or before a ranking; ServiceUnavailable.
    """
    held = platform()
    reranker = held.reranker
    if reranker is None:
        raise BadInput(why_no_second_look())
    key = f"second-look:{job_id}"
    if held.sessions.get(key):
        raise BadInput("Somebody is having a second look at this pool just now. It takes a minute or two.")
    held.sessions.put(key, {"by": actor.user_id or ""}, HOLD_SECONDS)
    try:
        with held.db() as db:
            asked = second_look.ask(db, actor, job_id)
        made = second_look.grade(reranker, asked, on_progress)
        with held.db() as db:
            return second_look.keep(db, actor, job_id, reranker.label, asked, made)
    finally:
        held.sessions.delete(key)


def second_look_by() -> str:
    """The model that would look again, as shown to people; "" without one."""
    reranker = platform().reranker
    return reranker.label if reranker is not None else ""


def why_no_second_look() -> str:
    """Why nobody can look again, and the way out."""
    if platform().llm_label:
        return "The language model is set to word follow-ups only. LLM_USE=decisions lets it have a second look."
    return (
        "No language model is set up, and none is needed for ranking. To have one look again at the best 20, set "
        "GOOGLE_API_KEY, or LLM and LLM_BASE_URL, and start the platform anew. Settings shows what is on."
    )


def best_for(actor: Actor, job_id: str) -> list[talent_pool.Talent]:
    """The organisation's best people for a job who are not in its pool. Seconds; for a thread. Raises ModelMissing."""
    held = platform()
    embeddings, vectors = held.embeddings, held.vectors
    with held.db() as db:
        return talent_pool.talent(db, actor, embeddings, vectors, job_id)


def consider(actor: Actor, job_id: str, people: list[str]) -> tuple[int, str]:
    """Add people to a job's pool: how many were new to it, and the job's title. Raises BadInput, NotFound."""
    with platform().db() as db:
        return talent_pool.take(db, actor, job_id, people), talent_list.title_of(db, actor, job_id)


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
