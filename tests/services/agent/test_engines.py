"""A language model with the offline interviewer behind it: lateness, failure, refusal, rest, and who is named."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import pytest

from interview_platform.errors import ServiceUnavailable
from interview_platform.ports import Decision, Exchange, FollowUpOption, PointVerdict
from interview_platform.services.agent.breaker import Breaker
from interview_platform.services.agent.engines import WithFallback

QUESTION = "Tell me about an outage you dealt with."
ANSWER = "The payment service failed one night. I read the logs and found the report job behind it."
EXCHANGE = Exchange(
    QUESTION,
    ANSWER,
    (FollowUpOption("Says what was changed afterwards", "What did you change afterwards?"),),
    (QUESTION,),
)
ASKED = Decision("follow_up", "Which change came of it?", "You said that you read the logs.", engine="A model")
BRIDGE = ASKED.bridge
Act = Callable[[Exchange, Callable[[str], bool]], Decision]


@dataclass
class Clock:
    """Time that moves when it is told to."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Engine:
    """An interviewer that does as `acts` say, one after the other; the last one for good."""

    label: str
    acts: list[Act]
    name: str = "acting"
    seen: list[Exchange] = field(default_factory=list)

    def decide(self, exchange: Exchange, say: Callable[[str], bool] | None = None) -> Decision:
        self.seen.append(exchange)
        act = self.acts.pop(0) if len(self.acts) > 1 else self.acts[0]
        return act(exchange, say or (lambda _bridge: False))


def gives(decision: Decision) -> Act:
    return lambda _exchange, _say: decision


def fails(error: Exception) -> Act:
    def act(_exchange: Exchange, _say: Callable[[str], bool]) -> Decision:
        raise error

    return act


@dataclass
class Held:
    """A whole engine with its clock, and what went to the voice early."""

    primary: Engine
    clock: Clock
    engine: WithFallback
    said: list[str] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)

    def decide(self, exchange: Exchange = EXCHANGE) -> Decision:
        return self.engine.decide(exchange, lambda bridge: not self.said.append(bridge))

    def late(self, after: float = 10.0, bridge: str = "") -> Act:
        """An act that lets the time pass, after a bridge if there is one, and hangs until it is released."""

        def act(_exchange: Exchange, say: Callable[[str], bool]) -> Decision:
            if bridge:
                say(bridge)
            self.clock.now += after
            self.released.wait(10)
            return ASKED

        return act


@pytest.fixture
def held() -> Iterator[Held]:
    clock = Clock()
    primary = Engine("A model", [gives(ASKED)])
    offline = Engine("Offline interviewer", [gives(Decision("follow_up", "What did you change afterwards?"))])
    made = Held(primary, clock, WithFallback(primary, offline, 4.0, clock, Breaker(clock, 3, 60.0), at_once=2))
    yield made
    made.released.set()
    made.engine.close()


def test_the_models_decision_is_taken_when_it_is_there_in_time(held: Held) -> None:
    found = held.decide()
    assert (found.text, found.bridge, found.engine, found.fallback) == (ASKED.text, BRIDGE, "A model", "")


def test_the_label_names_both() -> None:
    made = WithFallback(Engine("A model", []), Engine("Offline interviewer", []))
    assert made.label == "A model (in reserve: Offline interviewer)"


def test_a_late_model_is_not_waited_for(held: Held) -> None:
    held.primary.acts = [held.late()]
    found = held.decide()
    assert (found.engine, found.text) == ("Offline interviewer", "What did you change afterwards?")
    assert found.fallback == "A model did not answer within 4 seconds."
    assert found.seconds == 10.0


def test_what_comes_late_is_not_said(held: Held) -> None:
    answered: list[bool] = []

    def act(_exchange: Exchange, say: Callable[[str], bool]) -> Decision:
        held.clock.now += 10
        held.released.wait(10)
        answered.append(say(BRIDGE))
        return ASKED

    held.primary.acts = [act]
    held.decide()
    held.released.set()
    held.engine._threads.shutdown(wait=True)
    assert (answered, held.said) == ([False], [])


