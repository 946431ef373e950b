"""The organisation's résumés made ready to be ranked: documents kept with their rows, vectors in their store.

Both are computed once for a résumé and taken from there after a restart. What is ready is held in this process, so
that the next job over the same résumés is ranked at once. A résumé that changed (its SHA-256 did) is made anew.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, Protocol, runtime_checkable

import numpy as np
import structlog
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray
from sqlalchemy import update
from sqlmodel import Session, col, select

from interview_platform.errors import ServiceUnavailable
from interview_platform.models import Organisation, Resume
from interview_platform.ports import Vectors
from interview_platform.services import smartfilter
from interview_platform.services.rank_document import VIEWS, RankDocument, document
from interview_platform.services.rank_index import RankIndex, quantised
from interview_platform.services.resumes import ResumeFacts

KEPT_AS = "ranking"
"""Where a résumé's document stands in `Resume.facts`."""
_AT_ONCE = 64  # résumés made ready before they are stored
_READ_AT_ONCE = 500
_MOST_INDEXES, _MOST_DOCUMENTS = 4, 150_000  # held in this process

Floats = NDArray[np.float32]
Quantised = NDArray[np.int16]
Progress = Callable[[int, int], None]
_log = structlog.get_logger()
_making = threading.Lock()
_made: OrderedDict[tuple[Kind, frozenset[tuple[str, str]]], Ready] = OrderedDict()


@runtime_checkable
class ArrayEmbeddings(Protocol):
    """Embeddings that give an array without the way over lists."""

    def embed_array(self, texts: Sequence[str]) -> Floats:
        """One row per text."""


@dataclass(frozen=True)
class Kind:
    """What a document and a vector depend on besides the résumé."""

    organisation_id: str
    blind_schools: bool
    model: str

    @property
    def space(self) -> str:
        """The vectors' space."""
        return f"{self.organisation_id}-{self.model}"

    @property
    def by(self) -> str:
        """The rules a document was made by: positions that go on end in the year it was made."""
        return f"{smartfilter.VERSION}/{date.today():%Y}/{'blind' if self.blind_schools else 'schools'}"


@dataclass(frozen=True)
class Ready:
    """Résumés ready to be ranked; `places` are their rows in the index."""

    index: RankIndex
    places: Mapping[str, int]  # by résumé
    marks: Mapping[str, str]


def kind_of(db: Session, organisation_id: str, embeddings: Embeddings) -> Kind:
    """How this organisation's résumés are made ready."""
    blind = db.get_one(Organisation, organisation_id).blind_schools
    return Kind(organisation_id, blind, getattr(embeddings, "name", type(embeddings).__name__))


def ready(
    db: Session,
    kind: Kind,
    embeddings: Embeddings,
    vectors: Vectors | None,
    marks: Mapping[str, str],
    on_progress: Progress | None = None,
) -> Ready:
    """These résumés (id → SHA-256), held or made ready. Commits in between, so as not to keep the database waiting."""
    key = (kind, frozenset(marks.items()))
    with _making:
        if key not in _made:
            _made[key] = _make(db, kind, embeddings, vectors, marks, on_progress)
        _made.move_to_end(key)
        made = _made[key]
        _forget_the_oldest()
    return made


def forget() -> None:
    """Drop what this process holds."""
    with _making:
        _made.clear()


def embed(embeddings: Embeddings, texts: Sequence[str]) -> Floats:
    """One row per text; equal texts are embedded once."""
    unique = list(dict.fromkeys(texts))
    if isinstance(embeddings, ArrayEmbeddings):
        rows = embeddings.embed_array(unique)
    else:
        rows = np.asarray(embeddings.embed_documents(unique), dtype=np.float32)
    places = {text: place for place, text in enumerate(unique)}
    return rows[[places[text] for text in texts]]


def _make(
    db: Session,
    kind: Kind,
    embeddings: Embeddings,
    vectors: Vectors | None,
    marks: Mapping[str, str],
    on_progress: Progress | None,
) -> Ready:
    earlier = [made for (of, _), made in reversed(_made.items()) if of == kind]
    keys = sorted(marks)
    held = {key: made for key in keys for made in earlier[:1] if made.marks.get(key) == marks[key]}
    documents = {key: made.index.documents[made.places[key]] for key, made in held.items()}
    rows = {key: made.index.vectors[made.places[key]] for key, made in held.items()}
    new = [key for key in keys if key not in documents]
    documents |= dict(_kept_documents(db, kind, new, marks))
    rows |= _kept_vectors(vectors, kind, {key: documents[key] for key in new if key in documents})
    _complete(db, kind, embeddings, vectors, marks, keys, documents, rows, on_progress)
    keys = [key for key in keys if key in documents]
    stacked = np.stack([rows[key] for key in keys]) if keys else np.empty((0, VIEWS, 1), dtype=np.int16)
    rows.clear()
    index = RankIndex([documents[key] for key in keys], stacked)
    return Ready(index, {key: place for place, key in enumerate(keys)}, {key: marks[key] for key in keys})


