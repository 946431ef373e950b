"""Any LangChain chat model as interviewer and as judge.

Answers come as structured output with required fields only. One that was cut short, blocked or incomplete is a
ServiceUnavailable, never a guess. What a candidate said goes in as marked, untrusted data.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, TypeVar

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage
from pydantic import BaseModel, Field

from interview_platform.errors import ServiceUnavailable
from interview_platform.ports import Decision, Exchange, PointVerdict, Verdict

PROMPTS = Path(__file__).resolve().parent.parent / "services" / "agent" / "prompts"
TIMEOUT_SECONDS = 20.0
MAX_ATTEMPTS = 2
MAX_QUOTES = 2

_CUT_SHORT = frozenset({"max_tokens", "length", "safety", "content_filter", "refusal", "recitation", "blocklist"})
_CUT_SHORT |= {"prohibited_content", "spii", "malformed_function_call", "other", "language", "image_safety"}
_VERDICTS: tuple[Verdict, ...] = ("not_shown", "partly", "met")


class FollowUpDecision(BaseModel):
    """What the interviewer model gives back; every field is required, so that a cut answer cannot pass."""

    ask: bool = Field(description="whether to ask a follow-up")
    point_number: int = Field(description="number of the point asked for, 0 if none")
    question: str = Field(description="the follow-up as it is spoken, empty if none")
    because: str = Field(description="what in the answer, or missing from it, led to this")


class PointJudgement(BaseModel):
    """One point's verdict."""

    point_number: int = Field(description="number of the point, from 1")
    verdict: Literal["met", "partly", "not_shown"]
    quotes: list[str] = Field(description="words copied from the answer; empty for not_shown")


class Judgement(BaseModel):
    """What the judge model gives back: one verdict per point."""

    verdicts: list[PointJudgement]


Answer = TypeVar("Answer", bound=BaseModel)


class LangChainInterviewer:
    """Interviewer over a chat model."""

    name = "langchain"

    def __init__(self, model: BaseChatModel, label: str) -> None:
        self.label = label
        self._model = model.with_structured_output(FollowUpDecision, include_raw=True)

    def decide(self, exchange: Exchange, say: Callable[[str], bool] | None = None) -> Decision:
        """The model's decision. Its wording is checked by the caller's guard before it is said."""
        if not exchange.options:
            return Decision(engine=self.label)
        points = [option.point for option in exchange.options]
        messages = _messages(
            "interviewer",
            exchange.answer,
            question=exchange.question,
            points=_numbered(points),
            asked="\n".join(f"- {text}" for text in exchange.asked) or "- none",
        )
        decision = _checked(_invoke(self._model, messages, times=1)[0], FollowUpDecision)
        if not decision.ask or not decision.question.strip():
            return Decision(engine=self.label)
        if not 1 <= decision.point_number <= len(points):
            raise ServiceUnavailable("The language model asked for a point that does not exist.")
        point = points[decision.point_number - 1]
        because = f"Open point: {point}. {decision.because.strip()}"
        return Decision("follow_up", decision.question.strip(), point=point, because=because, engine=self.label)


class LangChainJudge:
    """AnswerJudge over a chat model: several passes, the median verdict of each point."""

    name = "langchain"

    def __init__(self, model: BaseChatModel, label: str, passes: int = 3) -> None:
        self.label = label
        self._passes = passes
        self._model = model.with_structured_output(Judgement, include_raw=True)

    def judge(self, question: str, points: Sequence[str], answer: str) -> list[PointVerdict]:
        """One verdict per point; confidence is the share of passes that agree with it. Quotes are only claimed."""
        if not points:
            return []
        if not answer.strip():
            return [PointVerdict(point, "not_shown") for point in points]
        messages = _messages("judge", answer, question=question, points=_numbered(points))
        results = _invoke(self._model, messages, times=self._passes)
        passes = [_by_number(_checked(result, Judgement), len(points)) for result in results]
        return [_agreed(point, [made[number] for made in passes]) for number, point in enumerate(points, start=1)]


def chat_model(
    spec: str, api_key: str, base_url: str, timeout_seconds: float = TIMEOUT_SECONDS, attempts: int = MAX_ATTEMPTS
) -> BaseChatModel:
    """A model from `provider:model`. `attempts` counts the first try too; empty key or address: the provider's own."""
    given: dict[str, Any] = {"timeout": timeout_seconds, "max_retries": attempts}
    given |= {name: value for name, value in (("api_key", api_key), ("base_url", base_url)) if value}
    provider, _, model = spec.partition(":")
    if provider == "google_genai":
        from langchain_google_genai import ChatGoogleGenerativeAI

        return ChatGoogleGenerativeAI(model=model, **given)
    from langchain.chat_models import init_chat_model

    made = init_chat_model(spec, **given)
    assert isinstance(made, BaseChatModel)
    return made


# --- asking and checking ----------------------------------------------------------------------------------------


@lru_cache
def _prompt(name: str) -> str:
    return (PROMPTS / f"{name}.md").read_text(encoding="utf-8").strip()


def _messages(prompt: str, answer: str, **values: str) -> list[BaseMessage]:
    """Instructions and data. The marker is new each time: words of the answer cannot close their own block."""
    marker = secrets.token_hex(4)
    answer = answer.replace("<<", "« ").replace(">>", " »")
    system = _prompt(prompt).replace("{{marker}}", marker)
    data = _prompt(f"{prompt}_data").replace("{{marker}}", marker)
    for name, value in values.items():
        data = data.replace("{{" + name + "}}", value)
    return [SystemMessage(system), HumanMessage(data.replace("{{answer}}", answer))]


def _numbered(points: Sequence[str]) -> str:
    return "\n".join(f"{number}. {point}" for number, point in enumerate(points, start=1))


def _invoke(model: Any, messages: list[BaseMessage], times: int) -> list[dict[str, Any]]:
    """`times` answers to the same messages, asked at once. Whatever a vendor raises becomes ServiceUnavailable."""
    try:
        return list(model.batch([messages] * times, config={"max_concurrency": times}))
    except Exception as error:
        raise ServiceUnavailable(f"The language model did not answer ({type(error).__name__}).") from error


def _checked(result: dict[str, Any], wanted: type[Answer]) -> Answer:
    """The parsed answer, if it came whole."""
    metadata = getattr(result.get("raw"), "response_metadata", None) or {}
    reason = str(metadata.get("finish_reason") or metadata.get("stop_reason") or "").rsplit(".", 1)[-1].lower()
    if reason in _CUT_SHORT or (metadata.get("prompt_feedback") or {}).get("block_reason"):
        raise ServiceUnavailable(f"The language model's answer was cut short or blocked ({reason or 'blocked'}).")
    parsed = result.get("parsed")
    if not isinstance(parsed, wanted):
        raise ServiceUnavailable("The language model's answer was not in the agreed form.") from result.get(
            "parsing_error"
        )
    return parsed


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