def test_after_a_bridge_the_rest_has_the_time_that_it_takes_to_speak_it(held: Held) -> None:
    def act(_exchange: Exchange, say: Callable[[str], bool]) -> Decision:
        held.clock.now = 3.9
        say(BRIDGE)
        held.clock.now = 5.0  # late by the turn's time, yet the voice is still at the bridge
        return ASKED

    held.primary.acts = [act]
    assert held.decide().engine == "A model"


def test_a_fallback_after_a_said_bridge_goes_on_from_it(held: Held) -> None:
    held.primary.acts = [held.late(bridge=BRIDGE)]
    found = held.decide()
    assert held.said == [BRIDGE]
    assert (found.bridge, found.text) == (BRIDGE, "What did you change afterwards?")


def test_a_failing_model_hands_the_turn_on_with_its_reason(held: Held) -> None:
    held.primary.acts = [fails(ServiceUnavailable("The language model did not answer (503)."))]
    assert held.decide().fallback == "The language model did not answer (503)."


def test_a_bug_in_an_engine_hands_the_turn_on_and_tells_no_details(held: Held) -> None:
    held.primary.acts = [fails(ValueError("what the candidate said"))]
    assert held.decide().fallback == "A model failed unexpectedly (ValueError)."


def test_a_refused_wording_is_asked_for_again_with_the_reason(held: Held) -> None:
    bad = replace(ASKED, text="You will get the job. Which change came of it?")
    held.primary.acts = [gives(bad), gives(ASKED)]
    found = held.decide()
    assert (found.text, found.engine) == (ASKED.text, "A model")
    assert [text for text, _ in found.refused] == [bad.text]
    assert held.primary.seen[1].refused == found.refused


def test_a_refused_wording_leaves_only_the_rest_of_the_time(held: Held) -> None:
    held.primary.acts = [gives(replace(ASKED, text="Do you have children?")), held.late()]
    found = held.decide()
    assert found.engine == "Offline interviewer"
    assert found.fallback == (
        "A model did not answer again, after the guard refused its first wording (protected topic), within 4 seconds."
    )


def test_a_wording_refused_twice_hands_the_turn_on(held: Held) -> None:
    held.primary.acts = [gives(replace(ASKED, text="Do you have children?"))]
    found = held.decide()
    assert found.engine == "Offline interviewer"
    assert "refused by the guard 2 times" in found.fallback
    assert len(found.refused) == 2


def test_a_point_that_the_offline_engine_finds_answered_is_not_asked_for(held: Held) -> None:
    point = EXCHANGE.options[0].point
    offline = Engine(
        "Offline interviewer", [gives(Decision(covered=(PointVerdict(point, "met", ("I read the logs",)),)))]
    )
    engine = WithFallback(Engine("A model", [gives(replace(ASKED, point=point))]), offline, 4.0, held.clock)
    found = engine.decide(EXCHANGE)
    assert (found.action, found.engine) == ("accept", "Offline interviewer")
    assert [why for _, why in found.refused] == ["already answered"] * 2
    assert len(offline.seen) == 1
    engine.close()


def test_without_the_offline_engine_the_models_decision_stands(held: Held) -> None:
    offline = Engine("Offline interviewer", [fails(ServiceUnavailable("no embeddings"))])
    engine = WithFallback(held.primary, offline, 4.0, held.clock)
    assert engine.decide(EXCHANGE).engine == "A model"
    engine.close()


def test_a_bridge_is_said_once_even_if_the_question_is_asked_for_again(held: Held) -> None:
    def act(text: str) -> Act:
        def decide(_exchange: Exchange, say: Callable[[str], bool]) -> Decision:
            say(BRIDGE)
            return replace(ASKED, text=text)

        return decide

    held.primary.acts = [act("Do you have children?"), act("Which change came of it?")]
    assert held.decide().bridge == BRIDGE
    assert held.said == [BRIDGE]


