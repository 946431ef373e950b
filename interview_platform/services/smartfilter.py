"""SmartFilter: how well each résumé of a pool fits the job, with the résumé's own sentence for every skill found.

The score has three parts: evidence of the required skills, evidence of the preferred ones, and the nearness of the
job's text to what the person calls herself, did and does. A skill is found when the résumé names it (or a synonym,
or a narrower skill that implies it), else when a sentence means it. Names, contact details and places are taken
out first, so they cannot move a score. The same input gives the same score.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray
from sqlmodel import Session, col, select

from interview_platform.models import Application, Job, Match, Resume
from interview_platform.services import access, audit
from interview_platform.services import skills as vocabulary
from interview_platform.services.access import WRITERS, Actor, need
from interview_platform.services.resume_contact import person_lines
from interview_platform.services.resume_sections import heading
from interview_platform.services.resumes import ResumeFacts, SkillFact, nameless, without_person
from interview_platform.services.text import Sentence, sentences, words

VERSION = "smartfilter-1"
WEIGHTS = {"required": 0.5, "preferred": 0.15, "semantic": 0.35}
"""Shares of the score; a part the job says nothing of is left out and the others share its weight."""
MEANT = 0.5
"""Least similarity of a sentence to a skill it does not name."""
_NEAR, _FAR = 0.65, 0.05  # similarities of a job and a résumé that count as a full and as no fit
_TOP_CHARACTERS = 2_000  # more than the model's 256 word pieces ever hold
_MOST_SENTENCES = 200
_RECENT_POSITIONS = 4

Vectors = NDArray[np.float64]
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class SkillMatch:
    """A wanted skill and the résumé's own sentence that shows it (its characters in `Resume.text`)."""

    skill: str
    required: bool
    sentence: str
    start: int
    end: int
    similarity: float  # 1.0 = named as such or by a known synonym; below: by meaning


@dataclass(frozen=True)
class SkillGap:
    """A wanted skill that was not found in the résumé (which is not the same as lacking it)."""

    skill: str
    required: bool


@dataclass(frozen=True)
class Wish:
    """What a job asks for, as ranking reads it."""

    title: str
    text: str
    skills: tuple[tuple[str, bool], ...] = ()  # name, required


@dataclass(frozen=True)
class Fit:
    """The result for one résumé."""

    score: float  # 0..100
    matched: tuple[SkillMatch, ...]
    missing: tuple[SkillGap, ...]
    parts: dict[str, float]  # of those the job has: required, preferred, semantic; each 0..1


class Ranker:
    """Fits résumés to one job; the job is embedded once."""

    def __init__(self, embeddings: Embeddings, wish: Wish) -> None:
        self._embeddings = embeddings
        self._wish = wish
        names = [skill for skill, _ in wish.skills]
        vectors = _embed(embeddings, [wish.title, wish.text, *names])
        self._title, self._text = vectors[0], vectors[1]
        self._skills = dict(zip(names, vectors[2:], strict=True))

    def fit(self, facts: ResumeFacts) -> Fit:
        """One résumé against the job."""
        found = {skill: _named(skill, required, facts) for skill, required in self._wish.skills}
        unnamed = [(skill, required) for skill, required in self._wish.skills if found[skill] is None]
        found.update(self._meant(unnamed, facts))
        matched = tuple(match for match in found.values() if match is not None)
        missing = tuple(SkillGap(skill, required) for skill, required in self._wish.skills if found[skill] is None)
        parts = {"semantic": self.semantic(facts)}
        for part, required in (("required", True), ("preferred", False)):
            names = [skill for skill, of in self._wish.skills if of is required]
            if names:
                parts[part] = sum(match.similarity for match in matched if match.required is required) / len(names)
        return Fit(round(score(parts), 2), matched, missing, {name: round(part, 4) for name, part in parts.items()})

    def semantic(self, facts: ResumeFacts) -> float:
        """Nearness 0..1: the job to the résumé's top, its title to what she calls herself, the job to what she did."""
        near = nearness(self._title, self._text, _embed(self._embeddings, views(facts)))
        return float(np.clip((near - _FAR) / (_NEAR - _FAR), 0.0, 1.0))

    def _meant(self, wanted: Sequence[tuple[str, bool]], facts: ResumeFacts) -> dict[str, SkillMatch | None]:
        """The nearest sentence of each skill the résumé does not name, where it is near enough."""
        cut = _evidence_sentences(facts) if wanted else []
        if not cut:
            return {}
        vectors = _embed(self._embeddings, [sentence.text for sentence in cut])
        made: dict[str, SkillMatch | None] = {}
        for skill, required in wanted:
            near = vectors @ self._skills[skill]
            best = int(np.argmax(near))
            if near[best] >= MEANT:
                shown = cut[best]
                made[skill] = SkillMatch(
                    skill, required, shown.text, shown.start, shown.end, round(float(near[best]), 3)
                )
        return made


