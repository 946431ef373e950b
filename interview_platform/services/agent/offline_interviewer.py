"""The interviewer that needs no LLM: it asks for the point an answer shows least, in authored words.

What an answer shows is read by the offline judge, so a follow-up always aims at what the report would miss. The
candidate's own words lead over to it where they can be told back safely. Deterministic, and unable to invent.
"""

from __future__ import annotations

from collections.abc import Callable

from langchain_core.embeddings import Embeddings

from interview_platform.ports import Decision, Exchange, FollowUpOption, PointVerdict
from interview_platform.services.agent import guard, phrases
from interview_platform.services.scoring.offline_judge import OfflineJudge

SHORT_WORDS = 25
"""An answer of fewer words gets a follow-up even when every point seems touched: there is hardly anything to judge."""
_ORDER = {"not_shown": 0, "partly": 1, "met": 2}


class Remembering(Embeddings):
    """Embeddings that keep the vectors of texts seen before: points and questions come in every interview."""

    def __init__(self, embeddings: Embeddings, most: int = 4096) -> None:
        self._embeddings = embeddings
        self._most = most
        self._held: dict[str, list[float]] = {}

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Each text's vector; only new texts are computed."""
        held = dict(self._held)
        new = [text for text in dict.fromkeys(texts) if text not in held]
        if new:
            held.update(zip(new, self._embeddings.embed_documents(new), strict=True))
            self._held = dict(list(held.items())[-self._most :])  # replaced whole: rooms share it across threads
        return [held[text] for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """One text's vector."""
        return self.embed_documents([text])[0]


class OfflineInterviewer:
    """Interviewer over any LangChain Embeddings."""

    name = "offline"
    label = "Offline interviewer"

    def __init__(self, embeddings: Embeddings) -> None:
        self._judge = OfflineJudge(Remembering(embeddings))

    def decide(self, exchange: Exchange, say: Callable[[str], bool] | None = None) -> Decision:
        """The least shown point's question, or "accept" when the answer shows them all."""
        open_options = [option for option in exchange.options if not _was_asked(option, exchange)]
        if not open_options:
            return Decision(engine=self.label)
        verdicts = self._judge.judge(exchange.question, [option.point for option in open_options], exchange.answer)
        option, verdict = min(zip(open_options, verdicts, strict=True), key=lambda pair: _coverage(pair[1]))
        short = len(exchange.answer.split()) < SHORT_WORDS
        if verdict.verdict == "met" and not short:
            return Decision(covered=tuple(verdicts), engine=self.label)
        said = phrases.deed(exchange.answer)
        text = f"You said that {said.as_you()}. {option.question}" if said else option.question
        if guard.check(text, exchange.asked) is None:
            text = option.question
        reason = {"not_shown": "Not shown yet", "partly": "Shown in part", "met": "A short answer"}[verdict.verdict]
        because = f"{reason}: {option.point}."
        return Decision(
            "follow_up", text, point=option.point, because=because, covered=tuple(verdicts), engine=self.label
        )


def _was_asked(option: FollowUpOption, exchange: Exchange) -> bool:
    return any(guard.same(option.question, asked) for asked in exchange.asked)


def _coverage(verdict: PointVerdict) -> tuple[int, float]:
    """Least shown first; within "not shown" the surest."""
    sure = -verdict.confidence if verdict.verdict == "not_shown" else verdict.confidence
    return _ORDER[verdict.verdict], sure
