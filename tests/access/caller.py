"""Calls an event handler as a raw socket client can: any handler, any arguments, any address, any state."""

from __future__ import annotations

import inspect
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import reflex as rx
from reflex.istate.data import RouterData

from interview_platform import routes
from interview_platform.states.guard import COOKIE, GUARD
from tests.states.recruiter_pages import _Locked
from tests.states.test_guard import our_states


@dataclass(frozen=True)
class Handler:
    """One registered event handler."""

    state: type[rx.State]
    name: str
    fn: Any
    side: str  # recruiter | candidate | reader
    background: bool

    def __str__(self) -> str:
        return f"{self.state.__name__}.{self.name}"


def handlers() -> list[Handler]:
    """All of the product, found by walking the state classes that the app's pages register."""
    from interview_platform.pages import candidate, recruiter, shared  # noqa: F401 - importing registers the states

    return [
        Handler(state, name, handler.fn, getattr(handler.fn, GUARD, ""), handler.is_background)
        for state in sorted(our_states(), key=lambda state: state.get_full_name())
        for name, handler in state.event_handlers.items()
        if name != "setvar" and name in state.__dict__
    ]


class Tab:
    """A browser tab that stands where its owner says, with the cookie its owner has."""

    def __init__(self, cookie: str) -> None:
        self.root = rx.State(_reflex_internal_init=True)  # type: ignore[call-arg]
        self.cookie = cookie

    def at(self, path: str) -> None:
        """Stand at an address."""
        headers = {"cookie": f"{COOKIE}={self.cookie}" if self.cookie else "", "origin": "http://localhost:3000"}
        self.root.router = RouterData.from_router_data({"headers": headers, "pathname": path, "asPath": path})

    def pretend(self, handler: Handler, value: str) -> None:
        """Put a stranger's id in every text var of the handler's state, as an old or forged state might hold it."""
        state = self.root.get_substate(handler.state.get_full_name().split("."))
        for name, now_held in list(_vars(state)):
            if isinstance(now_held, str) and not name.startswith(("user_", "organisation_")):
                setattr(state, name, value)

    async def call(self, handler: Handler, value: str) -> list[Any]:
        """Run it with `value` wherever it asks for a text; what it gave back."""
        state = self.root.get_substate(handler.state.get_full_name().split("."))
        given = _Locked(state) if handler.background else state
        return [event async for event in handler.fn(given, *arguments(handler, value)) if event is not None]

    def told(self, handler: Handler) -> str:
        """All that the handler's state and its parents hold now."""
        state, texts = self.root.get_substate(handler.state.get_full_name().split(".")), []
        while state is not None:
            texts.append(repr(dict(_vars(state))))
            state = state.parent_state
        return "".join(texts)


def _vars(state: Any) -> Iterator[tuple[str, Any]]:
    for name in (*type(state).base_vars, *(state._backend_vars or ())):
        if name not in ("router", "is_hydrated"):
            yield name, getattr(state, name)


def arguments(handler: Handler, value: str) -> list[Any]:
    """Arguments of the kinds the handler names."""
    parameters = list(inspect.signature(inspect.unwrap(handler.fn)).parameters.values())[1:]
    return [_argument(parameter, value) for parameter in parameters]


def _argument(parameter: inspect.Parameter, value: str) -> Any:
    kind = str(parameter.annotation)
    if "UploadFile" in kind:
        return [rx.UploadFile(file=io.BytesIO(b"Ada\nPython developer since 2015"), path=Path("ada.txt"))]
    if "bool" in kind:
        return True
    if "int" in kind or "float" in kind:
        return 0
    if "list[list" in kind:
        return [[value, value]]
    if "list" in kind:
        return [value]
    if "dict" in kind or "progress" in parameter.name or "form" in parameter.name:
        return dict.fromkeys(("user", "key", "email", "role"), value)
    return value


def addresses(ids: dict[str, str]) -> list[str]:
    """Every kind of address that names a row."""
    return [
        routes.candidate(ids["job"], ids["application"]),
        routes.report(ids["interview"]),
        f"{routes.COMPARE}?ids={ids['interview']},{ids['interview']}",
        routes.live(ids["interview"]),
        routes.rubric(ids["job"]),
    ]


def values(handler: Handler, ids: dict[str, str], few: int) -> list[str]:
    """The ids to try on a handler: those of the kind its name or arguments speak of, then `few` others in turn."""
    asked = " ".join([str(handler), *inspect.signature(inspect.unwrap(handler.fn)).parameters]).lower()
    kinds = sorted(ids)
    meant = [kind for kind in kinds if kind.replace("_", "") in asked.replace("_", "")]
    start = zlib.crc32(str(handler).encode()) % len(kinds)
    others = [kind for kind in (*kinds[start:], *kinds[:start]) if kind not in meant]
    return [ids[kind] for kind in (*meant, *others[: few or len(kinds)])]
