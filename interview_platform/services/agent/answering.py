"""Answers to candidates' questions, from the job, the company page, the FAQs and the recruiter's material only.

What is said stands in a source, word for word, with the source named before it. Changed rows are noticed at the next
question: their number and newest times are compared, and only a scope that changed is read again.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Sequence
from functools import partial

import structlog
from langchain_core.embeddings import Embeddings
from langchain_core.vectorstores import VectorStore
from sqlalchemy import Engine
from sqlmodel import Session, func, select
from sqlmodel.sql.expression import SelectOfScalar

from interview_platform.errors import PlatformError
from interview_platform.models import Application, Interview, Job, Material, Organisation, session
from interview_platform.ports import Grounded, Vectors
from interview_platform.services.agent import asides, asking, bank, passages
from interview_platform.services.agent.answer_finder import Finder
from interview_platform.services.agent.answer_options import Weigher
from interview_platform.services.agent.answerability import NOTHING, Finding
from interview_platform.services.agent.passages import Piece
from interview_platform.services.agent.retrieval import Library, Remembered

MOST_WORDS = 45
FAQ = "faq"
UNCLEAR = "No source clearly answers this; the nearest was quoted."
_AROUND = len(max(asides.NEAREST, key=len).split()) + len(max(asides.PASSED, key=len).split())
"""Words that are said before and after the nearest sentence."""
_MOST_SCOPES = 400
_log = structlog.get_logger()


class Sources:
    """`Answerer` over the database's rows. Safe between threads."""

    def __init__(
        self,
        engine: Engine,
        embeddings: Embeddings,
        store: VectorStore | None = None,
        vectors: Vectors | None = None,
        reader: Weigher | None = None,
    ) -> None:
        """`store` keeps passages between starts (it must embed by `embeddings`), `vectors` those of known questions.

        Without them both are computed at every start; without a `reader` the rules decide alone.
        """
        self._engine = engine
        self.library = Library(Remembered(embeddings, vectors=vectors), store)
        self._finder = Finder(self.library, reader)
        self._stamps: dict[str, object] = {}
        self._lock = threading.Lock()

    def warm(self) -> None:
        """Compute what the first question would wait for: the FAQs' and the topics' vectors."""
        self._put(FAQ, "shipped", lambda: passages.of_faqs(bank.faqs(), asking.wordings()))
        self._finder.warm([FAQ])

    def answer(self, interview_id: str, question: str) -> Grounded:
        """The answer, or none with the reason. With both, a part is answered and the reason is for the rest."""
        try:
            with session(self._engine) as db:
                scopes, names = self._scopes(db, interview_id)
            return reply(self._finder, question, scopes, names)
        except PlatformError as error:
            _log.warning("question_not_looked_up", interview_id=interview_id, why=str(error))
            return Grounded("", reason=f"The sources could not be read: {error}")
        except Exception:
            _log.exception("question_not_looked_up", interview_id=interview_id)
            return Grounded("", reason="The sources could not be read.")

    def _scopes(self, db: Session, interview_id: str) -> tuple[list[str], list[str]]:
        """The scopes of an interview, each up to date, and the names that ask for nothing."""
        self._put(FAQ, "shipped", lambda: passages.of_faqs(bank.faqs(), asking.wordings()))
        interview = db.get(Interview, interview_id)
        application = db.get(Application, interview.application_id) if interview else None
        job = db.get(Job, application.job_id) if application else None
        return self._of_job(db, job) if job is not None else ([FAQ], [])

    def answer_for(self, job_id: str, question: str) -> Grounded:
        """As `answer`, for a person of the organisation who tries a question on a job. Raises what reading raises."""
        with session(self._engine) as db:
            job = db.get(Job, job_id)
            self._put(FAQ, "shipped", lambda: passages.of_faqs(bank.faqs(), asking.wordings()))
            scopes, names = self._of_job(db, job) if job is not None else ([FAQ], [])
        return reply(self._finder, question, scopes, names)

    def _of_job(self, db: Session, job: Job) -> tuple[list[str], list[str]]:
        employer = db.get(Organisation, job.organisation_id)
        if employer is None:
            return [FAQ], []
        scopes = [FAQ, f"job:{job.id}", f"company:{employer.id}"]
        self._put(scopes[1], _job_stamp(job), lambda: passages.of_job(job))
        self._put(scopes[2], (employer.about, employer.values), lambda: passages.of_company(employer))
        for job_id in (job.id, None):
            scope = f"material:{job_id or employer.id}"
            query = _live(employer.id, job_id)
            stamp = db.execute(query.with_only_columns(func.count(), func.max(Material.created_at))).one()
            self._put(scope, tuple(stamp), partial(_pieces, db, query))
            scopes.append(scope)
        return scopes, [job.title, employer.name]

    def _put(self, scope: str, stamp: object, read: Callable[[], list[Piece]]) -> None:
        """Read the scope again when its stamp is another than last time."""
        with self._lock:
            if self._stamps.get(scope) != stamp:
                self.library.put(scope, read())
                self._stamps[scope] = stamp