def test_a_bridge_that_the_guard_refuses_is_not_said_and_the_question_stays(held: Held) -> None:
    def act(_exchange: Exchange, say: Callable[[str], bool]) -> Decision:
        say("That was an excellent answer.")
        return replace(ASKED, bridge="That was an excellent answer.")

    held.primary.acts = [act]
    found = held.decide()
    assert (held.said, found.bridge, found.text) == ([], "", ASKED.text)
    assert [text for text, _ in found.refused] == ["That was an excellent answer."]


def test_after_failures_in_a_row_the_model_rests_and_is_then_tried_once(held: Held) -> None:
    held.primary.acts = [fails(ServiceUnavailable("down"))]
    for _ in range(3):
        held.decide()
    found = held.decide()
    assert len(held.primary.seen) == 3
    assert "left to rest" in found.fallback
    held.clock.now += 61
    held.decide()
    held.decide()
    assert len(held.primary.seen) == 4  # the one try failed: another minute
    held.clock.now += 61
    held.primary.acts = [gives(ASKED)]
    assert [held.decide().engine, held.decide().engine] == ["A model", "A model"]


def test_a_success_forgets_the_failures_before_it(held: Held) -> None:
    down = fails(ServiceUnavailable("down"))
    held.primary.acts = [down, down, gives(ASKED), down, down, gives(ASKED)]
    assert [held.decide().engine == "A model" for _ in range(6)] == [False, False, True, False, False, True]


def test_only_one_caller_tries_a_rested_service() -> None:
    clock = Clock()
    breaker = Breaker(clock, 1, 60.0)
    breaker.report(worked=False)
    clock.now = 61
    assert [breaker.allows(), breaker.allows()] == [True, False]
    breaker.report(worked=True)
    assert [breaker.allows(), breaker.allows()] == [True, True]


def test_hanging_models_hold_no_more_threads_than_agreed(held: Held) -> None:
    before = threading.active_count()
    held.primary.acts = [held.late()]
    held.engine._breaker = Breaker(held.clock, 100)
    reasons = [held.decide().fallback for _ in range(5)]
    assert threading.active_count() - before <= 2
    assert reasons[2:] == ["A model was busy with other interviews."] * 3
    assert len(held.primary.seen) == 2


def test_tokens_of_every_try_are_counted_and_a_failed_ones_too(held: Held) -> None:
    spent = replace(ASKED, tokens_in=100, tokens_out=10, cost=0.5)
    held.primary.acts = [gives(replace(spent, text="Do you have children?")), gives(spent)]
    found = held.decide()
    assert (found.tokens_in, found.tokens_out, found.cost) == (200, 20, 1.0)


def test_going_on_is_not_read_by_the_guard(held: Held) -> None:
    held.primary.acts = [gives(Decision("accept", engine="A model"))]
    assert held.decide() == Decision("accept", engine="A model")


def test_a_voice_that_fails_fails_the_turn_and_frees_the_engine(held: Held) -> None:
    def act(_exchange: Exchange, say: Callable[[str], bool]) -> Decision:
        say(BRIDGE)
        return ASKED

    def broken(_bridge: str) -> bool:
        raise RuntimeError("no voice")

    held.primary.acts = [act]
    with pytest.raises(RuntimeError, match="no voice"):
        held.engine.decide(EXCHANGE, broken)
    held.engine._threads.shutdown(wait=True)  # hangs if the engine's thread still waits for an answer


def test_preparing_is_passed_on_to_the_engine_in_reserve() -> None:
    class Preparing(Engine):
        prepared: tuple[object, ...] = ()

        def remember(self, questions: object) -> None:
            self.prepared = (*self.prepared, questions)

    reserve = Preparing("Offline", [])
    both = WithFallback(Engine("A model", []), reserve)
    both.remember([("Why?", [("Says why", "Why was that?")])])
    both.close()
    WithFallback(Engine("A model", []), Engine("Offline", [])).remember([])
    assert reserve.prepared == ([("Why?", [("Says why", "Why was that?")])],)
