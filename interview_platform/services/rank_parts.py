"""What a job asks for, the parts of a score and how they make one. Pure; a part is 0..1 and means the same anywhere.

Parts that a job says nothing about (no preferred skills, say) are left out and the others share their weight.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from interview_platform.services.rank_document import RankDocument
from interview_platform.services.rank_tricks import Note
from interview_platform.services.rank_words import content_stems

WEIGHTS = {
    "required": 0.16, "preferred": 0.04, "meaning": 0.62, "words": 0.06, "experience": 0.07, "recency": 0.05,
}  # fmt: skip
"""Default shares of the parts, for requirements that a person named or confirmed."""
READ_WEIGHTS = {
    "required": 0.08, "preferred": 0.02, "meaning": 0.80, "words": 0.04, "experience": 0.03, "recency": 0.03,
}  # fmt: skip
"""The same where a program read the requirements out of an advert and nobody looked: what it guessed counts less."""
PART_NAMES = {
    "required": "Required skills",
    "preferred": "Preferred skills",
    "meaning": "Nearness of the work",
    "words": "Words in common",
    "experience": "Length of such work",
    "recency": "How recent it is",
}
"""The parts as people read them."""
ASKED = 2
"""Texts of a job that are embedded: its title and its text."""
_NEAR, _FAR = 0.75, 0.10  # similarities that count as a full and as no fit
_WORDS_FULL = 0.25  # share of the advert's weighty words that counts as all of them
_LONG = 48  # months of such work that count as fully experienced
_SINCE = 12  # years since such work, after which it is no longer recent
_PASTED_COST, _COPIED_COST = 4.0, 0.04
_ANY_COST = 0.10  # what stands beside pasted lines is read otherwise than before, and must not gain by it
_PASTED_LIFT = 2.0
FALLEN = -0.1
"""The cosine of a text that the advert gave: no text of one's own is farther from a job."""
_COMMON_TITLES = 0.25
_TITLES = frozenset(
    """
    senior junior lead principal head chief manag assist associ director officer specialist coordinat executive staff
    part full time remote ii iii iv sr jr intern entry level mid team member professional
    """.split()  # noqa: SIM905
)

Floats = NDArray[np.float32]
Status = Literal["met", "partly", "not_found"]
STATUS: tuple[Status, Status, Status] = ("not_found", "partly", "met")
"""Statuses by their number in a coverage table."""


@dataclass(frozen=True)
class Wish:
    """What a job asks for, as ranking reads it."""

    title: str
    text: str
    skills: tuple[tuple[str, bool], ...] = ()  # name, required
    conditions: tuple[tuple[str, str], ...] = ()  # kind, value
    guessed: bool = False  # the requirements were read from the text, and nobody confirmed them

    @property
    def weights(self) -> dict[str, float]:
        """Shares of the parts where the recruiter has set none."""
        return READ_WEIGHTS if self.guessed else WEIGHTS


@dataclass(frozen=True)
class RequirementFit:
    """One asked skill, and the résumé's own sentence that shows it (its characters in `Resume.text`)."""

    skill: str
    required: bool
    status: Status
    sentence: str = ""
    start: int = 0
    end: int = 0
    page: int = 0


@dataclass(frozen=True)
class ConditionFit:
    """A hard condition; apart from the score, for a person to look at."""

    kind: str
    value: str
    status: Literal["met", "not_found"]
    sentence: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Fit:
    """The result for one résumé."""

    score: float  # 0..100
    requirements: tuple[RequirementFit, ...] = ()
    conditions: tuple[ConditionFit, ...] = ()
    parts: dict[str, float] = field(default_factory=dict)  # those the job has, each 0..1
    notes: tuple[Note, ...] = ()


def score(parts: dict[str, Any], weights: dict[str, float] | None = None) -> Any:
    """0..100 from the parts there are; numbers or arrays of them. Unknown names weigh nothing."""
    held = {**WEIGHTS, **(weights or {})}
    most = sum(held.get(name, 0.0) for name in parts)
    return 100 * sum(held.get(name, 0.0) * part for name, part in parts.items()) / most if most else 0.0


def totals(parts: dict[str, Floats], weights: dict[str, float] | None) -> NDArray[np.float64]:
    """`score` over arrays, to two decimals."""
    exact = {name: part.astype(np.float64) for name, part in parts.items()}
    made: NDArray[np.float64] = np.asarray(score(exact, weights), dtype=np.float64)
    return made.round(2)


