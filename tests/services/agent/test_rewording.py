"""A model for the wording alone: the decision stays the offline interviewer's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from interview_platform.errors import ServiceUnavailable
from interview_platform.ports import Decision, Exchange, FollowUpOption
from interview_platform.services.agent.rewording import Rewording
from tests.fakes import HashingEmbeddings

OPTION = FollowUpOption("Says what was changed afterwards", "What did you change afterwards?")
EXCHANGE = Exchange("Tell me about an outage.", "I read the logs all night.", (OPTION,), ("Tell me about an outage.",))


class Fixed:
    """An interviewer with one decision."""

    name = "fixed"
    label = "Offline interviewer"

    def __init__(self, decision: Decision) -> None:
        self.decision = decision

    def decide(self, exchange: Exchange, say: Callable[[str], bool] | None = None) -> Decision:
        return self.decision


class Worder:
    """Words that were put into it."""

    label = "Small model"

    def __init__(self, text: str) -> None:
        self.text = text
        self.asked = 0

    def word(self, exchange: Exchange, decided: Decision) -> Decision:
        self.asked += 1
        return replace(decided, action="deeper", point="Something else", text=self.text, tokens_in=7, engine=self.label)


ASKS = Decision(
    "follow_up", OPTION.question, point=OPTION.point, because="Not shown yet.", engine="Offline interviewer"
)


def rewording(decision: Decision, text: str) -> tuple[Rewording, Worder]:
    worder = Worder(text)
    return Rewording(Fixed(decision), worder, HashingEmbeddings()), worder


def test_only_the_words_are_the_models() -> None:
    engine, _ = rewording(ASKS, "After that night, what did you change?")
    found = engine.decide(EXCHANGE)
    assert found.text == "After that night, what did you change?"
    assert (found.action, found.point, found.because) == (ASKS.action, ASKS.point, ASKS.because)
    assert (found.engine, found.tokens_in) == ("Offline interviewer (worded by Small model)", 7)


def test_the_bridge_is_said_before_the_model_is_asked() -> None:
    engine, worder = rewording(replace(ASKS, bridge="You read the logs all night."), "What did you change then?")
    asked_when_said: list[int] = []
    found = engine.decide(EXCHANGE, lambda _bridge: not asked_when_said.append(worder.asked))
    assert asked_when_said == [0]
    assert found.bridge == "You read the logs all night."


def test_going_on_asks_no_model() -> None:
    engine, worder = rewording(Decision("accept", engine="Offline interviewer"), "What else?")
    assert engine.decide(EXCHANGE).action == "accept"
    assert worder.asked == 0


@pytest.mark.parametrize("text", ["Who is your favourite singer?", "And who helped you with it?"])
def test_another_question_than_the_one_decided_on_is_refused(text: str) -> None:
    engine, _ = rewording(ASKS, text)
    another = FollowUpOption("Says who helped", "Who helped you with it?")
    with pytest.raises(ServiceUnavailable, match="another question"):
        engine.decide(replace(EXCHANGE, options=(OPTION, another)))
