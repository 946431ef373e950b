"""One harmless call to each outside service, to see whether it answers; what it said, in words without secrets.

Each returns its sentence or raises a PlatformError that says what is wrong and what to do. Nothing is sent to anybody,
and what is written is removed again.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, Protocol

import httpx
from sqlalchemy import Engine, text

from interview_platform.errors import ServiceUnavailable
from interview_platform.ports import Blobs, Mailer, Sessions

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

SECONDS = 10.0
"""Longest wait for one answer."""


class Checkable(Protocol):
    """A mailer that can be tried without sending."""

    def check(self) -> str:
        """What it answered. Raises ServiceUnavailable."""


class Account(Protocol):
    """Calendly, as far as it is tried."""

    def account(self) -> dict[str, str]:
        """Whose token it is. Raises ServiceUnavailable."""


def mail(mailer: Mailer) -> str:
    """Sign in to the mail service; nothing is sent."""
    check: Any = getattr(mailer, "check", None)
    if check is None:
        return "E-mails are kept in the built-in outbox; nothing is sent."
    return str(check())


def files(blobs: Blobs) -> str:
    """Store a few bytes, read them back, remove them."""
    key, content = f"checks/{secrets.token_hex(8)}.txt", secrets.token_bytes(32)
    blobs.put(key, content, "text/plain")
    try:
        if blobs.get(key) != content:
            raise ServiceUnavailable(
                "What was stored came back changed. Check the storage; nothing of yours was touched."
            )
    finally:
        blobs.delete(key)
    return "A file was stored, read back and removed."


def sessions(store: Sessions) -> str:
    """Keep a value for a moment."""
    key = f"check:{secrets.token_hex(8)}"
    store.put(key, {"ready": True}, 30)
    held = store.get(key)
    store.delete(key)
    if held != {"ready": True}:
        raise ServiceUnavailable("What was kept did not come back. Check REDIS_URL and the Redis server.")
    return "A value was kept, read back and removed."


def vectors(host: str, port: int) -> str:
    """The Chroma server's heartbeat."""
    _get(f"http://{host}:{port}/api/v2/heartbeat", "The Chroma server", "Check CHROMA_HOST and CHROMA_PORT.")
    return "The Chroma server answers."


def github(base_url: str, token: str) -> str:
    """How many requests are left; asking costs none."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answer = _get(f"{base_url.rstrip('/')}/rate_limit", "GitHub", "Check GITHUB_TOKEN and GITHUB_BASE_URL.", headers)
    core = (answer.get("resources") or {}).get("core") or {}
    return f"{core.get('remaining', '?')} of {core.get('limit', '?')} requests are left in this hour."


def calendly(client: Account) -> str:
    """Whose token it is."""
    held = client.account()
    zone = f", in {held['zone']}" if held.get("zone") else ""
    return f"The access token is accepted{zone}."


def language_model(model: BaseChatModel | None) -> str:
    """One word asked for; it costs a few tokens."""
    if model is None:
        raise ServiceUnavailable("No language model could be set up. Check LLM and its key.")
    try:
        answer = model.invoke("Answer with one word: ready")
    except Exception as error:  # every provider has errors of its own
        raise ServiceUnavailable(
            f"The language model did not answer ({type(error).__name__}). Interviews go on with the offline "
            "interviewer; check the key, the address and the model's name."
        ) from error
    if not str(answer.content).strip():
        raise ServiceUnavailable("The language model gave an empty answer. Check LLM and LLM_OPTIONS.")
    return "The language model answered."


def database(engine: Engine) -> str:
    """One question to the database."""
    with engine.connect() as connection:
        connection.execute(text("select 1"))
    return "The database answers."


def _get(address: str, who: str, advice: str, headers: dict[str, str] | None = None) -> dict[str, Any]:
    try:
        answer = httpx.get(address, headers=headers or {}, timeout=SECONDS)
    except httpx.HTTPError as error:
        raise ServiceUnavailable(f"{who} does not answer. {advice}") from error
    if not answer.is_success:
        raise ServiceUnavailable(f"{who} answered {answer.status_code}. {advice}")
    try:
        held = answer.json()
    except ValueError as error:
        raise ServiceUnavailable(f"{who}'s answer is not what was expected. {advice}") from error
    return held if isinstance(held, dict) else {}
