"""What every use of a LangChain chat model shares: the model by `provider:model`, prompts with untrusted data marked,
answers by stream or whole that are complete or refused, and what they cost.

A prompt is one `.md` file: the instructions, a line `=== data ===`, and the data with its places. The instructions and
what changes seldom come first, word for word the same each time, so that a provider's prompt cache finds them again.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage, HumanMessage, SystemMessage
from pydantic import BaseModel, ValidationError

from interview_platform.errors import ServiceUnavailable

PROMPTS = Path(__file__).resolve().parent.parent / "services" / "agent" / "prompts"
TIMEOUT_SECONDS = 20.0
MAX_ATTEMPTS = 2
PER_MILLION = 1_000_000

_THINKING = {"thinking_level", "thinking_budget", "reasoning_effort"}
_SPLIT = "\n=== data ===\n"
_PROCESS = secrets.token_bytes(16)
_CUT_SHORT = frozenset({"max_tokens", "length", "safety", "content_filter", "refusal", "recitation", "blocklist"})
_CUT_SHORT |= {"prohibited_content", "spii", "malformed_function_call", "other", "language", "image_safety"}

Answer = TypeVar("Answer", bound=BaseModel)


class ModelFailed(ServiceUnavailable):
    """The model did not do its part. What the call used all the same is kept for the account."""

    def __init__(self, message: str, usage: Usage | None = None) -> None:
        super().__init__(message)
        held = usage or Usage()
        self.tokens_in, self.tokens_out, self.cost = held.tokens_in, held.tokens_out, held.cost


@dataclass(frozen=True)
class Price:
    """US dollars per million tokens. `cached`: read from the provider's prompt cache; None: as `input`."""

    input: float
    output: float
    cached: float | None = None


@dataclass(frozen=True)
class Usage:
    """What one call used. `cost` in US dollars, None where the price is not known."""

    tokens_in: int = 0
    tokens_out: int = 0
    cached: int = 0  # of tokens_in
    cost: float | None = None


def chat_model(
    spec: str,
    api_key: str,
    base_url: str,
    timeout_seconds: float = TIMEOUT_SECONDS,
    attempts: int = MAX_ATTEMPTS,
    temperature: float | None = None,
    quick: bool = False,
    options: Mapping[str, Any] | None = None,
) -> BaseChatModel:
    """A model from `provider:model`. `attempts` counts the first try too; empty key or address: the provider's own.

    `quick` asks for little thinking before the first word, where the provider is known to take that. `options` are
    more arguments of LangChain's class, and win. Raises ServiceUnavailable where the provider's package is not
    installed or refuses the arguments, ImportError never.
    """
    provider, _, model = spec.partition(":")
    given: dict[str, Any] = {"timeout": timeout_seconds, "max_retries": attempts}
    given |= {name: value for name, value in (("api_key", api_key), ("base_url", base_url)) if value}
    given |= {} if temperature is None else {"temperature": temperature}
    if provider == "openai":  # its client counts retries, not attempts, and refuses to start without a key
        given |= {"max_retries": attempts - 1, "stream_usage": True, "api_key": api_key or "none"}
    given |= {**(_quick(spec, options or {}) if quick else {}), **(options or {})}
    try:
        return _made(provider, model, given)
    except (ImportError, ValueError) as error:
        raise ServiceUnavailable(
            f"The language model {spec} could not be set up ({type(error).__name__}). Check LLM, its key and "
            f"LLM_OPTIONS. Other providers than google_genai and openai need their LangChain package installed."
        ) from error


def _quick(spec: str, options: Mapping[str, Any]) -> dict[str, Any]:
    chosen = _THINKING & set(options)
    return {"thinking_level": "low"} if spec.startswith("google_genai:gemini-3") and not chosen else {}


def _made(provider: str, model: str, given: dict[str, Any]) -> BaseChatModel:
    if provider == "google_genai":
        from langchain_google_genai import ChatGoogleGenerativeAI

        return ChatGoogleGenerativeAI(model=model, **given)
    from langchain.chat_models import init_chat_model

    made = init_chat_model(model, model_provider=provider, **given)
    if not isinstance(made, BaseChatModel):
        raise ValueError("not a chat model")
    return made


# --- prompts ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Prompt:
    """One prompt file. `version` is what a turn records: the name and the first 8 hex digits of the file's SHA-256."""

    version: str
    system: str
    data: str

    def messages(self, stable: Mapping[str, str], changing: Mapping[str, str]) -> list[BaseMessage]:
        """Instructions and data. Nobody can close their own block: `<<` and `>>` are taken out of every value.

        What is `stable` (the job, the question) stands between markers that stay the same for the same text while
        this process lives, so that a cached beginning fits; what is `changing` between new ones each time.
        """
        text = json.dumps(stable, sort_keys=True).encode()
        values = {name: _harmless(value) for name, value in {**stable, **changing}.items()}
        values["fixed"] = hmac.new(_PROCESS, text, hashlib.sha256).hexdigest()[:8]
        values["marker"] = secrets.token_hex(4)
        filled = re.sub(r"\{\{(\w+)\}\}", lambda place: values[place[1]], self.data)
        return [SystemMessage(self.system), HumanMessage(filled)]


@lru_cache
def prompt(name: str) -> Prompt:
    """The prompt of that name."""
    content = (PROMPTS / f"{name}.md").read_bytes()
    system, _, data = content.decode().partition(_SPLIT)
    return Prompt(f"{name}@{hashlib.sha256(content).hexdigest()[:8]}", system.strip(), data.strip())


def numbered(entries: Sequence[str]) -> str:
    """One line each, from 1."""
    return "\n".join(f"{number}. {' '.join(entry.split())}" for number, entry in enumerate(entries, start=1))