def _complete(
    db: Session,
    kind: Kind,
    embeddings: Embeddings,
    vectors: Vectors | None,
    marks: Mapping[str, str],
    keys: Sequence[str],
    documents: dict[str, RankDocument],
    rows: dict[str, Quantised],
    on_progress: Progress | None,
) -> None:
    """Make the documents and vectors that are nowhere yet, some at a time."""
    open_keys = [key for key in keys if key not in rows]
    done = len(keys) - len(open_keys)
    for first in range(0, len(open_keys), _AT_ONCE):
        some = open_keys[first : first + _AT_ONCE]
        documents |= _new_documents(db, kind, [key for key in some if key not in documents], marks)
        some = [key for key in some if key in documents]
        texts = [view for key in some for view in documents[key].views]
        made = embed(embeddings, texts).reshape(len(some), VIEWS, -1)
        rows |= dict(zip(some, quantised(made), strict=True))
        _keep_vectors(vectors, kind, [documents[key] for key in some], made)
        done += len(some)
        if on_progress:
            on_progress(done, len(keys))
    if open_keys:
        _forget_stale(db, vectors, kind, documents)


# --- documents -------------------------------------------------------------------------------------------------


def _kept_documents(
    db: Session, kind: Kind, keys: Sequence[str], marks: Mapping[str, str]
) -> Iterator[tuple[str, RankDocument]]:
    """Those made by today's rules for what the résumé holds now."""
    kept: Any = col(Resume.facts)[KEPT_AS]
    for first in range(0, len(keys), _READ_AT_ONCE):
        query = select(Resume.id, kept).where(col(Resume.id).in_(keys[first : first + _READ_AT_ONCE]))
        for key, held in db.exec(query):
            if held and held.get("by") == kind.by and held.get("of") == marks[key]:
                yield key, RankDocument.from_json(held["document"])


def _new_documents(db: Session, kind: Kind, keys: Sequence[str], marks: Mapping[str, str]) -> dict[str, RankDocument]:
    """Made from the facts, and kept with them. A résumé that is gone or changed meanwhile is left out."""
    made = {}
    query = select(Resume.id, Resume.sha256, Resume.text, Resume.facts).where(col(Resume.id).in_(keys))
    for key, mark, text, facts in db.exec(query).all() if keys else ():
        if mark != marks[key]:
            continue
        made[key] = document(key, ResumeFacts.from_json(facts, text), blind_schools=kind.blind_schools)
        kept = {"by": kind.by, "of": mark, "document": made[key].as_json()}
        unchanged = (col(Resume.id) == key, col(Resume.sha256) == mark)
        db.execute(update(Resume).where(*unchanged).values(facts={**facts, KEPT_AS: kept}))
    db.commit()
    return made


# --- vectors ---------------------------------------------------------------------------------------------------


def _vector_key(made: RankDocument) -> str:
    """The résumé and what was embedded of it."""
    views = "\x00".join(made.views).encode()
    return f"{made.key}.{sha256(views).hexdigest()[:12]}"


def _kept_vectors(vectors: Vectors | None, kind: Kind, documents: Mapping[str, RankDocument]) -> dict[str, Quantised]:
    if vectors is None or not documents:
        return {}
    keys = {_vector_key(made): key for key, made in documents.items()}
    try:
        found, rows = vectors.get(kind.space, list(keys))
    except ServiceUnavailable as error:
        _log.warning("stored_vectors_not_read", why=str(error))
        return {}
    shaped = quantised(rows.reshape(len(found), VIEWS, -1)) if found else rows
    return {keys[key]: row for key, row in zip(found, shaped, strict=True)}


def _keep_vectors(vectors: Vectors | None, kind: Kind, documents: Sequence[RankDocument], rows: Floats) -> None:
    if vectors is None or not documents:
        return
    try:
        vectors.put(kind.space, [_vector_key(made) for made in documents], rows.reshape(len(documents), -1))
    except ServiceUnavailable as error:
        _log.warning("vectors_not_stored", why=str(error))


def _forget_stale(db: Session, vectors: Vectors | None, kind: Kind, documents: Mapping[str, RankDocument]) -> None:
    """Vectors of résumés that are gone, and of what stood in these before."""
    if vectors is None:
        return
    there = set(db.exec(select(Resume.id).where(Resume.organisation_id == kind.organisation_id)))
    current = {key: _vector_key(made) for key, made in documents.items()}
    try:
        stale = [
            key
            for key in vectors.keys(kind.space)
            if (of := key.partition(".")[0]) not in there or current.get(of, key) != key
        ]
        vectors.delete(kind.space, stale)
    except ServiceUnavailable as error:
        _log.warning("stale_vectors_not_deleted", why=str(error))


def _forget_the_oldest() -> None:
    """Keep to a few indexes of a bounded size; the newest stays in any case."""
    while len(_made) > 1 and (
        len(_made) > _MOST_INDEXES or sum(len(made.places) for made in _made.values()) > _MOST_DOCUMENTS
    ):
        _made.popitem(last=False)
