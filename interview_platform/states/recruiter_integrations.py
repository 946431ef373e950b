"""Outside services: how each is set up, what its last calls came to, and a test of it now."""

import asyncio
from dataclasses import dataclass

from interview_platform.errors import BadInput, PlatformError
from interview_platform.features import Connection
from interview_platform.services import integrations
from interview_platform.services.access import WRITERS
from interview_platform.services.integrations import Guide, Seen
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.words import moment
from interview_platform.wiring import platform


@dataclass
class IntegrationLine:
    """One service on the page. `state`: in words; `tone` as of a badge."""

    name: str
    title: str
    icon: str
    gives: str
    by: str
    state: str
    tone: str
    ok: str
    error: str
    steps: list[str]
    testable: bool


class IntegrationsState(RecruiterState):
    """The page."""

    ready: bool = False
    problem: str = ""
    lines: list[IntegrationLine] = []
    may_test: bool = False
    testing: list[str] = []

    @recruiter_event
    def load(self):
        """Read what is known; nothing is called."""
        self._read()
        self.problem, self.ready = "", True

    @recruiter_event(background=True)
    async def test(self, name: str):
        """Make the harmless call, in the background, within its time."""
        held = platform()
        async with self:
            actor = self._actor()
            probe = next((one.probe for one in held.connections if one.name == name), None)
            if probe is None or actor.role not in WRITERS:
                raise BadInput("This cannot be tested here.")
            if name in self.testing:
                return
            self.testing = [*self.testing, name]
        try:
            await asyncio.to_thread(integrations.prove, held.engine, held.sessions, actor, name, probe)
        except BadInput:
            raise
        except PlatformError:
            pass  # the page shows it as the last error
        finally:
            async with self:
                self.testing = [one for one in self.testing if one != name]
                self._read()

    def _read(self) -> None:
        held = platform()
        with held.db() as db:
            actor = self._actor()
            seen = integrations.results(db, actor)
        here = {one.name: one for one in held.connections}
        self.lines = [_line(guide, here[guide.name], seen.get(guide.name, Seen())) for guide in integrations.GUIDES]
        self.may_test = actor.role in WRITERS


def _line(guide: Guide, here: Connection, seen: Seen) -> IntegrationLine:
    failing = seen.failed_at is not None and (seen.ok_at is None or seen.failed_at > seen.ok_at)
    state, tone = ("Failing", "danger") if failing else (("Set up", "good") if here.on else ("Not set up", ""))
    return IntegrationLine(
        guide.name,
        guide.title,
        guide.icon,
        guide.gives,
        here.by if here.on else guide.without,
        state,
        tone,
        f"{moment(seen.ok_at)}: {seen.said}" if seen.ok_at else "",
        f"{moment(seen.failed_at)}: {seen.error}" if seen.failed_at else "",
        list(guide.steps),
        here.probe is not None,
    )
