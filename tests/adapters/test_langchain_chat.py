"""What every use of a chat model shares: which model, which prompt, what it costs."""

from __future__ import annotations

import hashlib

import pytest
from langchain_core.messages import AIMessage

from interview_platform.adapters.langchain_chat import PROMPTS, Price, chat_model, failed, prompt, usage_of
from interview_platform.errors import ServiceUnavailable

NAMES = sorted(path.stem for path in PROMPTS.glob("*.md"))


@pytest.mark.parametrize("name", NAMES)
def test_a_prompts_version_is_the_beginning_of_its_files_hash(name: str) -> None:
    digest = hashlib.sha256((PROMPTS / f"{name}.md").read_bytes()).hexdigest()
    assert prompt(name).version == f"{name}@{digest[:8]}"


@pytest.mark.parametrize("name", NAMES)
def test_a_prompts_instructions_hold_no_place_to_fill_in(name: str) -> None:
    """Else they would differ from turn to turn, and no provider's cache would find them again."""
    assert "{{" not in prompt(name).system
    assert "{{answer}}" in prompt(name).data


@pytest.mark.parametrize("name", NAMES)
def test_whatever_is_filled_in_stands_between_markers(name: str) -> None:
    inside = False
    for line in prompt(name).data.splitlines():
        if line.startswith(("<<DATA", "<<END")):
            inside = line.startswith("<<DATA")
        else:
            assert inside or "{{" not in line or "{{follow_ups_here}}" in line


def test_a_provider_whose_package_is_missing_is_named_with_the_way_out() -> None:
    with pytest.raises(ServiceUnavailable, match=r"nowhere:model .* package installed"):
        chat_model("nowhere:model", "a-key", "")


def test_an_option_that_the_model_refuses_is_told_without_the_key() -> None:
    with pytest.raises(ServiceUnavailable, match="LLM_OPTIONS") as caught:
        chat_model("google_genai:gemini-3.8-flash", "a-key", "", options={"temperature": "warm"})
    assert "a-key" not in str(caught.value)


def test_cached_tokens_cost_what_cached_tokens_cost() -> None:
    used = {"input_tokens": 1_000_000, "output_tokens": 500_000, "total_tokens": 1_500_000}
    message = AIMessage("", usage_metadata={**used, "input_token_details": {"cache_read": 400_000}})
    assert usage_of(message, Price(1.0, 2.0, 0.1)).cost == pytest.approx(0.6 + 0.04 + 1.0)
    assert usage_of(message, Price(1.0, 2.0)).cost == pytest.approx(2.0)
    assert usage_of(message).cost is None


def test_what_a_provider_does_not_count_costs_nothing_known() -> None:
    assert usage_of(AIMessage("hello"), Price(1.0, 2.0)).cost is None


def test_an_error_is_told_without_its_own_words() -> None:
    assert "secret" not in str(failed(RuntimeError("secret of the candidate")))
