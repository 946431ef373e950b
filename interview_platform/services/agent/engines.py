"""A language model as interviewer, the offline interviewer behind it: late, failing or refused, it hands the turn on.

Whoever decided stands in the decision (`engine`), and why it was not the model (`fallback`). Nothing the model words
is passed on before the guard has read it; what it refused is kept in the decision.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from interview_platform.errors import PlatformError
from interview_platform.ports import Decision, Exchange, Interviewer
from interview_platform.services.agent import guard
from interview_platform.services.agent.attempt import Attempt, Failed, Late
from interview_platform.services.agent.breaker import Breaker

BUDGET_SECONDS = 4.0
TRIES = 2
"""Wordings that the guard may refuse before the offline interviewer takes the turn, less one."""
AT_ONCE = 8
ANSWERED = "already answered"

Say = Callable[[str], bool]


@dataclass
class _Turn:
    """What happened in one turn so far."""

    exchange: Exchange
    say: Say | None
    started: float
    bridge: str = ""  # that was said
    offline: Decision | None = None
    refused: list[tuple[str, str]] = field(default_factory=list)
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float | None = None

    def add_usage(self, used: object) -> None:
        """Tokens of a decision, or of an error that knows what the call used."""
        self.tokens_in += getattr(used, "tokens_in", 0)
        self.tokens_out += getattr(used, "tokens_out", 0)
        cost: float | None = getattr(used, "cost", None)
        if cost is not None:
            self.cost = (self.cost or 0.0) + cost


class WithFallback:
    """Interviewer: `primary` within a time a turn, `offline` whenever that does not work out."""

    name = "with-fallback"

    def __init__(
        self,
        primary: Interviewer,
        offline: Interviewer,
        budget_seconds: float = BUDGET_SECONDS,
        clock: Callable[[], float] = time.monotonic,
        breaker: Breaker | None = None,
        at_once: int = AT_ONCE,
    ) -> None:
        """`at_once`: turns of all rooms together that may wait for the primary; more go to the offline engine."""
        self.label = f"{primary.label} (in reserve: {offline.label})"
        self._primary, self._offline = primary, offline
        self._budget, self._clock = budget_seconds, clock
        self._breaker = breaker or Breaker(clock)
        self._threads = ThreadPoolExecutor(at_once, "language-model")
        self._free = threading.Semaphore(at_once)

    def decide(self, exchange: Exchange, say: Say | None = None) -> Decision:
        """The primary's decision, checked; else the offline one with the reason. Raises what the offline one raises."""
        turn = _Turn(exchange, say, self._clock())
        if not exchange.options:
            return self._offline.decide(exchange)
        if not self._breaker.allows():
            return self._instead(turn, f"{self._primary.label} failed several times in a row and is left to rest.")
        made = None
        try:
            made, why = self._try(turn)
        finally:
            self._breaker.report(made is not None)
        return made if made is not None else self._instead(turn, why)

    def remember(self, questions: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> None:
        """Let the engine in reserve prepare what questions and their points need (OfflineInterviewer.remember)."""
        prepare = getattr(self._offline, "remember", None)
        if prepare is not None:
            prepare(questions)

    def close(self) -> None:
        """Take no more turns; what still runs ends by its own time limit."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    # --- the primary ---------------------------------------------------------------------------------------------

    def _try(self, turn: _Turn) -> tuple[Decision | None, str]:
        """A decision that may be said, or None and why there is none, in words for people."""
        why = ""
        for _ in range(TRIES):
            try:
                made = self._ask(turn)
            except Late:
                again = f" again, after the guard refused its first wording ({why})," if why else ""
                return None, f"{self._primary.label} did not answer{again} within {self._budget:g} seconds."
            except Failed as failure:
                turn.add_usage(failure.error)
                return None, self._told(failure.error)
            turn.add_usage(made)
            why = self._refusal(turn, made)
            if not why:
                return self._finished(turn, made), ""
            turn.refused.append((made.text, why))
        return None, f"What {self._primary.label} wanted to say was refused by the guard {TRIES} times: {why}."

    def _told(self, error: Exception) -> str:
        """An engine's error for people; one that was not written for them is only named."""
        expected = isinstance(error, PlatformError)
        return str(error) if expected else f"{self._primary.label} failed unexpectedly ({type(error).__name__})."

    def _ask(self, turn: _Turn) -> Decision:
        if not self._free.acquire(blocking=False):
            raise Failed(PlatformError(f"{self._primary.label} was busy with other interviews."))
        exchange = replace(turn.exchange, refused=(*turn.exchange.refused, *turn.refused))
        attempt = Attempt(lambda say: self._primary.decide(exchange, say), lambda bridge: self._hand_on(turn, bridge))
        attempt.start(self._threads, ended=self._free.release)
        return attempt.wait(self._clock, turn.started + self._budget)

    def _hand_on(self, turn: _Turn, bridge: str) -> bool:
        """Say a bridge that may be said, once a turn."""
        if turn.say is None or turn.bridge or not self._may(turn, bridge) or not turn.say(bridge):
            return False
        turn.bridge = bridge
        return True

    def _may(self, turn: _Turn, bridge: str) -> bool:
        why = _reason(turn.exchange, bridge, follow_up=False)
        if why and (bridge, why) not in turn.refused:
            turn.refused.append((bridge, why))
        return not why

    def _refusal(self, turn: _Turn, made: Decision) -> str:
        """Why the question must not be asked; empty when it may.

        The guard reads the words; whether the point was answered already, here or earlier, the offline engine also
        knows, within milliseconds. Where the two disagree nobody is asked twice.
        """
        if made.action == "accept":
            return ""
        if why := _reason(turn.exchange, made.text, follow_up=True):
            return why
        try:
            covered = self._offline_decision(turn).covered
        except PlatformError:
            return ""  # then the model's own look at the points counts alone
        return ANSWERED if any(one.point == made.point and one.verdict == "met" for one in covered) else ""

    def _offline_decision(self, turn: _Turn) -> Decision:
        """Made once a turn, when it is needed first."""
        if turn.offline is None:
            turn.offline = self._offline.decide(turn.exchange)
        return turn.offline

    def _finished(self, turn: _Turn, made: Decision) -> Decision:
        bridge = turn.bridge or (made.bridge if made.bridge and self._may(turn, made.bridge) else "")
        return self._with_account(turn, replace(made, bridge=bridge, engine=made.engine or self._primary.label))

    # --- the offline engine --------------------------------------------------------------------------------------

    def _instead(self, turn: _Turn, why: str) -> Decision:
        """The offline decision. After a bridge that was said its own is left out."""
        made = self._offline_decision(turn)
        bridge = turn.bridge or made.bridge
        engine = made.engine or self._offline.label
        return self._with_account(turn, replace(made, bridge=bridge, engine=engine, fallback=why))

    def _with_account(self, turn: _Turn, made: Decision) -> Decision:
        """The decision with the whole turn's time, tokens and refusals."""
        return replace(
            made,
            seconds=self._clock() - turn.started,
            tokens_in=turn.tokens_in,
            tokens_out=turn.tokens_out,
            cost=turn.cost,
            refused=(*turn.refused, *made.refused),
        )


def _reason(exchange: Exchange, text: str, follow_up: bool) -> str:
    """Why the guard refuses it; empty when it may be said."""
    said = (exchange.answer, *(each.answer for each in exchange.earlier))
    points = tuple(option.point for option in exchange.options)
    asked = exchange.asked if follow_up else ()
    return guard.review(text, asked=asked, said=said, points=points, follow_up=follow_up)
