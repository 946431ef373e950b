"""The authored question banks in `rag_data/`: role families, their competencies with BARS anchors, their questions.

Everything is validated when it is read; a mistake in a file is a ValueError that names the file. Pure reading: what is
asked of whom is decided in plan.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, Self

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

RAG_DATA = Path(__file__).resolve().parents[3] / "rag_data"
GENERAL = "general"
"""The family that serves every job which has none of its own."""
MAX_SPOKEN_WORDS = 35
"""Longest question that is still easy to hold in mind when heard once."""

FEWEST_POINTS, MOST_POINTS = 5, 8
FEWEST_LEVEL_WORDS, MOST_LEVEL_WORDS = 8, 24
"""Of one level of one question: enough to name a deed, short enough to compare five at a glance."""

OF_VALUES = "values:"
"""How `Question.source` begins for a question on one of the employer's written values, which follows."""
EDITED = "edited:"
"""How `Question.source` begins for a question of the banks that a person changed; its id follows."""

ALSO = "Also asked:"
"""How a line of other wordings begins, under a heading of a FAQ."""

Level = Literal["junior", "mid", "senior"]
Group = Literal["technical", "communication", "problem_solving", "cultural_fit"]


def _spoken(text: str) -> str:
    """Refuse what is too long to be heard, or asks two things."""
    if len(text.split()) > MAX_SPOKEN_WORDS:
        raise ValueError(f"longer than {MAX_SPOKEN_WORDS} words: {text!r}")
    if text.count("?") > 1:
        raise ValueError(f"more than one question: {text!r}")
    return text


Spoken = Annotated[str, Field(min_length=10), AfterValidator(_spoken)]


def _levels(anchors: dict[Literal[1, 2, 3, 4, 5], str]) -> dict[Literal[1, 2, 3, 4, 5], str]:
    """Refuse a level too short to name a deed or too long to be compared, and two levels that say the same."""
    for level, text in anchors.items():
        if not FEWEST_LEVEL_WORDS <= len(text.split()) <= MOST_LEVEL_WORDS:
            raise ValueError(f"level {level} has not {FEWEST_LEVEL_WORDS} to {MOST_LEVEL_WORDS} words: {text!r}")
    if len(set(anchors.values())) < len(anchors):
        raise ValueError("two levels say the same")
    return anchors


Levels = Annotated[dict[Literal[1, 2, 3, 4, 5], str], Field(min_length=5), AfterValidator(_levels)]


class _Entry(BaseModel):
    """Frozen, and strict about unknown keys: a misspelt key in a file is an error, not silence."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Point(_Entry):
    """One yes/no thing a good answer shows, worded as the deed itself, and the question that asks for it."""

    point: str = Field(min_length=10)
    follow_up: Spoken

    def as_row(self) -> dict[str, str]:
        """As `Question.points` holds it."""
        return {"point": self.point, "follow_up": self.follow_up}


class BankCompetency(_Entry):
    """One competency with its five behaviourally anchored levels."""

    id: str
    name: str
    group: Group
    weight: float = Field(1.0, gt=0)
    description: str = Field(min_length=20)
    anchors: dict[Literal[1, 2, 3, 4, 5], str] = Field(min_length=5)


class BankQuestion(_Entry):
    """One structured question; its anchors say what an answer to this very question tells at each level."""

    id: str
    competency: str  # BankCompetency.id
    levels: tuple[Level, ...] = Field(min_length=1)
    text: Spoken
    plain_text: Spoken
    minutes: float = Field(gt=0, le=5)
    anchors: Levels
    points: tuple[Point, ...] = Field(min_length=FEWEST_POINTS, max_length=MOST_POINTS)


class Family(_Entry):
    """One role family. `words` are words of job titles that suggest it, unless a word of `not_with` stands beside them:
    a floral designer designs no products."""

    id: str
    title: str
    words: tuple[str, ...] = ()
    not_with: tuple[str, ...] = ()
    competencies: tuple[BankCompetency, ...] = Field(min_length=1)
    questions: tuple[BankQuestion, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        known = {entry.id for entry in self.competencies}
        ids = [entry.id for entry in self.questions]
        if strangers := {entry.competency for entry in self.questions} - known:
            raise ValueError(f"questions of unknown competencies: {sorted(strangers)}")
        if len(set(ids)) < len(ids) or len(known) < len(self.competencies):
            raise ValueError("an id is used twice")
        return self

    def competency(self, name: str) -> BankCompetency | None:
        """The competency of this name, whatever its case."""
        wanted = name.strip().casefold()
        return next((entry for entry in self.competencies if entry.name.casefold() == wanted), None)

    def questions_on(self, competency_id: str, level: str) -> list[BankQuestion]:
        """The competency's questions, those for this level first, in the file's order."""
        found = [entry for entry in self.questions if entry.competency == competency_id]
        return sorted(found, key=lambda entry: level not in entry.levels)


class ValuesBank(_Entry):
    """How an employer's own written values are asked about; `{value}` stands for the line."""

    text: str
    plain_text: str
    minutes: float
    anchors: Levels
    points: tuple[Point, ...] = Field(min_length=FEWEST_POINTS, max_length=MOST_POINTS)


