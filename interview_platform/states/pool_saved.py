"""The saved views of a job's pool: the row of them, the dialog that saves one, the one just removed."""

from dataclasses import dataclass

import reflex as rx

from interview_platform import routes
from interview_platform.errors import BadInput, NotFound
from interview_platform.models import PoolView
from interview_platform.services import access, pool_views
from interview_platform.services.access import Actor
from interview_platform.services.pool_views import Given
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.recruiter_pool import PoolState
from interview_platform.wiring import platform


@dataclass
class ViewChip:
    """One view to open. `mine`: this person may save it anew and remove it."""

    key: str
    name: str
    shared: bool
    first: bool  # this person's first view of the job
    mine: bool


class ViewsState(RecruiterState):
    """The row of views, and the dialog that saves one."""

    shown_job: str = ""
    chips: list[ViewChip] = []
    may_save: bool = False
    may_share: bool = False
    is_open: bool = False
    editing: str = ""  # "" = a new view
    name: str = ""
    shared: bool = False
    first: bool = False
    wrong: str = ""
    removed: str = ""  # the view that can be put back
    removed_name: str = ""

    @recruiter_event
    def load(self):
        """The views of the job in the address; where there is no such job, its page says so."""
        if self.shown_job != self._in_path("job_id"):
            self.reset()
            self.shown_job = self._in_path("job_id")
        try:
            self._read()
        except NotFound:
            self.chips = []

    @recruiter_event
    async def open_view(self, view: str):
        """Look at the pool with a view, or at everybody with ""; the address says which."""
        page = await self.get_state(PoolState)
        await page._look(view)
        return self._address(page.view)

    @recruiter_event
    async def ask(self, view: str):
        """Open the dialog: for a new view, or for the one that is open."""
        with platform().db() as db:
            row = pool_views.opened(db, self._actor(), self.shown_job, view) if view else None
            self.first = bool(row) and pool_views.default(db, self._actor(), self.shown_job) == view
        self.editing, self.wrong, self.is_open = view, "", True
        self.name, self.shared = (row.name, row.shared) if row else ("", False)

    @recruiter_event
    def toggle(self, is_open: bool):
        """Open or close the dialog."""
        self.is_open = is_open

    @recruiter_event
    def write_name(self, text: str):
        """What the view is called."""
        self.name, self.wrong = text[:200], ""

    @recruiter_event
    def switch_shared(self):
        """For the team, or for oneself."""
        self.shared = not self.shared

    @recruiter_event
    def switch_first(self):
        """Open the job with this view, or with everybody."""
        self.first = not self.first

    @recruiter_event
    async def save(self):
        """Keep name, search, filters, order and columns as they are now."""
        page = await self.get_state(PoolState)
        given = Given(self.name, self.shared, page._query(), tuple(page.columns))
        actor = self._actor()
        try:
            with platform().db() as db:
                row = pool_views.save(db, actor, self.shown_job, given, self.editing)
                if self.first or pool_views.default(db, actor, self.shown_job) == row.id:
                    pool_views.keep_default(db, actor, self.shown_job, row.id if self.first else "")
        except BadInput as error:
            self.wrong = str(error)
            return None
        self.is_open, page.view = False, row.id
        self._read()
        return self._address(row.id)

    @recruiter_event
    async def remove(self):
        """Take the view of the dialog away; it can be put back."""
        page = await self.get_state(PoolState)
        with platform().db() as db:
            row = pool_views.remove(db, self._actor(), self.shown_job, self.editing)
        self.removed, self.removed_name, self.is_open, page.view = row.id, row.name, False, ""
        self._read()
        return self._address("")

    @recruiter_event
    def undo(self):
        """Put it back."""
        with platform().db() as db:
            pool_views.restore(db, self._actor(), self.shown_job, self.removed)
        self.removed = self.removed_name = ""
        self._read()

    def _read(self) -> None:
        actor = self._actor()
        with platform().db() as db:
            rows = pool_views.listing(db, actor, self.shown_job)
            first = pool_views.default(db, actor, self.shown_job)
        self.chips = [_chip(row, first, actor) for row in rows]
        self.may_save, self.may_share = actor.role in access.REVIEWERS, actor.role in access.WRITERS

    def _address(self, view: str) -> rx.event.EventSpec:
        return rx.redirect(routes.job(self.shown_job, view), replace=True)


def _chip(row: PoolView, first: str, actor: Actor) -> ViewChip:
    return ViewChip(row.id, row.name, row.shared, row.id == first, pool_views.may_change(actor, row))
