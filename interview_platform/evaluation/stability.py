"""Whether the same interview is always scored the same: every level over many re-scores, and how far they lie apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from langchain_core.embeddings import Embeddings

from interview_platform.evaluation import transcripts
from interview_platform.ports import AnswerJudge

REPEATS = 100
OFFLINE_RANGE, LLM_MEDIAN_RANGE = 0, 0.25
"""The goals: widest range of any level offline; median range of a language model's."""


def measure(
    given: Sequence[tuple[str, transcripts.Transcript]],
    judge: Callable[[], AnswerJudge],
    embeddings: Embeddings,
    repeats: int = REPEATS,
    say: Callable[[str], None] = lambda _: None,
) -> dict[str, Any]:
    """The range of each level and of each overall; `judge` makes a new judge for every pass, so nothing is remembered.

    `given`: jobs (transcripts.rubric_of) with their interviews.
    """
    levels: dict[str, list[float | None]] = {}
    for number in range(repeats):
        for name, level in _pass(given, judge(), embeddings):
            levels.setdefault(name, []).append(level)
        if (number + 1) % 10 == 0:
            say(f"{number + 1} of {repeats} passes")
    ranges = {name: _range(found) for name, found in levels.items()}
    widest = sorted(ranges.values())
    return {
        "interviews": len(given),
        "passes": repeats,
        "levels": len(levels),
        "widest_range": widest[-1] if widest else 0.0,
        "median_range": widest[len(widest) // 2] if widest else 0.0,
        "moved": {name: sorted({str(level) for level in levels[name]}) for name, apart in ranges.items() if apart},
    }


def _pass(
    given: Sequence[tuple[str, transcripts.Transcript]], judge: AnswerJudge, embeddings: Embeddings
) -> list[tuple[str, float | None]]:
    made: list[tuple[str, float | None]] = []
    for job, one in given:
        found = transcripts.score(one, transcripts.rubric_of(job), judge, embeddings)
        made += [(f"{one.id}: {f.criterion.name}", float(f.level.level) if f.level else None) for f in found]
        made.append((f"{one.id}: overall", transcripts.line_of(one, found)["overall"]))
    return made


def _range(found: Sequence[float | None]) -> float:
    """Between "not assessed" and a level lies the whole scale."""
    if None in found:
        return 0.0 if not any(level is not None for level in found) else 4.0
    known = [level for level in found if level is not None]
    return round(max(known) - min(known), 4)
