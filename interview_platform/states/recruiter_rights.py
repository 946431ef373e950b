"""One candidate's data on the recruiter's side: until when they are kept, a copy, a hold, deletion."""

import asyncio

import reflex as rx

from interview_platform import routes
from interview_platform.errors import BadInput, NotFound
from interview_platform.services import access, erasure, export_requests, holds, retention
from interview_platform.services.access import WRITERS
from interview_platform.services.holds import OWNERS
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.words import count, day
from interview_platform.wiring import platform

COPY_SECONDS = 900
_STATES = {
    "": "",
    erasure.WAITING: "Deletion waits",
    erasure.HELD: "Deletion waits for the legal hold",
    erasure.SWEEPING: "Deletion is going on",
}


class RightsState(RecruiterState):
    """What the part “Data and rights” of a candidate's page shows."""

    ready: bool = False
    person: str = ""
    until: str = ""
    left: str = ""
    soon: bool = False
    rule: str = ""
    hold_reason: str = ""
    hold_since: str = ""
    asked: str = ""
    asked_why: str = ""
    may_hold: bool = False
    may_delete: bool = False
    copy_state: str = ""
    copy_note: str = ""
    deleting: bool = False
    busy: bool = False
    holding: bool = False
    reason: str = ""
    wrong: str = ""

    @recruiter_event
    def load(self):
        """Read the candidate of the address."""
        self.reset()
        self._read()

    @recruiter_event
    async def make_copy(self):
        """Pack everything that is held about the candidate."""
        held, actor = platform(), self._actor()
        with held.db() as db:
            export_requests.request(db, actor, self._candidate())
        self.copy_state = export_requests.WORKING
        yield
        await asyncio.to_thread(held.upkeep.pack_all)
        self._read()

    @recruiter_event
    def take_copy(self):
        """Download it."""
        held = platform()
        with held.db() as db:
            row = export_requests.newest(db, self._candidate())
        if row is None or row.status != export_requests.READY:
            raise NotFound("This copy is not there any more: it is offered for a day. Make a new one.")
        return rx.redirect(held.blobs.url(row.blob_key, COPY_SECONDS), is_external=True)

    @recruiter_event
    def toggle_hold(self, on: bool):
        """Open or close the dialog."""
        self.holding, self.reason, self.wrong = bool(on), "", ""

    @recruiter_event
    def write_reason(self, text: str):
        """Why the data must be kept."""
        self.reason, self.wrong = str(text)[: holds.LONGEST], ""

    @recruiter_event
    def hold(self):
        """Set the hold."""
        try:
            with platform().db() as db:
                holds.place(db, self._actor(), self._candidate(), self.reason)
        except BadInput as error:
            self.wrong = str(error)
            return None
        self.holding = False
        self._read()
        return rx.toast.success("Legal hold set. Nothing of this candidate is deleted until you lift it.")

    @recruiter_event
    def lift(self):
        """Lift it; deletions that waited go on."""
        held = platform()
        with held.db() as db:
            holds.lift(db, self._actor(), self._candidate())
        held.upkeep.wake()
        self._read()
        return rx.toast.success("Legal hold lifted. A deletion that waited goes on now.")

    @recruiter_event
    def toggle_delete(self, on: bool):
        """Open or close the dialog."""
        self.deleting = bool(on) and self.may_delete

    @recruiter_event
    async def delete(self):
        """Delete the candidate everywhere."""
        held, actor, person = platform(), self._actor(), self._candidate()
        with held.db() as db:
            row = erasure.request(db, actor, person)
        self.busy = True
        yield
        row = await asyncio.to_thread(held.upkeep.eraser.run, row.id)
        self.busy, self.deleting = False, False
        if row.status in (erasure.WAITING, erasure.HELD):
            self._read()
            yield rx.toast.info(row.why)
            return
        yield rx.redirect(routes.job(self._in_path("job_id")))
        yield rx.toast.success(f"Deleted. Receipt {row.id[:8]}…")

    # --- not handlers ------------------------------------------------------------------------------------------

    def _candidate(self) -> str:
        with platform().db() as db:
            return access.application(db, self._actor(), self._in_path("application_id")).candidate_id

    def _read(self) -> None:
        actor, person = self._actor(), self._candidate()
        with platform().db() as db:
            seen, hold = retention.countdown(db, person), holds.of(db, person)
            asked, copy = erasure.open_for(db, person), export_requests.newest(db, person)
        self.until, self.left = day(seen.due_at), count(seen.days_left, "day")
        self.soon = seen.days_left <= retention.WARN_DAYS and not seen.held
        by = "your organisation's setting" if seen.by == "organisation" else f"the job “{seen.by}”"
        self.rule = f"{count(seen.days, 'day')} after the last thing that happened, by {by}"
        self.hold_reason, self.hold_since = (hold.reason, day(hold.set_at)) if hold else ("", "")
        self.asked, self.asked_why = (_STATES.get(asked.status, ""), asked.why) if asked else ("", "")
        self.may_hold, self.may_delete = actor.role in OWNERS, actor.role in WRITERS
        self.copy_state, self.copy_note = (copy.status, copy.error) if copy else ("", "")
        self.ready = True
