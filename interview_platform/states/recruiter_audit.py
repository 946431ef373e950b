"""The audit log, to be searched."""

from dataclasses import dataclass

from interview_platform.models import AuditEvent
from interview_platform.services import audit, organisations
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.words import moment
from interview_platform.wiring import platform

STEP = 100
MOST = 2000


@dataclass
class EventLine:
    """One event in words, with its exact values to be opened."""

    at: str
    who: str
    action: str
    subject: str
    detail: str


class AuditState(RecruiterState):
    """What the audit page shows."""

    ready: bool = False
    problem: str = ""
    lines: list[EventLine] = []
    search: str = ""
    limit: int = STEP
    more: bool = False

    @recruiter_event
    def load(self):
        """Read the newest events."""
        self.limit = STEP
        self._read()
        self.problem, self.ready = "", True

    @recruiter_event
    def find(self, text: str):
        """Narrow by action, subject, or who did it."""
        self.search, self.limit = text[:80], STEP
        self._read()

    @recruiter_event
    def show_more(self):
        """Go further back."""
        self.limit = min(MOST, self.limit + STEP)
        self._read()

    def _read(self) -> None:
        with platform().db() as db:
            actor = self._actor()
            people = organisations.people(db, actor)
            rows = audit.newest(db, actor, limit=self.limit + 1, contains=_term(self.search, people))
        self.more = len(rows) > self.limit and self.limit < MOST
        self.lines = [_line(row, people) for row in rows[: self.limit]]


def _term(typed: str, people: dict[str, str]) -> str:
    """What to look for: the typed words, or the key of the person whose name was typed."""
    wanted = typed.strip()
    named = [key for key, name in people.items() if wanted and wanted.casefold() in name.casefold()]
    return f"user:{named[0]}" if len(named) == 1 else wanted.replace(" ", "_")


def _line(row: AuditEvent, people: dict[str, str]) -> EventLine:
    kind, _, key = row.actor.partition(":")
    who = {"user": people.get(key, "A former user"), "invite": "A candidate"}.get(kind, "The product")
    thing, _, done = row.action.partition(".")
    return EventLine(
        at=moment(row.at),
        who=who,
        action=f"{thing} {done}".replace("_", " ").capitalize(),
        subject=row.subject,
        detail=" · ".join(f"{name}: {value}" for name, value in row.detail.items() if name != "rubric"),  # too long
    )