def wish_texts(wish: Wish) -> list[str]:
    """The texts of a job to embed, in the order that `meaning` takes them."""
    return [wish.title, wish.text]


def meaning(near: Floats) -> Floats:
    """Nearness 0..1 from cosines (n, VIEWS, ASKED)."""
    mean = (near[:, 0, 0] + near[:, 0, 1] + near[:, 1, 0] + near[:, 2, 1]) / 4
    return np.clip((mean - _FAR) / (_NEAR - _FAR), 0, 1).astype(np.float32)


def believed(near: Floats, share: Floats, trusted: Floats) -> Floats:
    """Cosines (n, ASKED) of tops that hold copied sentences, brought below what the rest of such a top would reach.

    A mean of words with a share that is the advert's own lies about that share nearer to it, and somewhat more.
    """
    lowered = np.maximum(near * trusted[:, None] - _PASTED_LIFT * share[:, None], FALLEN)
    made: Floats = np.minimum(near, lowered).astype(np.float32)
    return made


def trust(share: Floats, copied: NDArray[np.int32]) -> Floats:
    """How far texts that hold copied sentences are believed, 0..1: less by their share of the top, and by each one."""
    cost = _ANY_COST * (copied > 0) + _PASTED_COST * share + _COPIED_COST * copied
    made: Floats = np.clip(1 - cost, 0, 1).astype(np.float32)
    return made


def wording(found: Floats) -> Floats:
    """Part of the score for the share of the advert's weighty words."""
    made: Floats = np.clip(found / np.float32(_WORDS_FULL), 0, 1).astype(np.float32)
    return made


@dataclass(frozen=True)
class Roles:
    """How long and how lately each résumé's titles name each word: words × documents (CSR)."""

    numbers: dict[str, int]
    months: Any
    recent: Any
    size: int

    @classmethod
    def build(cls, documents: Sequence[RankDocument]) -> Roles:
        """The table of a pool."""
        from scipy.sparse import csr_array

        numbers: dict[str, int] = {}
        rows, columns, lengths, recents = [], [], [], []
        for place, document in enumerate(documents):
            for word, (months, recent) in titled(document).items():
                rows.append(numbers.setdefault(word, len(numbers)))
                columns.append(place)
                lengths.append(min(1.0, months / _LONG))
                recents.append(recent)
        shape = (max(1, len(numbers)), len(documents))
        months_, recent_ = (
            csr_array((np.asarray(values, dtype=np.float32), (rows, columns)), shape=shape)
            for values in (lengths, recents)
        )
        return cls(numbers, months_, recent_, len(documents))

    def parts(self, wish: Wish) -> dict[str, Floats]:
        """Length and recency of work under the words of the job's title."""
        asked = title_words(wish.title)
        most = sum(asked.values())
        if not most:
            return {}
        made = {}
        for name, table in (("experience", self.months), ("recency", self.recent)):
            found = np.zeros(self.size, dtype=np.float32)
            for word, weight in asked.items():
                if word in self.numbers:
                    row = slice(*table.indptr[self.numbers[word] : self.numbers[word] + 2])
                    found[table.indices[row]] += np.float32(weight / most) * table.data[row]
            made[name] = np.clip(found, 0, 1)
        return made


def titled(document: RankDocument) -> dict[str, tuple[int, float]]:
    """Words of the résumé's titles with months of work under them and how recent it is within this career, 0..1.

    Recency is counted from the person's own latest work: a break costs nobody anything.
    """
    months: dict[str, int] = {}
    recent: dict[str, float] = {}
    for role in document.roles:
        back = document.last_year - role.last_year if role.last_year else 0
        for word in set(content_stems(role.title)):
            months[word] = months.get(word, 0) + max(role.months, 6)
            recent[word] = max(recent.get(word, 0.0), 1.0 - min(1.0, back / _SINCE))
    for word in set(content_stems(document.headline)):
        months[word] = max(months.get(word, 0), 24)
        recent[word] = 1.0
    return {word: (months[word], recent[word]) for word in months}


def title_words(title: str) -> dict[str, float]:
    """Words of a job's title with their weight; those that stand in any title weigh little."""
    return {word: _COMMON_TITLES if word in _TITLES else 1.0 for word in content_stems(title)}
