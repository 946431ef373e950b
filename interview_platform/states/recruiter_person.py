"""One candidate's own page: where the facts come from, the original beside the text as read, possible duplicates."""

import asyncio

import reflex as rx

from interview_platform import routes
from interview_platform.errors import BadInput, NotFound, PlatformError
from interview_platform.services import candidates, duplicates, profiles
from interview_platform.states.guard import recruiter_event
from interview_platform.states.person_lines import (
    ConflictLine,
    MergedLine,
    PairLine,
    SourceLine,
    UnseenLine,
    conflict_lines,
    merged_lines,
    pair_lines,
    source_line,
    unseen_lines,
)
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.recruiter_candidate import CandidateState
from interview_platform.states.recruiter_rights import RightsState
from interview_platform.wiring import platform
from interview_platform.workflows import page_pictures

VIEWS = ("original", "text", "unseen")
FILE_SECONDS = 900
MOST_TEXT = 60_000


class PersonState(RecruiterState):
    """What the page shows beside the facts (those are CandidateState's)."""

    ready: bool = False
    problem: str = ""
    shown_person: str = ""
    job_href: str = ""
    job_title: str = ""
    sources: list[SourceLine] = []
    conflicts: list[ConflictLine] = []
    skills: list[MergedLine] = []
    languages: list[MergedLine] = []
    certificates: list[MergedLine] = []
    several: bool = False  # sources: then each fact says whose it is
    pairs: list[PairLine] = []
    unseen: list[UnseenLine] = []
    shown_source: str = ""
    checked: bool = False
    text: str = ""
    filename: str = ""
    file_url: str = ""
    pictures: list[str] = []
    drawing: bool = False
    not_drawn: str = ""
    view: str = "original"

    @recruiter_event
    async def load(self):
        """Read the candidate of the address."""
        held = self._in_path("application_id")
        if held != self.shown_person:
            self.reset()
            self.shown_person = held
        try:
            panel = await self.get_state(CandidateState)
            self._read(panel._show(held))
            panel.is_open = False  # it led here; going back should show the pool
        except NotFound as error:
            self.problem, self.ready = str(error), False
            return None
        self.problem, self.ready = "", True
        return [PersonState.draw, RightsState.load]

    @recruiter_event
    def show_view(self, view: str):
        """The original, the text as read, or what nobody sees."""
        if view not in VIEWS:
            raise BadInput("There is no such part of the page.")
        self.view = view

    @recruiter_event
    def show_source(self, resume: str):
        """Look at another source about this person."""
        if resume not in [line.resume for line in self.sources]:
            raise NotFound("This source does not belong to this candidate.")
        self.shown_source = resume
        with platform().db() as db:
            self._read(candidates.detail(db, self._actor(), self.shown_person))
        return PersonState.draw

    @recruiter_event(background=True)
    async def draw(self):
        """Draw the file's pages, once; later they are kept."""
        async with self:
            actor, resume = self._actor(), self.shown_source
            self.drawing, self.not_drawn, self.pictures = bool(resume), "", []
        if not resume:
            return
        held, said, keys = platform(), "", []
        try:
            keys = await asyncio.to_thread(page_pictures.keys, held.engine, held.blobs, held.pictures, actor, resume)
        except PlatformError as error:
            said = str(error)
        async with self:
            if self.shown_source == resume:
                self.pictures = [held.blobs.url(key, FILE_SECONDS) for key in keys]
                self.drawing, self.not_drawn = False, said

    # --- the same person twice ---------------------------------------------------------------------------------

    @recruiter_event
    def merge(self, pair: str):
        """Two candidates are one person."""
        with platform().db() as db:
            duplicates.merge(db, self._actor(), pair)
        return [PersonState.load, rx.toast.success("Merged. Their sources stand together now; it can be undone below.")]

    @recruiter_event
    def undo(self, pair: str):
        """Take a merge back."""
        with platform().db() as db:
            duplicates.undo(db, self._actor(), pair)
        return [PersonState.load, rx.toast.success("Parted again, as they were.")]

    @recruiter_event
    def dismiss(self, pair: str):
        """They are two people."""
        with platform().db() as db:
            duplicates.dismiss(db, self._actor(), pair)
        return [PersonState.load, rx.toast.success("Noted: two different people.")]

    # --- not handlers ------------------------------------------------------------------------------------------

    def _read(self, detail: candidates.CandidateDetail) -> None:
        with platform().db() as db:
            actor = self._actor()
            merged = profiles.merged(db, actor, detail.candidate.id)
            pairs = duplicates.pairs_of(db, actor, detail.candidate.id)
        self.job_title, self.job_href = detail.job.title, routes.job(detail.job.id)
        self.sources = [source_line(row) for row in detail.sources]
        self.conflicts = conflict_lines(merged)
        self.skills = merged_lines(merged.skills)
        self.languages, self.certificates = merged_lines(merged.languages), merged_lines(merged.certifications)
        self.several = len(merged.sources) > 1
        self.pairs = pair_lines(pairs, detail.candidate.id)
        self._read_source(detail)

    def _read_source(self, detail: candidates.CandidateDetail) -> None:
        """The source that is looked at; at first the one that ranking reads."""
        rows = {row.id: row for row in detail.sources}
        row = rows.get(self.shown_source) or detail.resume
        self.shown_source = row.id if row else ""
        self.text = row.text[:MOST_TEXT] if row else ""
        self.filename = row.filename if row else ""
        self.checked = bool(row and row.checked)
        self.unseen = unseen_lines(row.unseen) if row else []
        self.file_url = platform().blobs.url(row.blob_key, FILE_SECONDS) if row and row.blob_key else ""