class Faq(BaseModel):
    """One question candidates ask, and its answer."""

    model_config = ConfigDict(frozen=True)

    topic: str
    question: str
    answer: str
    also: tuple[str, ...] = ()  # the same question in other words


@lru_cache
def family(family_id: str) -> Family:
    """The family of this id; the general one when there is none."""
    path = _paths().get(family_id) or _paths()[GENERAL]
    return Family.model_validate(_read(path))


@lru_cache
def families() -> tuple[Family, ...]:
    """All families by title, the general one last."""
    found = [family(family_id) for family_id in _paths()]
    return tuple(sorted(found, key=lambda entry: (entry.id == GENERAL, entry.title)))


@lru_cache
def values() -> ValuesBank:
    """The template for questions on an employer's written values."""
    return ValuesBank.model_validate(_read(RAG_DATA / "values.yaml"))


def levels(source: str, points: Sequence[str]) -> tuple[str, ...]:
    """The five levels of an authored question, for a row of that `Question.source` with these points.

    Empty for any other source, and where the row's points are not the authored ones: the levels speak of these.
    """
    if source.startswith(OF_VALUES):
        value, held = source.removeprefix(OF_VALUES), values()
        authored = [entry.point.replace("{value}", value.rstrip(".!?")) for entry in held.points]
        return _in_order(held.anchors) if list(points) == authored else ()
    found = _by_id().get(source.removeprefix(EDITED))
    if found is None or list(points) != [entry.point for entry in found.points]:
        return ()
    return _in_order(found.anchors)


def _in_order(anchors: dict[Literal[1, 2, 3, 4, 5], str]) -> tuple[str, ...]:
    return tuple(text for _, text in sorted(anchors.items()))


@lru_cache
def _by_id() -> dict[str, BankQuestion]:
    return {entry.id: entry for held in families() for entry in held.questions}


@lru_cache
def faqs() -> tuple[Faq, ...]:
    """What candidates ask about the process, privacy, accommodations and technical trouble."""
    found = []
    for path in sorted((RAG_DATA / "faq").glob("*.md")):
        topic, *entries = path.read_text(encoding="utf-8").split("\n## ")
        found += [_faq(topic.lstrip("# ").strip(), entry) for entry in entries]
    return tuple(found)


def _faq(topic: str, entry: str) -> Faq:
    """The question, perhaps a line "Also asked: …; …", then the answer."""
    question, _, rest = entry.partition("\n")
    first, _, after = rest.strip().partition("\n")
    if not first.startswith(ALSO):
        return Faq(topic=topic, question=question.strip(), answer=rest.strip())
    also = tuple(wording.strip() for wording in first.removeprefix(ALSO).split(";") if wording.strip())
    return Faq(topic=topic, question=question.strip(), answer=after.strip(), also=also)


@lru_cache
def company_page() -> str:
    """What a recruiter starts the company page from: headings, each with a line in brackets on what to write there."""
    return (RAG_DATA / "company.md").read_text(encoding="utf-8")


@lru_cache
def _paths() -> dict[str, Path]:
    return {path.stem: path for path in sorted((RAG_DATA / "questions").glob("*.yaml"))}


def _read(path: Path) -> object:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506  both loaders are the safe one
    except yaml.YAMLError as error:
        raise ValueError(f"{path.name} is not YAML: {error}") from error
