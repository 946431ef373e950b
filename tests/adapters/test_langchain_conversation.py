"""Whole interviews held over a language model's service: who is named, and that nothing bad of it is ever voiced."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle

from sqlalchemy import Engine

from interview_platform.adapters.langchain_chat import chat_model, prompt
from interview_platform.adapters.langchain_interviewer import LangChainInterviewer
from interview_platform.models import Turn
from interview_platform.services.agent.breaker import Breaker
from interview_platform.services.agent.conversation import Conversation
from interview_platform.services.agent.engines import WithFallback
from tests.adapters.gemini_server import Gemini, gemini, reader
from tests.adapters.interviewer_contract import Reserve
from tests.adapters.language_model_contract import LABEL, UNSAYABLE, WRONG
from tests.adapters.llm_brain import decision
from tests.adapters.llm_server import FAULTS
from tests.services.agent.scripted import interview, turns

SAID = {**UNSAYABLE, **WRONG}
del SAID["a question asked before"]  # in these interviews it was not
ANSWER = "I was asked to do it, I read the logs with two colleagues, made a plan, and in the end it all worked out."


@contextmanager
def over(server: Gemini) -> Iterator[WithFallback]:
    """The engine over the server; it never rests, so that every turn meets the server."""
    model = chat_model("google_genai:gemini-local", "a-key", server.address, attempts=1)
    made = LangChainInterviewer(model, LABEL, wait=lambda _seconds: None)
    engine = WithFallback(made, Reserve(), breaker=Breaker(lambda: 0.0, failures=1_000))
    try:
        yield engine
    finally:
        engine.close()


def hold(engine: Engine, interviewer: WithFallback) -> tuple[list[Turn], list[str]]:
    """Every turn of a whole interview, and every text that went to the voice, early ones too."""
    made, voiced = interview(engine), []
    talk = Conversation(engine, made, interviewer)
    talk.early = lambda said: voiced.append(said.text)
    voiced += [said.text for said in talk.open(0.0)]
    at = 10.0
    while not talk.finished:
        voiced += [said.text for said in talk.answer(ANSWER, at, at + 5)]
        at += 10
    return turns(engine, made), voiced


def test_turns_of_the_model_name_it_with_its_prompt_and_its_tokens(engine: Engine) -> None:
    with gemini(reader) as server, over(server) as interviewer:
        held, _ = hold(engine, interviewer)
    named = [turn for turn in held if turn.engine == LABEL]
    assert named
    for turn in named:
        assert turn.trace["prompt"] == prompt("interviewer").version
        assert turn.trace["tokens_in"] == 1000
        assert "fallback" not in turn.trace


def test_turns_of_the_reserve_name_it_and_say_why(engine: Engine) -> None:
    with gemini(reader) as server, over(server) as interviewer:
        server.faults[:] = [503] * 100
        held, _ = hold(engine, interviewer)
    named = [turn for turn in held if turn.engine == "Offline interviewer"]
    assert named
    assert {turn.trace["fallback"] for turn in named} == {"The language model did not answer (503)."}
    assert not [turn for turn in held if turn.engine == LABEL]


def test_nothing_that_must_not_be_said_is_ever_voiced(engine: Engine) -> None:
    bridge = "You said that you led a team of twenty in Berlin."
    turn = cycle(SAID.values())
    with gemini(lambda asked, _schema: decision(asked, **{"bridge": bridge, **next(turn)})) as server:
        with over(server) as interviewer:
            held, voiced = hold(engine, interviewer)
        assert len(server.asked) >= len(UNSAYABLE)
    assert held[-1].kind == "closing"
    bad = {bridge, *(str(said["question"]).strip() for said in SAID.values() if "question" in said)} - {""}
    assert not [text for text in voiced for words in bad if words in text]


def test_an_interview_comes_to_its_end_whatever_the_service_does(engine: Engine) -> None:
    with gemini(reader) as server, over(server) as interviewer:
        server.faults[:] = [fault for fault, _ in zip(cycle([*FAULTS, 429, 503, 400]), range(200), strict=False)]
        held, voiced = hold(engine, interviewer)
    assert held[-1].kind == "closing"
    assert len(voiced) == len([turn for turn in held if turn.speaker == "agent"])
