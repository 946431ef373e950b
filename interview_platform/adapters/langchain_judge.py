"""Any LangChain chat model as judge of points: several passes, the median verdict, claims only with quotes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from langchain_core.language_models import BaseChatModel
from pydantic import BaseModel, Field

from interview_platform.adapters.langchain_chat import bound, many, numbered, prompt, whole
from interview_platform.errors import ServiceUnavailable
from interview_platform.ports import PointVerdict, Verdict

MAX_QUOTES = 2
_VERDICTS: tuple[Verdict, ...] = ("not_shown", "partly", "met")


class PointJudgement(BaseModel):
    """One point's verdict."""

    point_number: int = Field(description="number of the point, from 1")
    verdict: Literal["met", "partly", "not_shown"]
    quotes: list[str] = Field(description="words copied from the answer; empty for not_shown")


class Judgement(BaseModel):
    """What the judge model gives back: one verdict per point."""

    verdicts: list[PointJudgement]


class LangChainJudge:
    """AnswerJudge over a chat model."""

    name = "langchain"

    def __init__(self, model: BaseChatModel, label: str, passes: int = 3) -> None:
        self.label = label
        self._passes = passes
        self._model = bound(model, Judgement)

    def judge(self, question: str, points: Sequence[str], answer: str) -> list[PointVerdict]:
        """One verdict per point; confidence is the share of passes that agree with it. Quotes are only claimed."""
        if not points:
            return []
        if not answer.strip():
            return [PointVerdict(point, "not_shown") for point in points]
        messages = prompt("judge").messages({"question": question, "points": numbered(points)}, {"answer": answer})
        results = many(self._model, [messages] * self._passes, at_once=self._passes)
        passes = [_by_number(whole(result, Judgement), len(points)) for result in results]
        return [_agreed(point, [made[number] for made in passes]) for number, point in enumerate(points, start=1)]


def _by_number(made: Judgement, points: int) -> dict[int, PointJudgement]:
    """The verdicts by point; a missing or doubled one makes the pass worthless."""
    found = {entry.point_number: entry for entry in made.verdicts}
    if sorted(entry.point_number for entry in made.verdicts) != list(range(1, points + 1)):
        raise ServiceUnavailable("The language model did not judge every point once.")
    return found


def _agreed(point: str, passes: Sequence[PointJudgement]) -> PointVerdict:
    """The median verdict, with quotes from the passes that gave it; without a quote nothing counts as shown."""
    counted = Counter(entry.verdict for entry in passes)
    ranked = sorted(_VERDICTS.index(entry.verdict) for entry in passes)
    verdict = _VERDICTS[ranked[(len(ranked) - 1) // 2]]
    quotes = [quote.strip() for entry in passes if entry.verdict == verdict for quote in entry.quotes if quote.strip()]
    kept = tuple(dict.fromkeys(quotes))[:MAX_QUOTES] if verdict != "not_shown" else ()
    if not kept:
        verdict = "not_shown"
    return PointVerdict(point, verdict, kept, counted[verdict] / len(passes))