def _job_of(db: Session, interview_id: str) -> Job | None:
    interview = db.get(Interview, interview_id)
    application = db.get(Application, interview.application_id) if interview else None
    return db.get(Job, application.job_id) if application else None


def _job_stamp(job: Job) -> tuple[object, ...]:
    return (
        job.title,
        job.description,
        job.location,
        job.level,
        tuple(job.required_skills),
        tuple(job.preferred_skills),
        str(job.conditions),
    )


def _live(organisation_id: str, job_id: str | None) -> SelectOfScalar[Material]:
    return select(Material).where(
        Material.organisation_id == organisation_id, Material.job_id == job_id, Material.status == "live"
    )


def _pieces(db: Session, query: SelectOfScalar[Material]) -> list[Piece]:
    return [piece for row in db.exec(query) for piece in passages.of_material(row)]


# --- what is said --------------------------------------------------------------------------------------------------


def reply(finder: Finder, question: str, scopes: Sequence[str], names: Sequence[str] = ()) -> Grounded:
    """The answer to everything that was asked at once; parts without a source stay as the reason."""
    findings: list[tuple[str, Finding]] = []
    for part in asking.parts(question):
        hangs = bool(findings) and findings[-1][1].piece is None and asking.leans(part)
        findings.append((part, Finding(reason=NOTHING) if hangs else finder.find(part, scopes, names)))
    held = list({one.piece.id: one for _, one in findings if one.piece is not None and not one.nearest}.values())
    open_parts = [(part, one) for part, one in findings if one.piece is None or one.nearest]
    if not held and (quoted := _nearest([one for _, one in open_parts])) is not None:
        return quoted
    if not held:
        looked = [found.piece.as_passage(found.score) for _, one in findings for found in one.looked_at]
        reason = open_parts[0][1].reason if open_parts else "No question was understood."
        return Grounded("", tuple(looked[:3]), reason)
    said, used = _spoken(held)
    left = [f"No source answers “{part}”" for part, _ in open_parts]
    left += [f"No room was left for {one.piece.title}" for one in held if one not in used and one.piece]
    stands = tuple(one.piece.as_passage(min(1.0, one.score)) for one in used if one.piece)
    return Grounded(said, stands, "; ".join(left))


def _spoken(findings: Sequence[Finding]) -> tuple[str, list[Finding]]:
    """The findings as they are said, in at most 45 words, and those that had room."""
    said: list[str] = []
    used: list[Finding] = []
    for one in findings:
        assert one.piece is not None
        room = MOST_WORDS - _count(" ".join(said))
        before = _named(one.piece)
        text = _within(one.sentences, room - _count(before))
        if text:
            said.append(f"{before} {text}")
            used.append(one)
    return " ".join(said), used


def _nearest(findings: Sequence[Finding]) -> Grounded | None:
    """The nearest that a source says, where it can be said in few words."""
    for one in findings:
        if one.piece is None or not one.nearest:
            continue
        before = _named(one.piece)
        text = _within(one.sentences, MOST_WORDS - _AROUND - _count(before))
        if text:
            stands = (one.piece.as_passage(min(1.0, one.score)),)
            return Grounded(f"{before} {text}", stands, one.reason or UNCLEAR, nearest=True)
    return None


def _named(piece: Piece) -> str:
    """How the source is named before its words."""
    if piece.source == "job":
        return "The job description says:"
    if piece.source == "company":
        return "The company page says:"
    if piece.source == "faq":
        return f"From the page about {piece.title[:1].lower()}{piece.title[1:]}:"
    return f"From “{_shortened(piece.title, 8)}”:"


def _within(sentences: Sequence[str], room: int) -> str:
    """Whole sentences, the first ones, that fit; a sentence that is too long alone is cut at a comma or semicolon."""
    kept: list[str] = []
    for sentence in sentences:
        if _count(" ".join([*kept, sentence])) > room:
            break
        kept.append(sentence)
    if kept or not sentences:
        return " ".join(kept)
    clauses = re.split(r"(?<=[,;:])\s+", sentences[0])
    while clauses and _count(" ".join(clauses)) > room:
        clauses.pop()
    return f"{' '.join(clauses).rstrip(' ,;:')}." if clauses and room > 8 else ""


def _shortened(title: str, most: int) -> str:
    return " ".join(title.split()[:most])


def _count(text: str) -> int:
    return len(text.split())
