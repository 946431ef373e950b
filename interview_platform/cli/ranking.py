"""`rank`: a pool of résumés ranked for jobs, from files to a file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from interview_platform.errors import BadInput
from interview_platform.settings import settings


def rank(jobs: Path, resumes: Path, out: Path, second_look: bool = False) -> None:
    """Write one JSON object a line: job_id, candidate_id, rank, score, reasons. Raises BadInput, ModelMissing.

    `second_look`: the language model of the settings orders each list's first twenty, with verified quotes.
    """
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
    reranker = language_model() if second_look else None
    with out.open("w", encoding="utf-8") as file:
        for post in posts:
            _say(f"ranking for {post.id}")
            rows = list(_rows(post, documents, prepared, index.scores(post.wish, embedded.job(post.wish))))
            if reranker is not None:
                rows = looked_at_again(reranker, post, {one.key: "\n".join(one.counted()) for one in documents}, rows)
            for row in rows:
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


def looked_at_again(
    reranker: Any, post: Any, texts: dict[str, str], rows: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The rows in the model's order, ranks counted anew; each says what the model graded, or why it did not.

    `texts` are the blind texts by candidate.
    """
    from interview_platform.services.smartfilter import rerank

    held = {row["candidate_id"]: row for row in rows}
    made = rerank(reranker, post.wish, [(row["candidate_id"], texts[row["candidate_id"]]) for row in rows])
    asked = [skill for skill, _ in post.wish.skills] or [post.wish.title]
    for number, graded in enumerate(made, start=1):
        row = held[graded.key]
        row["rank"] = number
        row["reasons"] += [
            {"kind": "model", "model": reranker.label, "requirement": asked[of.requirement], "level": of.level,
             "quote": of.quote}
            for of in graded.grades
        ]  # fmt: skip
        row["reasons"] += (
            [{"kind": "note", "note": "not_looked_at_again", "detail": graded.note}] if graded.note else []
        )
    return [held[graded.key] for graded in made]


def reasons(explained: Any, parts: dict[str, float]) -> list[dict[str, Any]]:
    """Each requirement with its status and the résumé's own sentence, hard conditions, must-haves that were not found,
    parts of the score, notes.
    """
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
    made += gaps(requirements, conditions)
    made += [{"kind": "part", "part": name, "name": PART_NAMES[name], "value": value} for name, value in parts.items()]
    return [*made, *({"kind": "note", "note": note["kind"], "detail": note["detail"]} for note in notes)]


def gaps(requirements: Any, conditions: Any) -> list[dict[str, Any]]:
    """What must be there and was not found, in one line for people; nothing where all was found.

    Not found is not lacking: the résumé does not say it, and somebody may ask.
    """
    missing = [fit.skill for fit in requirements if fit.required and fit.status == "not_found"]
    missing += [f"{fit.kind}: {fit.value}" for fit in conditions if fit.status == "not_found"]
    if not missing:
        return []
    said = f"Not found in this résumé, to be asked: {'; '.join(missing)}."
    return [{"kind": "gap", "must_have": missing, "said": said}]


def embeddings() -> Any:
    """The sentence model of this machine. Raises ModelMissing."""
    from interview_platform.adapters.sentence_embedder import SentenceEmbedder
    from interview_platform.cli import models

    return SentenceEmbedder(models.store().path("minilm"))


def language_model() -> Any:
    """The second look's model. Raises BadInput where none is set up."""
    from interview_platform.adapters.langchain_chat import chat_model
    from interview_platform.adapters.langchain_reranker import LangChainReranker

    chosen = settings()
    if not chosen.llm_label:
        raise BadInput(
            "No language model is set up for a second look. "
            "Set GOOGLE_API_KEY, or LLM and LLM_BASE_URL, or rank without it."
        )
    model = chat_model(chosen.llm, chosen.llm_key, chosen.llm_address, options=chosen.llm_options)
    return LangChainReranker(model, chosen.llm_label)


def parser() -> Any:
    """The reader of untrusted files."""
    from interview_platform.adapters.resume_parser import SandboxedParser

    return SandboxedParser(seconds=settings().resume_seconds)


def _say(line: str) -> None:
    typer.echo(line, err=True)
