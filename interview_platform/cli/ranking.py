"""`rank`: a pool of résumés ranked for jobs, from files to a file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from interview_platform.errors import BadInput
from interview_platform.settings import settings


def rank(jobs: Path, resumes: Path, out: Path) -> None:
    """Write one JSON object a line: job_id, candidate_id, rank, score, reasons. Raises BadInput, ModelMissing."""
    from interview_platform.evaluation import ranking_data
    from interview_platform.evaluation.ranking import Embedded
    from interview_platform.services.rank_document import document
    from interview_platform.services.rank_index import RankIndex
    from interview_platform.services.smartfilter import Prepared

    posts = ranking_data.posts(jobs)
    read = ranking_data.resumes(resumes, parser(), say=_say)
    if not read:
        raise BadInput(f"No résumé could be read in {resumes}. Nothing was written.")
    _say(f"reading {len(read)} résumés")
    prepared = [Prepared.of(resume.facts) for resume in read]
    documents = [document(resume.id, resume.facts, seen=of.seen) for resume, of in zip(read, prepared, strict=True)]
    embedded = Embedded(embeddings())
    index = RankIndex(documents, embedded.views(documents))
    with out.open("w", encoding="utf-8") as file:
        for post in posts:
            _say(f"ranking for {post.id}")
            for row in _rows(post, documents, prepared, index.scores(post.wish, embedded.job(post.wish))):
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
    _say(f"wrote {len(posts) * len(read)} lines to {out}")


def _rows(post: Any, documents: list[Any], prepared: list[Any], scores: Any) -> Iterator[dict[str, Any]]:
    """One job's list, best first; equal scores in the order of the candidates' ids."""
    order = sorted(range(len(documents)), key=lambda place: (-scores.total[place], documents[place].key))
    for number, place in enumerate(order, start=1):
        parts = {name: round(float(part[place]), 4) for name, part in scores.parts.items()}
        yield {
            "job_id": post.id,
            "candidate_id": documents[place].key,
            "rank": number,
            "score": float(scores.total[place]),
            "reasons": reasons(prepared[place].explain(post.wish), parts),
        }


def reasons(explained: Any, parts: dict[str, float]) -> list[dict[str, Any]]:
    """Each requirement with its status and the résumé's own sentence, hard conditions, parts of the score, notes."""
    from interview_platform.services.smartfilter import PART_NAMES

    requirements, conditions, notes = explained
    made: list[dict[str, Any]] = [
        {
            "kind": "requirement",
            "requirement": fit.skill,
            "required": fit.required,
            "status": fit.status,
            "sentence": fit.sentence,
        }
        for fit in requirements
    ]
    made += [
        {"kind": "condition", "condition": fit.kind, "value": fit.value, "status": fit.status, "sentence": fit.sentence}
        for fit in conditions
    ]
    made += [{"kind": "part", "part": name, "name": PART_NAMES[name], "value": value} for name, value in parts.items()]
    return [*made, *({"kind": "note", "note": note["kind"], "detail": note["detail"]} for note in notes)]


def embeddings() -> Any:
    """The sentence model of this machine. Raises ModelMissing."""
    from interview_platform.adapters.sentence_embedder import SentenceEmbedder
    from interview_platform.cli import models

    return SentenceEmbedder(models.store().path("minilm"))


def parser() -> Any:
    """The reader of untrusted files."""
    from interview_platform.adapters.resume_parser import SandboxedParser

    return SandboxedParser(seconds=settings().resume_seconds)


def _say(line: str) -> None:
    typer.echo(line, err=True)
