"""Who may call an event handler: every handler of the product is made by `recruiter_event` or `candidate_event`.

Reflex lets any socket client call any handler with any arguments, bound to a page or not. So each handler asks the
server-side session (recruiter: HttpOnly cookie) or the signed link (candidate) at every call; state vars are never
believed. An expected error becomes a toast; no traceback reaches the screen. `tests/states/test_guard.py` walks
all registered handlers and fails on one that was not made here.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import AsyncIterator, Callable
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import quote

import reflex as rx
import structlog

from interview_platform import routes
from interview_platform.errors import InviteInvalid, NotSignedIn, PlatformError
from interview_platform.services import accounts, correlation, invites
from interview_platform.services.access import Actor
from interview_platform.wiring import platform

COOKIE = "session"
GUARD = "__guarded_by__"
_log = structlog.get_logger()


class Guarded:
    """Mixin for states: how a handler learns who calls it. Not handlers themselves: names start with `_`."""

    router: Any

    def _actor(self) -> Actor:
        """The signed-in person. Raises NotSignedIn."""
        jar: SimpleCookie = SimpleCookie(self.router.headers.cookie or "")
        held = platform()
        with held.db() as db:
            return accounts.actor_of(db, held.sessions, jar[COOKIE].value if COOKIE in jar else "")

    def _in_path(self, name: str) -> str:
        """What stands for `[name]` in the page's address. Never believed: services check who may see it."""
        return routes.value(str(self.router.url.path), name)

    def _invite_token(self) -> str:
        """The token in the candidate's address."""
        return self._in_path("token")

    def _invited(self) -> invites.Invited:
        """What the candidate's link opens. Raises InviteInvalid."""
        held = platform()
        with held.db() as db:
            return invites.open_link(db, held.secret, self._invite_token())

    def _refused(self, error: PlatformError) -> bool:
        """Show on the page itself why nothing opens; False leaves it to a toast or the sign-in page."""
        return False


def _check_recruiter(state: Any) -> None:
    state._actor()


def _check_candidate(state: Any) -> None:
    state._invited()


def recruiter_event(handler: Callable[..., Any] | None = None, *, background: bool = False) -> Any:
    """An event handler only a signed-in person of an organisation can run."""
    return _guarded(handler, background, _check_recruiter, "recruiter")


def candidate_event(handler: Callable[..., Any] | None = None, *, background: bool = False) -> Any:
    """An event handler only the holder of a valid interview link can run."""
    return _guarded(handler, background, _check_candidate, "candidate")


def reader_event(handler: Callable[..., Any] | None = None, *, background: bool = False) -> Any:
    """An event handler for whoever holds a link to a report; it opens the link itself, by services/sharing."""
    return _guarded(handler, background, lambda _state: None, "reader")


def _guarded(handler: Callable[..., Any] | None, background: bool, check: Callable[[Any], None], kind: str) -> Any:
    if handler is None:
        return functools.partial(_guarded, background=background, check=check, kind=kind)

    @functools.wraps(handler)
    async def run(self: Any, *args: Any, **kwargs: Any) -> AsyncIterator[Any]:
        correlation.begin()
        try:
            if background:
                async with self:
                    check(self)
            else:
                check(self)
            async for event in _results(handler(self, *args, **kwargs)):
                yield event
        except PlatformError as error:
            if not background and isinstance(error, NotSignedIn | InviteInvalid):
                self.reset()
                if self._refused(error):
                    return
            yield _answer(self, error)
        except Exception:
            _log.exception("handler_failed", handler=handler.__qualname__)
            yield rx.toast.error("Something went wrong on our side. What you saved is kept; please try again.")

    setattr(run, GUARD, kind)
    return rx.event(run, background=True) if background else rx.event(run)


async def _results(outcome: Any) -> AsyncIterator[Any]:
    """What any kind of handler gives back, as one stream of events."""
    if inspect.isasyncgen(outcome):
        async for event in outcome:
            yield event
    elif inspect.isgenerator(outcome):
        for event in outcome:
            yield event
    else:
        event = await outcome if inspect.isawaitable(outcome) else outcome
        yield event


def _answer(state: Any, error: PlatformError) -> Any:
    if isinstance(error, NotSignedIn):
        here = str(state.router.url.path)
        return rx.redirect(f"{routes.SIGN_IN}?next={quote(here, safe='')}")
    return rx.toast.error(str(error))
