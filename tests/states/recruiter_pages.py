"""A recruiter at a page: real states on the test's own platform, with the router the framework would give them."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex.istate.data import RouterData

from interview_platform import routes
from interview_platform.models import session
from interview_platform.services import accounts
from interview_platform.services.access import Actor
from interview_platform.states.guard import COOKIE
from interview_platform.wiring import Platform
from tests import builders

PASSWORD = "a long password"


class Recruiter:
    """One signed-in person and the state tree of her tab."""

    def __init__(self, held: Platform, email: str = "robin@example.com") -> None:
        with session(held.engine) as db:
            employer = builders.organisation(db)
            user = accounts.add_user(db, employer.id, email, "Robin Reyes", PASSWORD)
            self.actor = Actor(organisation_id=employer.id, role=user.role, user_id=user.id)
        with session(held.engine) as db:
            self.session_id = accounts.sign_in(db, held.sessions, email, PASSWORD)
        self.root = rx.State(_reflex_internal_init=True)  # type: ignore[call-arg]
        self.at()

    def at(self, path: str = routes.HOME, cookie: str | None = None) -> None:
        """Stand at an address."""
        cookie = f"{COOKIE}={self.session_id}" if cookie is None else cookie
        headers = {"cookie": cookie, "origin": "http://localhost:3000"}
        self.root.router = RouterData.from_router_data({"headers": headers, "pathname": path, "asPath": path})

    def state(self, kind: type[rx.State]) -> Any:
        """The tab's state of this kind."""
        return self.root.get_substate(kind.get_full_name().split("."))

    async def does(self, handler: Any, *arguments: Any) -> list[Any]:
        """Run a handler as the framework does; the events it gives back."""
        kind = next(state for state in _all_states(rx.State) if handler.fn in _functions(state))
        return await events(handler.fn(self.state(kind), *arguments))

    async def does_in_background(self, handler: Any, *arguments: Any) -> list[Any]:
        """Run a background handler, with the lock the framework would hold."""
        kind = next(state for state in _all_states(rx.State) if handler.fn in _functions(state))
        return await events(handler.fn(_Locked(self.state(kind)), *arguments))


class _Locked:
    """A state as background handlers see it: changed inside `async with`."""

    def __init__(self, state: Any) -> None:
        self.__dict__["_state"] = state

    async def __aenter__(self) -> _Locked:
        return self

    async def __aexit__(self, *_: object) -> None: ...

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._state, name)
        return found.__func__.__get__(self) if hasattr(found, "__func__") and name.startswith("_") else found

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._state, name, value)


async def events(given: Any) -> list[Any]:
    """What a handler yields, without the empty ones."""
    return [event async for event in given if event is not None]


def _functions(state: type[rx.State]) -> list[Any]:
    return [handler.fn for handler in state.event_handlers.values()]


def _all_states(state: type[rx.State]) -> list[type[rx.State]]:
    return [found for child in state.__subclasses__() for found in (*_all_states(child), child)]