def _harmless(value: str) -> str:
    return value.replace("<<", "« ").replace(">>", " »")


# --- asking and checking ----------------------------------------------------------------------------------------


def bound(model: BaseChatModel, schema: type[BaseModel]) -> Any:
    """The model told to answer in this schema, as a runnable that gives and streams its own messages.

    LangChain's structured output streams only whole objects; what it binds to the model is taken out of it, so that
    the first field can be read while the last is being written.
    """
    given: dict[str, Any] = {"include_raw": True}
    if getattr(model, "_llm_type", "") == "openai-chat":
        given |= {"method": "json_schema", "strict": True}
    made: Any = model.with_structured_output(_as_dict(schema), **given)
    raw = getattr(getattr(made, "first", None), "steps__", {}).get("raw")
    return raw if raw is not None else made | (lambda found: found["raw"])


def _as_dict(schema: type[BaseModel]) -> dict[str, Any]:
    """The JSON schema; every object closed, as OpenAI's strict mode asks."""
    made = schema.model_json_schema()
    for entry in (made, *made.get("$defs", {}).values()):
        if entry.get("type") == "object":
            entry["additionalProperties"] = False
    return made


def text_of(message: BaseMessage) -> str:
    """The JSON so far: the message's text, or the arguments where the schema went in as a tool."""
    chunks = getattr(message, "tool_call_chunks", None)
    if chunks:
        return str(chunks[0].get("args") or "")
    calls = getattr(message, "tool_calls", None)
    return json.dumps(calls[0]["args"]) if calls else str(message.text)


def streamed(model: Any, messages: list[BaseMessage]) -> Iterator[AIMessageChunk]:
    """What the model has said so far, longer each time. Raises what the vendor raises."""
    held: AIMessageChunk | None = None
    stream = model.stream(messages)
    try:
        for chunk in stream:
            held = chunk if held is None else held + chunk
            yield held
    finally:
        stream.close()  # an abandoned answer is not read to its end


def many(model: Any, messages: Sequence[list[BaseMessage]], at_once: int) -> list[BaseMessage]:
    """An answer to each. Whatever a vendor raises becomes ModelFailed."""
    try:
        return list(model.batch(list(messages), config={"max_concurrency": at_once}))
    except Exception as error:
        raise failed(error) from error


def failed(error: Exception, usage: Usage | None = None) -> ModelFailed:
    """What a vendor raised, in words that hold neither the key nor what was sent."""
    names = {type(error).__name__, type(error.__cause__).__name__}
    if any("Timeout" in name for name in names):
        return ModelFailed("The language model did not answer in time.", usage)
    if any("FinishReason" in name for name in names):  # OpenAI's client raises where others say so in the answer
        return ModelFailed("The language model's answer was cut short or blocked.", usage)
    code = status_of(error)
    if code == 429:
        return ModelFailed("The language model is over its limit of requests (429).", usage)
    kind = f"{code}" if code else type(error).__name__
    return ModelFailed(f"The language model did not answer ({kind}).", usage)


def status_of(error: BaseException | None) -> int | None:
    """The HTTP status behind an error, looked for through its causes."""
    while error is not None:
        for name in ("status_code", "code"):
            code = getattr(error, name, None)
            if isinstance(code, int):
                return code
        error = error.__cause__
    return None


def retry_after(error: BaseException | None) -> float | None:
    """Seconds that the server asks to wait, where it says."""
    while error is not None:
        headers = getattr(getattr(error, "response", None), "headers", None)
        given = headers.get("retry-after") if headers else None
        if given:
            try:
                return max(0.0, float(given))
            except ValueError:
                return None
        error = error.__cause__
    return None


def usage_of(message: BaseMessage | None, price: Price | None = None) -> Usage:
    """What the provider counted; zeros where it does not say."""
    tokens_in, tokens_out, cached = _counted(message)
    if price is None or not tokens_in:
        return Usage(tokens_in, tokens_out, cached)
    read = price.input if price.cached is None else price.cached
    dollars = (tokens_in - cached) * price.input + cached * read + tokens_out * price.output
    return Usage(tokens_in, tokens_out, cached, dollars / PER_MILLION)


def _counted(message: BaseMessage | None) -> tuple[int, int, int]:
    """Tokens in, tokens out, and how many of those in came from a cache."""
    counted = getattr(message, "usage_metadata", None)
    if counted:
        cached = (counted.get("input_token_details") or {}).get("cache_read") or 0
        return counted.get("input_tokens") or 0, counted.get("output_tokens") or 0, cached
    # OpenAI's client, where it streams a schema, leaves the count as the server sent it
    sent = (getattr(message, "response_metadata", None) or {}).get("token_usage") or {}
    cached = (sent.get("prompt_tokens_details") or {}).get("cached_tokens") or 0
    return sent.get("prompt_tokens") or 0, sent.get("completion_tokens") or 0, cached


def whole(message: BaseMessage | None, wanted: type[Answer], usage: Usage | None = None) -> Answer:
    """The answer, if it came whole and in the agreed form. JSON is never repaired. Raises ModelFailed."""
    metadata = getattr(message, "response_metadata", None) or {}
    reason = str(metadata.get("finish_reason") or metadata.get("stop_reason") or "").rsplit(".", 1)[-1].lower()
    if reason in _CUT_SHORT or (metadata.get("prompt_feedback") or {}).get("block_reason"):
        raise ModelFailed(f"The language model's answer was cut short or blocked ({reason or 'blocked'}).", usage)
    try:
        return wanted.model_validate_json(text_of(message) if message is not None else "")
    except ValidationError as error:
        raise ModelFailed("The language model's answer was not in the agreed form.", usage) from error
