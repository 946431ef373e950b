"""A job's pool ranked, weighed anew and found: SmartFilter's results written where lists, filters and pages read them.

`rank` needs the sentence model and writes `Match` and what `Application` holds of it; `reweigh` needs the stored parts
only. Everything is written in bulk. Nothing here changes a stage: a score orders a list, a person decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings
from sqlalchemy import bindparam, delete, insert, update
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, col, select

from interview_platform.errors import BadInput
from interview_platform.models import Application, Candidate, Job, Match, Resume, new_id, now
from interview_platform.ports import Vectors
from interview_platform.services import access, audit, pool_index, pool_standing, smartfilter
from interview_platform.services.access import WRITERS, Actor, need
from interview_platform.services.pool_index import Progress, Ready
from interview_platform.services.pool_query import PRACTICE, condition_key, folded
from interview_platform.services.rank_document import RankDocument
from interview_platform.services.resumes import ResumeFacts
from interview_platform.services.smartfilter import WEIGHTS, Wish

_AT_ONCE = 5_000  # rows a statement


@dataclass(frozen=True)
class _Row:
    """What ranking needs of one application."""

    application_id: str
    resume_id: str
    mark: str  # SHA-256 of the résumé's file
    name: str
    email: str
    headline: str
    filename: str


def rank(
    db: Session,
    actor: Actor,
    embeddings: Embeddings,
    vectors: Vectors | None,
    job_id: str,
    on_progress: Progress | None = None,
) -> int:
    """Rank every parsed résumé of a job's pool; how many. `on_progress(made ready, total)`.

    Candidates merged into another one are left out. Commits while it makes résumés ready. Raises NotFound, NotAllowed.
    """
    need(actor, WRITERS)
    job = access.job(db, actor, job_id)
    rows = _rows(db, job)
    kind = pool_index.kind_of(db, job.organisation_id, embeddings)
    marks = {row.resume_id: row.mark for row in rows}
    held = pool_index.ready(db, kind, embeddings, vectors, marks, on_progress)
    rows = [row for row in rows if row.resume_id in held.places]
    by = pool_standing.ranker(job, kind.model)
    matches, values = _results(rows, held, job, embeddings, by) if rows else ([], [])
    ranked = _write(db, job, matches, values)
    audit.record(db, actor, "pool.ranked", f"job:{job.id}", resumes=ranked, ranker=by)
    db.flush()
    if on_progress:
        on_progress(ranked, ranked)
    return ranked


def reweigh(db: Session, actor: Actor, job_id: str, weights: Mapping[str, float]) -> int:
    """Score a ranked pool anew from its stored parts, and keep the weights; how many. Raises BadInput, NotFound."""
    need(actor, WRITERS)
    job = access.job(db, actor, job_id)
    chosen = _checked(weights)
    query = select(Match.id, Match.application_id, Match.parts)
    query = query.join(Application, col(Application.id) == Match.application_id)
    held = list(db.exec(query.where(Application.job_id == job.id)))
    totals = _reweighed([parts for _, _, parts in held], chosen)
    _update(db, Match, [{"id": row[0], "score": total} for row, total in zip(held, totals, strict=True)])
    _update(db, Application, [{"id": row[1], "score": total} for row, total in zip(held, totals, strict=True)])
    job.weights = dict(chosen)
    db.add(job)
    audit.record(db, actor, "pool.reweighed", f"job:{job.id}", resumes=len(held), weights=dict(chosen))
    db.flush()
    return len(held)


def weights_of(job: Job) -> dict[str, float]:
    """The share of each part in this job's score: its own, else SmartFilter's."""
    own = {name: float(share) for name, share in (job.weights or {}).items() if name in WEIGHTS}
    return {**dict.fromkeys(WEIGHTS, 0.0), **own} if any(own.values()) else dict(WEIGHTS)


def refresh_row(db: Session, application: Application) -> None:
    """What the pool searches and sorts by, of one application: after its file was read or its candidate changed."""
    person = db.get_one(Candidate, application.candidate_id)
    resume = db.get(Resume, application.resume_id) if application.resume_id else None
    facts = ResumeFacts.from_json(resume.facts, resume.text) if resume else ResumeFacts(text="")
    skills = [skill.name for skill in facts.skills]
    application.haystack = _haystack(
        person.name, person.email, person.headline, resume.filename if resume else "", skills
    )
    application.name_key = _name_key(person.name)
    db.add(application)


# --- results ---------------------------------------------------------------------------------------------------


def _rows(db: Session, job: Job) -> list[_Row]:
    """The job's applications that can be ranked."""
    query: Any = select(
        Application.id,
        Resume.id,
        Resume.sha256,
        Candidate.name,
        Candidate.email,
        Candidate.headline,
        Resume.filename,
    )  # type: ignore[call-overload]
    query = query.join(Resume, col(Resume.id) == Application.resume_id)
    query = query.join(Candidate, col(Candidate.id) == Application.candidate_id)
    query = query.where(Application.job_id == job.id, Resume.status == "parsed", col(Candidate.merged_into).is_(None))
    query = query.where(Application.stage != PRACTICE)
    return [_Row(*row) for row in db.exec(query.order_by(Application.id))]


