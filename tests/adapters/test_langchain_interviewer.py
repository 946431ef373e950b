"""Interviewers over language models, against local servers that speak Gemini's and OpenAI's REST; and the contract of
every interviewer there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from langchain_core.language_models import BaseChatModel

from interview_platform.adapters.langchain_chat import chat_model, prompt
from interview_platform.adapters.langchain_interviewer import LangChainInterviewer, LangChainWording
from interview_platform.adapters.sentence_embedder import SentenceEmbedder
from interview_platform.ports import Interviewer
from interview_platform.services.agent.engines import WithFallback
from interview_platform.services.agent.offline_interviewer import OfflineInterviewer
from interview_platform.services.agent.rewording import Rewording
from interview_platform.settings import Settings
from tests.adapters.gemini_server import Gemini, gemini, reader
from tests.adapters.interviewer_contract import InterviewerContract, Reserve, exchange
from tests.adapters.judge_contract import HALF
from tests.adapters.language_model_contract import LanguageModelContract, Model, interviewer_over
from tests.adapters.llm_brain import decision
from tests.adapters.openai_server import OpenAI, openai
from tests.fakes import HashingEmbeddings


@pytest.fixture
def gemini_server() -> Iterator[Gemini]:
    """A server of its own per test: calls that an earlier test gave up on must not reach the next one's."""
    with gemini(reader) as running:
        yield running


@pytest.fixture
def openai_server() -> Iterator[OpenAI]:
    with openai(reader) as running:
        yield running


@pytest.fixture
def gemini_model(gemini_server: Gemini) -> Callable[[float], BaseChatModel]:
    return lambda seconds: chat_model(
        "google_genai:gemini-local", "a-key", gemini_server.address, seconds, 1, temperature=0
    )


@pytest.fixture
def openai_model(openai_server: OpenAI) -> Callable[[float], BaseChatModel]:
    return lambda seconds: chat_model("openai:local", "", f"{openai_server.address}/v1", seconds, 1, temperature=0)


class TestOverGemini(InterviewerContract, LanguageModelContract):
    @pytest.fixture
    def server(self, gemini_server: Gemini) -> Gemini:
        return gemini_server

    @pytest.fixture
    def model(self, gemini_model: Model) -> Model:
        return gemini_model

    @pytest.fixture
    def interviewer(self, gemini_model: Model) -> Interviewer:
        return interviewer_over(gemini_model)


class TestOverAnOpenAICompatibleServer(InterviewerContract, LanguageModelContract):
    @pytest.fixture
    def server(self, openai_server: OpenAI) -> OpenAI:
        return openai_server

    @pytest.fixture
    def model(self, openai_model: Model) -> Model:
        return openai_model

    @pytest.fixture
    def interviewer(self, openai_model: Model) -> Interviewer:
        return interviewer_over(openai_model)


@pytest.mark.models
class TestOffline(InterviewerContract):
    @pytest.fixture(scope="class")
    def interviewer(self) -> Interviewer:
        return OfflineInterviewer(SentenceEmbedder(Path(Settings().cache_dir) / "minilm"))


class TestWithFallback(InterviewerContract):
    @pytest.fixture
    def interviewer(self, gemini_model: Model) -> Iterator[Interviewer]:
        engine = WithFallback(interviewer_over(gemini_model), Reserve())
        yield engine
        engine.close()


class TestWithAModelForTheWordingAlone(InterviewerContract):
    @pytest.fixture
    def interviewer(self, openai_model: Model) -> Iterator[Interviewer]:
        worder = LangChainWording(openai_model(4.0), "A model (local)")
        engine = WithFallback(Rewording(Reserve(), worder, HashingEmbeddings()), Reserve())
        yield engine
        engine.close()


def test_geminis_key_goes_out_and_a_local_server_needs_none(
    gemini_server: Gemini, gemini_model: Model, openai_server: OpenAI, openai_model: Model
) -> None:
    interviewer_over(gemini_model).decide(exchange(HALF))
    interviewer_over(openai_model).decide(exchange(HALF))
    assert (gemini_server.keys, openai_server.keys) == (["a-key"], ["none"])


def test_the_decision_names_the_prompt_it_was_made_with(gemini_model: Model) -> None:
    assert interviewer_over(gemini_model).decide(exchange(HALF)).prompt == prompt("interviewer").version


def test_the_model_is_asked_without_chance(gemini_server: Gemini, gemini_model: Model) -> None:
    interviewer_over(gemini_model).decide(exchange(HALF))
    assert gemini_server.asked[0]["generationConfig"]["temperature"] == 0.0


@pytest.mark.parametrize(
    ("model", "options", "level"),
    [
        ("gemini-3.8-flash", {}, "LOW"),
        ("gemini-3.8-flash", {"thinking_level": "high"}, "HIGH"),
        ("gemini-2.5-flash", {}, None),
    ],
)
def test_a_model_that_thinks_is_asked_to_be_quick(
    gemini_server: Gemini, model: str, options: dict[str, str], level: str | None
) -> None:
    chosen = chat_model(f"google_genai:{model}", "a-key", gemini_server.address, quick=True, options=options)
    LangChainInterviewer(chosen, "Gemini").decide(exchange(HALF))
    config = gemini_server.asked[0]["generationConfig"]
    assert (config.get("thinkingConfig") or {}).get("thinkingLevel") == level


def test_a_model_that_cannot_stream_is_read_whole(gemini_server: Gemini, gemini_model: Model) -> None:
    gemini_server.brain = lambda asked, _schema: decision(asked, bridge="You said that you read the logs.")
    model = gemini_model(4.0).model_copy(update={"disable_streaming": True})
    said: list[str] = []
    found = LangChainInterviewer(model, "Whole").decide(exchange(HALF), lambda bridge: not said.append(bridge))
    assert found.text
    assert said == ["You said that you read the logs."]