def rank(db: Session, actor: Actor, embeddings: Embeddings, job_id: str, on_progress: Progress | None = None) -> int:
    """Fit every parsed résumé of a job's pool and store the results; how many. `on_progress(done, total)`."""
    need(actor, WRITERS)
    job = access.job(db, actor, job_id)
    query = select(Application, Resume).join(Resume, col(Resume.id) == Application.resume_id)
    query = query.where(Application.job_id == job.id, Resume.status == "parsed").order_by(col(Application.id))
    held = list(db.exec(query))
    ranker = Ranker(embeddings, wish_of(job))
    by = f"{VERSION}/{getattr(embeddings, 'name', type(embeddings).__name__)}"
    made = []
    for done, (application, resume) in enumerate(held, start=1):
        made.append(_row(application.id, ranker.fit(ResumeFacts.from_json(resume.facts, resume.text)), by))
        if on_progress:
            on_progress(done, len(held))
    for earlier in db.exec(select(Match).where(col(Match.application_id).in_([row.application_id for row in made]))):
        db.delete(earlier)
    db.flush()
    db.add_all(made)  # all at once: the database is not held while the model works
    audit.record(db, actor, "pool.ranked", f"job:{job.id}", resumes=len(made), ranker=by)
    db.flush()
    return len(made)


def wish_of(job: Job) -> Wish:
    """What a stored job asks for."""
    skills = [(skill, True) for skill in job.required_skills] + [(skill, False) for skill in job.preferred_skills]
    return Wish(job.title, f"{job.title}\n{job.description}", tuple(dict(reversed(skills)).items()))


def score(parts: dict[str, float]) -> float:
    """0..100 from the parts there are."""
    weight = sum(WEIGHTS[name] for name in parts)
    return 100 * sum(WEIGHTS[name] * part for name, part in parts.items()) / weight if weight else 0.0


def nearness(title: Vectors, text: Vectors, seen: Vectors) -> float:
    """Mean cosine of a job's title and text with a résumé's three `views`, all as vectors of length 1."""
    top, headline, titles = seen
    return float((text @ top + title @ headline + text @ titles) / 3)


def views(facts: ResumeFacts) -> list[str]:
    """What ranking reads: the top of the résumé, the headline, the latest positions' titles; never who it is."""
    body = without_person(facts)
    headline = nameless(facts.headline, facts).strip() or body.split("\n", 1)[0]
    titles = [nameless(position.title, facts).strip() for position in facts.experience[:_RECENT_POSITIONS]]
    return [
        body[:_TOP_CHARACTERS],
        headline,
        " ; ".join(part for part in (headline, *titles) if part),
    ]


def _row(application_id: str, fit: Fit, by: str) -> Match:
    return Match(
        application_id=application_id,
        score=fit.score,
        matched=[asdict(match) for match in fit.matched],
        missing=[asdict(gap) for gap in fit.missing],
        parts=fit.parts,
        ranker=by,
    )


def _named(skill: str, required: bool, facts: ResumeFacts) -> SkillMatch | None:
    """Evidence by name: the skill itself, a narrower one that implies it, or its words as they stand."""
    known = {fact.name: fact for fact in facts.skills}
    name = vocabulary.canonical(skill)
    if name in known:
        return _match(skill, required, known[name], 1.0)
    for narrower in vocabulary.vocabulary().implied.get(name, ()):
        if narrower in known:
            return _match(skill, required, known[narrower], vocabulary.IMPLIED_SIMILARITY)
    for mention in vocabulary.mentions_of(skill, facts.text):
        for sentence in _evidence_sentences(facts):
            if sentence.start <= mention.start < sentence.end:
                return SkillMatch(skill, required, sentence.text, sentence.start, sentence.end, 1.0)
    return None


def _match(skill: str, required: bool, fact: SkillFact, similarity: float) -> SkillMatch:
    return SkillMatch(skill, required, fact.sentence, fact.start, fact.end, similarity)


def _evidence_sentences(facts: ResumeFacts) -> list[Sentence]:
    """Sentences that may show a skill: of two words or more, and not the lines that say who it is."""
    personal = person_lines(facts.text, facts.name)
    return [
        sentence
        for sentence in sentences(facts.text)
        if len(words(sentence.text)) > 1
        and not heading(sentence.text)
        and not any(start <= sentence.start < end for start, end in personal)
    ][:_MOST_SENTENCES]


def _embed(embeddings: Embeddings, texts: list[str]) -> Vectors:
    return np.asarray(embeddings.embed_documents(texts), dtype=np.float64)
