"""Which engine the settings bring, and that the settings page tells the truth about it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel

from interview_platform.adapters.langchain_judge import LangChainJudge
from interview_platform.services.agent.engines import WithFallback
from interview_platform.services.agent.offline_interviewer import OfflineInterviewer
from interview_platform.services.scoring.offline_judge import OfflineJudge
from interview_platform.settings import Settings
from interview_platform.wiring import Platform, build
from tests.adapters.gemini_server import gemini, reader
from tests.adapters.interviewer_contract import exchange
from tests.adapters.judge_contract import HALF, POINTS
from tests.adapters.openai_server import openai
from tests.fakes import HashingEmbeddings
from tests.services.agent.scripted import interview


@contextmanager
def platform(folder: Path, **settings: Any) -> Iterator[Platform]:
    """Built from these settings alone, with embeddings that need no weights."""
    nothing = {"google_api_key": "", "openai_api_key": "", "llm_api_key": "", "llm_base_url": ""}
    held = build(Settings(_env_file=None, data_dir=folder, **{**nothing, **settings}))
    held.__dict__["embeddings"] = HashingEmbeddings()
    try:
        yield held
    finally:
        held.close()


def told(held: Platform) -> dict[str, str]:
    return {feature.name: feature.why for feature in held.features}


def test_without_a_model_everything_is_offline_and_says_so(tmp_path: Path) -> None:
    with platform(tmp_path) as held:
        assert isinstance(held.interviewer, OfflineInterviewer)
        assert isinstance(held.judge, OfflineJudge)
        assert held.reranker is None
        assert told(held)["interviewer"].startswith("Offline interviewer")
        assert "none is needed" in told(held)["language model"]


def test_a_key_brings_gemini_with_the_offline_interviewer_behind_it(tmp_path: Path) -> None:
    with gemini(reader) as server:
        address = {"google_api_key": "a-key", "google_gemini_base_url": server.address}
        prices = {"gemini-local": {"input": 1, "output": 2}}
        with platform(tmp_path, llm="google_genai:gemini-local", llm_prices=prices, **address) as held:
            found = held.interviewer.decide(exchange(HALF))
            assert (found.point, found.engine, found.cost) == (POINTS[1], "gemini-local", 0.0011)
            assert isinstance(held.judge, LangChainJudge)
            assert held.reranker is not None
            assert held.interviewer.label == "gemini-local (in reserve: Offline interviewer)"
            assert told(held)["interviewer"].startswith("gemini-local; the offline interviewer takes the turn")


def test_a_model_that_is_gone_leaves_the_turn_to_the_offline_interviewer(tmp_path: Path) -> None:
    with gemini(reader) as server:
        server.faults += [503] * 9
        address = {"google_api_key": "a-key", "google_gemini_base_url": server.address}
        with platform(tmp_path, llm="google_genai:gemini-local", **address) as held:
            found = held.interviewer.decide(exchange(HALF))
            assert (found.engine, found.fallback) == (
                "Offline interviewer",
                "The language model did not answer (503).",
            )


def test_a_local_server_needs_no_key(tmp_path: Path) -> None:
    with (
        openai(reader) as server,
        platform(tmp_path, llm="openai:local", llm_base_url=f"{server.address}/v1") as held,
    ):
        assert held.interviewer.decide(exchange(HALF)).engine == "local"
        assert told(held)["language model"] == f"local at {server.address}/v1"


def test_a_model_for_the_wording_judges_nothing(tmp_path: Path) -> None:
    with (
        openai(reader) as server,
        platform(tmp_path, llm="openai:local", llm_base_url=f"{server.address}/v1", llm_use="wording") as held,
    ):
        assert isinstance(held.interviewer, WithFallback)
        found = held.interviewer.decide(exchange("It was a long night and everybody was tired by the morning."))
        assert found.engine == "Offline interviewer (worded by local)"
        assert isinstance(held.judge, OfflineJudge)
        assert held.reranker is None
        assert told(held)["interviewer"] == "Offline interviewer; local words its follow-ups"
        assert told(held)["judge"].startswith("Offline judge")


@pytest.mark.parametrize(
    "settings",
    [
        {"llm": "nowhere:model", "llm_api_key": "a-key"},
        {"google_api_key": "a-key", "llm_options": {"temperature": "warm"}},
    ],
)
def test_a_model_that_cannot_be_set_up_is_off_with_the_reason(tmp_path: Path, settings: dict[str, Any]) -> None:
    with platform(tmp_path, **settings) as held:
        assert isinstance(held.interviewer, OfflineInterviewer)
        assert isinstance(held.judge, OfflineJudge)
        assert "could not be set up" in told(held)["language model"]
        assert told(held)["interviewer"].startswith("Offline interviewer")


def test_a_conversation_gets_the_engine_and_what_its_questions_need_is_computed_ahead(tmp_path: Path) -> None:
    with platform(tmp_path) as held:
        SQLModel.metadata.create_all(held.engine)
        made = interview(held.engine)
        embedded: list[str] = []
        embeddings = held.embeddings
        plain = embeddings.embed_documents
        embeddings.embed_documents = lambda texts: embedded.extend(texts) or plain(texts)
        talk = held.conversation(made)
        for thread in [each for each in threading.enumerate() if each.name == "prepare-interview"]:
            thread.join()
        planned = [utterance.text for utterance in talk.open(0.0) if utterance.kind == "resume"]
        assert set(planned) <= set(embedded)


def test_what_the_agent_may_quote_is_wired(tmp_path: Path) -> None:
    with platform(tmp_path) as held:
        assert held.answerer.answer("no-such-interview", "What is the pay?").text == ""


def test_speech_stays_on_this_machine_unless_a_setting_and_a_key_say_otherwise(tmp_path: Path) -> None:
    with platform(tmp_path, voice="gemini", transcriber="gemini") as held:
        assert not held.settings.speaks_by_gemini
        assert "needs GOOGLE_API_KEY" in told(held)["voice"]
        assert held.sent_outside == []
    with platform(tmp_path, voice="gemini", transcriber="gemini", google_api_key="a-key") as held:
        assert told(held)["voice"].startswith("gemini-2.5-flash-preview-tts, Kore by Google; hibari")
        assert "the sound of my answers goes to gemini-3.8-flash (Google)" in " ".join(held.sent_outside)
        assert "voiced by Google" in " ".join(held.sent_outside)
    with platform(tmp_path, google_api_key="a-key") as held:
        assert held.sent_outside == ["the words of my answers go to gemini-3.8-flash (google_genai)"]
