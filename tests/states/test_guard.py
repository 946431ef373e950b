"""Every event handler asks who calls: walked over all states that the app registers."""

from __future__ import annotations

import inspect
from types import SimpleNamespace

import pytest
import reflex as rx

from interview_platform import routes
from interview_platform.models import session
from interview_platform.services import accounts
from interview_platform.states.guard import COOKIE, GUARD, Guarded, candidate_event, recruiter_event
from interview_platform.wiring import Platform
from tests import builders


def our_states() -> list[type[rx.State]]:
    """All state classes of the product, with every page imported."""
    from interview_platform.pages import candidate, recruiter  # noqa: F401 - importing registers the states

    found: list[type[rx.State]] = []
    waiting = list(rx.State.__subclasses__())
    while waiting:
        state = waiting.pop()
        waiting.extend(state.__subclasses__())
        if state.__module__.startswith("interview_platform.") and not state._mixin:  # a mixin is nobody's page
            found.append(state)
    return found


def test_every_registered_handler_is_guarded() -> None:
    checked, open_handlers = 0, []
    for state in our_states():
        for name, handler in state.event_handlers.items():
            if name == "setvar":  # the framework's own: sets a public var of the caller's own page, never believed
                continue
            checked += 1
            if getattr(handler.fn, GUARD, None) not in {"recruiter", "candidate", "reader"}:
                open_handlers.append(f"{state.__name__}.{name}")
    assert open_handlers == []
    assert checked >= 20


def test_the_walk_finds_a_handler_that_is_not_guarded() -> None:
    class Careless(rx.State):
        @rx.event
        def wipe(self):
            """Not guarded."""

    assert getattr(Careless.event_handlers["wipe"].fn, GUARD, None) is None


class Page(Guarded):
    """A page with one handler of each side, without the framework around it."""

    def __init__(self, cookie: str = "", token: str = "") -> None:
        self.acted: list[str] = []
        self.router = SimpleNamespace(
            headers=SimpleNamespace(cookie=cookie), url=SimpleNamespace(path=routes.interview(token))
        )

    def reset(self) -> None:
        self.acted = []

    def _act(self) -> None:
        self.acted.append("acted")


async def run(decorated: object, page: Page) -> list[object]:
    """Call a guarded handler the way the framework does."""
    return [event async for event in inspect.unwrap(decorated.fn, stop=lambda f: hasattr(f, GUARD))(page)]  # type: ignore[attr-defined]


@recruiter_event
def recruiters_work(self: Page) -> None:
    self._act()


@candidate_event
def candidates_work(self: Page) -> None:
    self._act()


def handler_of(event: object) -> object:
    """Something with `.fn`, whether the decorator returned the function or an event handler."""
    return event if hasattr(event, "fn") else SimpleNamespace(fn=event)


@pytest.mark.parametrize("cookie", ["", "session=made-up", "session=", "other=1; session=x.y.z"])
async def test_a_recruiters_handler_does_nothing_without_a_session(held: Platform, cookie: str) -> None:
    page = Page(cookie=cookie)
    await run(handler_of(recruiters_work), page)
    assert page.acted == []


async def test_a_recruiters_handler_acts_with_a_session(held: Platform) -> None:
    with session(held.engine) as db:
        employer = builders.organisation(db)
        accounts.add_user(db, employer.id, "r@example.com", "R", "a long password")
    with session(held.engine) as db:
        session_id = accounts.sign_in(db, held.sessions, "R@example.com ", "a long password")
    page = Page(cookie=f"{COOKIE}={session_id}")
    await run(handler_of(recruiters_work), page)
    assert page.acted == ["acted"]


@pytest.mark.parametrize("token", ["", "made-up", "eyJhIjoxfQ.AAAA"])
async def test_a_candidates_handler_does_nothing_without_a_valid_link(held: Platform, token: str) -> None:
    page = Page(token=token)
    await run(handler_of(candidates_work), page)
    assert page.acted == []
