"""The audit log: searched, read in sentences, verified, downloaded."""

import asyncio
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import reflex as rx

from interview_platform.services import audit, audit_search, audit_words
from interview_platform.services.access import Actor
from interview_platform.services.audit_search import EXPORTERS, Line, Wanted
from interview_platform.states.guard import recruiter_event
from interview_platform.states.paging import Paged
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.words import count, moment
from interview_platform.wiring import platform

FILTERS = (("", "Everything"), *((key, words) for key, words, _ in audit_words.KINDS))
VERIFIED_SECONDS = 30 * 86_400
AT_ONCE = 20_000
"""A log of so many events is verified when the page is opened; a longer one when somebody presses the button."""


@dataclass
class EventLine:
    """One event in words."""

    key: str
    at: str
    who: str
    before: str
    thing: str
    after: str
    href: str
    why: str


class AuditState(Paged, RecruiterState):
    """What the audit page shows."""

    ready: bool = False
    problem: str = ""
    lines: list[EventLine] = []
    person: str = ""
    people: list[tuple[str, str]] = []
    kind: str = ""
    since: str = ""
    until: str = ""
    wrong: str = ""
    together: str = ""  # only what was done in one go with an event
    may_export: bool = False
    narrowed: bool = False

    verifying: bool = False
    verdict: str = ""
    verdict_tone: str = ""

    is_open: bool = False
    shown: list[tuple[str, str]] = []
    shown_title: str = ""
    shown_together: str = ""
    values: str = ""

    @recruiter_event
    def load(self):
        """Read the newest events; a log that was not verified lately is verified."""
        actor = self._actor()
        with platform().db() as db:
            self.people = [("", "Everybody"), *audit_search.people(db, actor)]
        self.may_export = actor.role in EXPORTERS
        self._show(1)
        self.problem, self.ready = "", True
        held = platform().sessions.get(_verified_key(actor))
        self.verdict, self.verdict_tone = (str(held["said"]), str(held["tone"])) if held else ("", "")
        return AuditState.verify if held is None and 0 < self.total <= AT_ONCE else None

    @recruiter_event
    def pick_person(self, person: str):
        """Only what one person did."""
        self.person = person
        self._show(1)

    @recruiter_event
    def pick_kind(self, kind: str):
        """Only deeds of one kind."""
        self.kind = kind
        self._show(1)

    @recruiter_event
    def pick_since(self, day: str):
        """From this day on."""
        self.since = day
        self._show(1)

    @recruiter_event
    def pick_until(self, day: str):
        """Up to and with this day."""
        self.until = day
        self._show(1)

    @recruiter_event
    def clear(self):
        """Everything again."""
        self.search = self.person = self.kind = self.since = self.until = self.together = ""
        self._show(1)

    @recruiter_event
    def show(self, key: str):
        """One event with its exact values."""
        with platform().db() as db:
            found, _ = audit_search.page(db, self._actor(), Wanted(words=key, size=1))
        if found:
            self._fill(found[0])
            self.is_open = True

    @recruiter_event
    def toggle(self, on: bool):
        """The event was opened or closed."""
        self.is_open = on and bool(self.shown)

    @recruiter_event
    def show_together(self):
        """What was done in one go with the event that is open."""
        self.search = self.person = self.kind = self.since = self.until = ""
        self.together, self.is_open = self.shown_together, False
        self._show(1)

    @recruiter_event(background=True)
    async def verify(self):
        """Check the whole chain now."""
        async with self:
            if self.verifying:
                return
            actor, self.verifying = self._actor(), True
        try:
            said, tone = await asyncio.to_thread(_verify, actor)
        finally:
            async with self:
                self.verifying = False
        async with self:
            self.verdict, self.verdict_tone = said, tone

    @recruiter_event
    def download(self, form: str):
        """The wanted events as JSON lines or CSV, for owners and auditors."""
        chosen = "csv" if form == "csv" else "jsonl"
        with platform().db() as db:
            made = audit_search.export(db, self._actor(), self._wanted(), chosen)
        return rx.download(data=made, filename=f"audit-log.{chosen}")

    def _wanted(self, first: int = 0, size: int = 50) -> Wanted:
        since, until = _day(self.since), _day(self.until)
        return Wanted(
            words=self.search,
            person=self.person,
            kind=self.kind,
            correlation=self.together,
            since=since,
            until=until + timedelta(days=1) if until else None,
            first=first,
            size=size,
        )

    def _read(self, first: int, size: int) -> tuple[int, int]:
        wanted = self._wanted(first, size)
        late = wanted.since and wanted.until and wanted.since >= wanted.until
        self.wrong = "The first day lies after the last one." if late else ""
        self.narrowed = bool(self.search or self.person or self.kind or self.since or self.until or self.together)
        with platform().db() as db:
            found, total = audit_search.page(db, self._actor(), wanted)
        self.lines = [_line(one) for one in found]
        return len(found), total

    def _fill(self, line: Line) -> None:
        event = line.event
        self.shown_title = f"Event {event.sequence}"
        self.shown = [
            ("What", f"{line.who} {line.before}{line.thing}{line.after}."),
            ("When", moment(event.at)),
            *([("Why", line.why)] if line.why else []),
            ("Action", event.action),
            ("On", event.subject),
            ("By", event.actor),
            ("Digest", event.digest),
            ("Before it", event.previous or "nothing: it is the first"),
        ]
        detail = {name: value for name, value in line.detail.items() if name != "rubric"}  # too long to read here
        self.values = json.dumps(detail, ensure_ascii=False, indent=1) if detail else ""
        if line.withheld:
            self.values += "\nWhat the report found is shown when you have rated the interview."
        self.shown_together = event.correlation


def _line(line: Line) -> EventLine:
    return EventLine(
        key=line.event.id,
        at=moment(line.event.at),
        who=line.who,
        before=line.before,
        thing=line.thing,
        after=line.after,
        href=line.href,
        why=line.why,
    )


def _day(given: str) -> datetime | None:
    try:
        return datetime.strptime(given, "%Y-%m-%d").replace(tzinfo=UTC) if given else None
    except ValueError:
        return None


def _verified_key(actor: Actor) -> str:
    return f"audit-verified:{actor.organisation_id}"


def _verify(actor: Actor) -> tuple[str, str]:
    """Check, and keep what came out for whoever opens the page next; (words, tone)."""
    held = platform()
    with held.db() as db:
        found = audit_search.check(db, actor)
        subject, said = f"organisation:{actor.organisation_id}", {"events": found.events, "whole": found.whole}
        audit.record(db, actor, "audit.verified", subject, **said)
    at = moment(datetime.now(UTC))
    if found.broken is None:
        words = f"Verified up to event {found.events}: every event is as it was written ({at})."
    else:
        words = f"This log was changed. Whole up to {count(found.events, 'event')}. {found.broken.words} ({at})"
    tone = "good" if found.broken is None else "danger"
    held.sessions.put(_verified_key(actor), {"said": words, "tone": tone}, VERIFIED_SECONDS)
    return words, tone