def _results(
    rows: Sequence[_Row], held: Ready, job: Job, embeddings: Embeddings, by: str
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Values of the `Match` rows, and of the applications."""
    wish = smartfilter.wish_of(job)
    asked = pool_index.embed(embeddings, smartfilter.wish_texts(wish))
    scores = held.index.scores(wish, asked, weights_of(job))
    parts = {name: part.tolist() for name, part in scores.parts.items()}  # exact: `reweigh` gives the same scores
    totals, coverage, at = np.round(scores.total, 2).tolist(), scores.coverage.tolist(), now()
    matches, values = [], []
    for row in rows:
        place = held.places[row.resume_id]
        made = held.index.documents[place]
        conditions = _conditions(made, wish)
        matches.append(
            {
                "id": new_id(),
                "application_id": row.application_id,
                "score": totals[place],
                "conditions": conditions,
                "parts": {name: part[place] for name, part in parts.items()},
                "notes": _notes(made, int(scores.copied[place])),
                "ranker": by,
                "created_at": at,
            }
        )
        values.append(
            {
                "id": row.application_id,
                "score": totals[place],
                "found": _found(wish, coverage[place], conditions),
                "haystack": _haystack(row.name, row.email, row.headline, row.filename, made.skills),
                "name_key": _name_key(row.name),
            }
        )
    return matches, values


def _write(db: Session, job: Job, matches: Sequence[dict[str, Any]], values: Sequence[dict[str, Any]]) -> int:
    """Replace the pool's results; how many. An application that was removed meanwhile is left out."""
    there = set(db.exec(select(Application.id).where(Application.job_id == job.id)))
    of_job = select(Application.id).where(Application.job_id == job.id)
    db.execute(delete(Match).where(col(Match.application_id).in_(of_job)).execution_options(synchronize_session=False))
    kept = [match for match in matches if match["application_id"] in there]
    for first in range(0, len(kept), _AT_ONCE):
        db.execute(insert(Match), kept[first : first + _AT_ONCE])
    _update(db, Application, [value for value in values if value["id"] in there])
    unranked = update(Application).where(
        col(Application.job_id) == job.id,
        col(Application.score).is_not(None),
        col(Application.id).not_in(select(Match.application_id)),
    )
    db.execute(unranked.values(score=None, found="").execution_options(synchronize_session=False))
    db.expire_all()
    return len(kept)


def _update(db: Session, table: Any, values: Sequence[dict[str, Any]]) -> None:
    """Change rows by their ids, by one prepared statement, and in what this session holds of them."""
    if not values:
        return
    db.flush()
    names = [name for name in values[0] if name != "id"]
    held = table.__table__
    change = (
        update(held).where(held.c.id == bindparam("row_id")).values({name: bindparam(f"new_{name}") for name in names})
    )
    rows = [{"row_id": value["id"]} | {f"new_{name}": value[name] for name in names} for value in values]
    for first in range(0, len(rows), _AT_ONCE):
        db.connection().execute(change, rows[first : first + _AT_ONCE])
    current = {value["id"]: value for value in values}
    for shown in list(db.identity_map.values()):
        if isinstance(shown, table) and (new := current.get(shown.id)):
            for name in names:
                set_committed_value(shown, name, new[name])


def _reweighed(parts: Sequence[Mapping[str, float]], weights: Mapping[str, float]) -> list[float]:
    """Scores 0..100 of stored parts. All rows of one ranking have the same parts: few groups, each scored as arrays."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for place, held in enumerate(parts):
        groups.setdefault(tuple(held), []).append(place)
    totals = np.zeros(len(parts))
    for names, places in groups.items():
        table = np.array([[parts[place][name] for name in names] for place in places], dtype=np.float64)
        columns = {name: table[:, column] for column, name in enumerate(names)}
        totals[places] = smartfilter.score(columns, dict(weights))
    made: list[float] = totals.round(2).tolist()
    return made


def _conditions(made: RankDocument, wish: Wish) -> list[dict[str, Any]]:
    """The hard conditions of the job in one résumé."""
    return [asdict(fit) for fit in smartfilter.conditions_of(made, wish)] if wish.conditions else []


def _notes(made: RankDocument, copied: int) -> list[dict[str, Any]]:
    """What ranking left out of one résumé, for this job."""
    pasted = [{"kind": "pasted_advert", "detail": "", "count": copied}] if copied else []
    return [*made.notes, *pasted]


def _found(wish: Wish, coverage: Sequence[int], conditions: Sequence[Mapping[str, Any]]) -> str:
    """What is met or partly met, and the hard conditions that are met, as `Application.found` holds it."""
    parts = [f"{folded(skill)}={status}" for (skill, _), status in zip(wish.skills, coverage, strict=True) if status]
    parts += [f"{condition_key(held['kind'], held['value'])}=2" for held in conditions if held["status"] == "met"]
    return f"|{'|'.join(parts)}|" if parts else ""


def _haystack(name: str, email: str, headline: str, filename: str, skills: Sequence[str]) -> str:
    return "\n".join((name, email, headline, filename, " ".join(skills))).casefold()


def _name_key(name: str) -> str:
    return " ".join(name.split()).casefold()[:200]


def _checked(weights: Mapping[str, float]) -> dict[str, float]:
    """Every part's share. Raises BadInput for an unknown part, a share outside 0..1, or shares that are all 0."""
    unknown = sorted(set(weights) - set(WEIGHTS))
    if unknown:
        raise BadInput(f"SmartFilter has no part called “{unknown[0]}”. Its parts are: {', '.join(WEIGHTS)}.")
    chosen = {name: float(weights.get(name, 0.0)) for name in WEIGHTS}
    if not all(0 <= share <= 1 for share in chosen.values()):
        raise BadInput("A weight lies between 0 and 1. The weights were left as they were.")
    if not any(chosen.values()):
        raise BadInput("Give at least one part some weight. The weights were left as they were.")
    return chosen
