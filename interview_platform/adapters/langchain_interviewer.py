"""Any LangChain chat model as interviewer: one streamed, structured decision a turn, and the wording of follow-ups.

The fields come in an order that lets the voice begin early and yet follow from a look at the answer: the open points
first, in a few tokens, then what to do, then the bridge, which is spoken while the question, the reason and the quotes
are still being written. What is cut short, blocked, malformed or contradicts itself is a ModelFailed, never a guess.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeVar

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.utils.json import parse_partial_json
from pydantic import BaseModel, Field

from interview_platform.adapters.langchain_chat import (
    ModelFailed,
    Price,
    Prompt,
    Usage,
    bound,
    failed,
    prompt,
    retry_after,
    status_of,
    streamed,
    text_of,
    usage_of,
    whole,
)
from interview_platform.ports import Decision, Exchange, PointVerdict

TURN_SECONDS = 4.0
MAX_BRIDGE_WORDS = 25
RETRY_SECONDS = 0.3
RETRIED = frozenset({429, 500, 502, 503, 504})
MAX_BECAUSE = 300
Say = Callable[[str], bool]
Asked = TypeVar("Asked", bound=BaseModel)


class Covered(BaseModel):
    """What the answers show of one point."""

    point_number: int = Field(description="number of the point, from 1")
    verdict: Literal["met", "partly", "not_shown"]
    quotes: list[str] = Field(description="words copied from the candidate's answers; empty for not_shown")


class TurnDecision(BaseModel):
    """What the interviewer model gives back. Every field is required, so that a cut answer cannot pass."""

    open_points: list[int] = Field(description="numbers of the points still open")
    action: Literal["accept", "follow_up", "deeper", "ease"]
    point_number: int = Field(description="number of the point asked for; 0 for accept and deeper")
    bridge: str = Field(description="one short sentence before the question; empty for accept")
    question: str = Field(description="the question as it is spoken; empty for accept")
    because: str = Field(description="for the recruiter: what in the answer, or missing from it, led to this")
    covered: list[Covered] = Field(description="one entry for every point, in order")


class FollowUpWording(BaseModel):
    """What the model gives back where it only words a follow-up."""

    question: str = Field(description="the question as it is spoken")


@dataclass
class _Call:
    """One asked model: what came back, and whether the bridge was handed on."""

    raw: AIMessageChunk | None = None
    said: bool = False


class _Speaker:
    """Shared by both: asks within the turn's time, retries a busy server, hands the bridge on early."""

    name = "langchain"
    _prompt_name = ""
    _schema: type[BaseModel]

    def __init__(
        self,
        model: BaseChatModel,
        label: str,
        price: Price | None = None,
        seconds: float = TURN_SECONDS,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        """`seconds`: what a turn has. Another try begins within half of it; after twice of it nobody waits any more."""
        self.label = label
        self._model: Any = bound(model, self._schema)
        self._price, self._seconds, self._clock, self._wait = price, seconds, clock, wait

    @property
    def _prompt(self) -> Prompt:
        return prompt(self._prompt_name)

    def _ask(self, messages: list[BaseMessage], say: Callable[[dict[str, Any]], bool]) -> tuple[_Call, float]:
        """The call and its seconds. One more try where the server was busy before the first word, and time is left."""
        started, tries = self._clock(), 0
        while True:
            call = _Call()
            try:
                self._read(call, messages, say, started)
                return call, self._clock() - started
            except ModelFailed:
                raise
            except Exception as error:
                tries += 1
                pause = RETRY_SECONDS if (asked := retry_after(error)) is None else asked
                late = self._clock() - started + pause > self._seconds / 2
                if call.raw is not None or tries > 1 or late or status_of(error) not in RETRIED:
                    raise failed(error, usage_of(call.raw, self._price)) from error
                self._wait(pause)

    def _read(
        self, call: _Call, messages: list[BaseMessage], say: Callable[[dict[str, Any]], bool], started: float
    ) -> None:
        for call.raw in streamed(self._model, messages):
            if self._clock() - started > 2 * self._seconds:  # twice: the voice may still be at the bridge
                raise ModelFailed("The language model did not answer in time.", usage_of(call.raw, self._price))
            if not call.said and (begun := _begun(text_of(call.raw))):
                call.said = True  # asked once, whatever the answer
                say(begun)

    def _whole(self, call: _Call, wanted: type[Asked]) -> tuple[Asked, Usage]:
        usage = usage_of(call.raw, self._price)
        return whole(call.raw, wanted, usage), usage


class LangChainInterviewer(_Speaker):
    """Interviewer over a chat model."""

    _prompt_name = "interviewer"
    _schema = TurnDecision

    def decide(self, exchange: Exchange, say: Say | None = None) -> Decision:
        """The model's decision. Its quotes stand in the answers; its wording is for the caller's guard to check."""
        if not exchange.options:
            return Decision(engine=self.label)
        points = [option.point for option in exchange.options]
        call, seconds = self._ask(self._messages(exchange), lambda begun: _say_bridge(begun, points, say))
        made, usage = self._whole(call, TurnDecision)
        return _decision(made, exchange, self.label, self._prompt.version, seconds, usage)

    def _messages(self, exchange: Exchange) -> list[BaseMessage]:
        points = [f"{option.point}\n   {_line(option.question)}" for option in exchange.options]
        stable = {
            "job": exchange.job_title or "-",
            "level": exchange.level,
            "question": exchange.question,
            "plain_question": exchange.plain_question or "-",
            "points": "\n".join(f"{number}. {entry}" for number, entry in enumerate(points, start=1)),
        }
        changing = {
            "asked": "\n".join(f"- {text}" for text in exchange.asked) or "- none",
            "earlier": "\n\n".join(f"Asked: {each.question}\nAnswered: {each.answer}" for each in exchange.earlier),
            "follow_ups_here": str(exchange.follow_ups_here),
            "refused": _refused(exchange),
            "answer": exchange.answer,
        }
        return self._prompt.messages(stable, changing)


class LangChainWording(_Speaker):
    """Words a follow-up that was decided on elsewhere."""

    _prompt_name = "wording"
    _schema = FollowUpWording

    def word(self, exchange: Exchange, decided: Decision) -> Decision:
        """The decision with its question in the model's words; all else stays. Raises ModelFailed."""
        stable = {"question": exchange.question, "authored": decided.text}
        messages = self._prompt.messages(stable, {"refused": _refused(exchange), "answer": exchange.answer})
        call, seconds = self._ask(messages, lambda _begun: False)
        made, usage = self._whole(call, FollowUpWording)
        if not made.question.strip():
            raise ModelFailed("The language model gave no question.", usage)
        return replace(
            decided,
            text=_line(made.question),
            engine=self.label,
            prompt=self._prompt.version,
            seconds=seconds,
            tokens_in=usage.tokens_in,
            tokens_out=usage.tokens_out,
            cost=usage.cost,
        )


# --- while it is being written ----------------------------------------------------------------------------------


def _begun(text: str) -> dict[str, Any] | None:
    """The fields so far, once the bridge is whole: another field has begun after it."""
    if '"bridge"' not in text:
        return None
    try:
        fields = parse_partial_json(text)
    except ValueError:
        return None
    if not isinstance(fields, dict) or "bridge" not in fields or next(reversed(fields)) == "bridge":
        return None
    return fields


def _say_bridge(begun: dict[str, Any], points: Sequence[str], say: Say | None) -> bool:
    """Hand the bridge on where what led to it was written before it, and makes sense."""
    action, number = begun.get("action"), begun.get("point_number")
    if action not in {"follow_up", "ease", "deeper"} or not isinstance(number, int):
        return False
    if action != "deeper" and not 1 <= number <= len(points):
        return False
    bridge = _bridge(str(begun.get("bridge") or ""))
    return bool(bridge and say is not None and say(bridge))


def _bridge(text: str) -> str:
    """The bridge, if it is a short sentence that asks nothing; else none."""
    text = _line(text)
    return text if "?" not in text and len(text.split()) <= MAX_BRIDGE_WORDS else ""


# --- once it is whole -------------------------------------------------------------------------------------------


def _decision(
    made: TurnDecision, exchange: Exchange, label: str, version: str, seconds: float, usage: Usage
) -> Decision:
    covered = _covered(made, exchange, usage)
    point = _target(made, covered, usage)
    asks = made.action != "accept"
    if asks and not made.question.strip():
        raise ModelFailed("The language model decided to ask and gave no question.", usage)
    return Decision(
        made.action,
        _line(made.question) if asks else "",
        _bridge(made.bridge) if asks else "",
        point,
        _because(made.because, point),
        covered,
        engine=label,
        prompt=version,
        seconds=seconds,
        tokens_in=usage.tokens_in,
        tokens_out=usage.tokens_out,
        cost=usage.cost,
    )


def _covered(made: TurnDecision, exchange: Exchange, usage: Usage) -> tuple[PointVerdict, ...]:
    """One verdict a point, in order; without words that really stand in an answer nothing counts as shown."""
    found = {entry.point_number: entry for entry in made.covered}
    if sorted(entry.point_number for entry in made.covered) != list(range(1, len(exchange.options) + 1)):
        raise ModelFailed("The language model did not go through every point once.", usage)
    said = _plain("\n".join([exchange.answer, *(each.answer for each in exchange.earlier)]))
    verdicts = []
    for number, option in enumerate(exchange.options, start=1):
        entry = found[number]
        quotes = tuple(quote.strip() for quote in entry.quotes if _plain(quote) and f" {_plain(quote)} " in f" {said} ")
        shown = entry.verdict if quotes else "not_shown"
        verdicts.append(PointVerdict(option.point, shown, quotes if shown != "not_shown" else ()))
    return tuple(verdicts)


def _target(made: TurnDecision, covered: Sequence[PointVerdict], usage: Usage) -> str:
    """The point asked for; empty for accept and deeper. One that the model itself calls shown is not asked for."""
    if made.action in {"accept", "deeper"}:
        return ""
    if not 1 <= made.point_number <= len(covered):
        raise ModelFailed("The language model asked for a point that does not exist.", usage)
    target = covered[made.point_number - 1]
    if target.verdict == "met":
        raise ModelFailed("The language model asked for a point that it found answered.", usage)
    return target.point


def _because(text: str, point: str) -> str:
    reason = _line(text)[:MAX_BECAUSE]
    return f"Open point: {point}. {reason}".strip() if point else reason


def _refused(exchange: Exchange) -> str:
    return "\n".join(f"- {text} ({reason})" for text, reason in exchange.refused) or "- none"


def _line(text: str) -> str:
    return " ".join(text.split())


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[\w']+", text.lower().replace("’", "'")))
