"""Texts the interviewer answers candidates from: of one job, or of the employer; and a question to try them with.

On a job's page the address names the job; on the company page there is none.
"""

import asyncio
from dataclasses import dataclass

import reflex as rx

from interview_platform.errors import BadInput, NotFound, PlatformError
from interview_platform.models import Material
from interview_platform.ports import Grounded, Passage
from interview_platform.services import jobs, materials, organisations
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.words import count, moment
from interview_platform.wiring import platform

ENVELOPE_BYTES = 100_000
REFUSALS = {
    "kind": "This is not a PDF, Word (.docx), Markdown or text file.",
    "size": "This file is too large. Give a shorter one, or paste its text.",
    "lost": "The file did not arrive. Check the connection and choose it again.",
}
SOURCES = {"faq": "Questions candidates ask", "job": "This job", "company": "Company page", "material": "Material"}


@dataclass
class TextLine:
    """One live text."""

    series: str
    title: str
    facts: str
    text: str


@dataclass
class PastLine:
    """One version of a text."""

    version: int
    title: str
    facts: str
    text: str


@dataclass
class SourceLine:
    """What an answer stands on, or what was looked at."""

    title: str
    text: str
    fit: str


class MaterialState(RecruiterState):
    """The list, the dialog that adds or replaces, one text's history, and the tried question."""

    ready: bool = False
    problem: str = ""
    shown_job: str = ""
    lines: list[TextLine] = []
    limit_bytes: int = 0
    taken: int = 0
    percent: int = 0
    working: str = ""
    problems: list[str] = []
    is_open: bool = False
    series: str = ""  # the one that is replaced; "" adds
    title: str = ""
    text: str = ""
    wrong: str = ""
    asking: str = ""  # the one that is to be removed, until it is confirmed
    past_of: str = ""
    past: list[PastLine] = []
    question: str = ""
    trying: bool = False
    answer: str = ""
    reason: str = ""
    sources: list[SourceLine] = []
    jobs: list[list[str]] = []  # [id, title], on the company page
    try_job: str = ""

    @recruiter_event
    def load(self):
        """The texts of the job in the address, or of the employer."""
        job = self._in_path("job_id")
        if job != self.shown_job:
            self.reset()
            self.shown_job = job
        held = platform()
        self.limit_bytes = min(held.settings.upload_limit_mb * 1_000_000 - ENVELOPE_BYTES, materials.MOST_BYTES)
        try:
            self._read()
        except NotFound as error:
            self.problem, self.ready = str(error), False
            return
        self.problem, self.ready = "", True

    @recruiter_event
    def open_new(self):
        """Type or paste a text."""
        self.series, self.title, self.text, self.wrong, self.is_open = "", "", "", "", True

    @recruiter_event
    def open(self, series: str):
        """Change a text: the next version takes its place."""
        with platform().db() as db:
            row = materials.history(db, self._actor(), series)[0]
        self.series, self.title, self.text, self.wrong, self.is_open = series, row.title, row.text, "", True

    @recruiter_event
    def toggle(self, on: bool):
        """The dialog was opened or closed."""
        self.is_open = on

    @recruiter_event
    def write(self, name: str, typed: str):
        """The title or the text."""
        if name not in ("title", "text"):
            raise BadInput("There is no such field.")
        setattr(self, name, typed[: materials.MOST_CHARACTERS + 1])
        self.wrong = ""

    @recruiter_event
    def save(self):
        """Add it, or put it in the place of the older version."""
        try:
            with platform().db() as db:
                if self.series:
                    materials.replace(db, self._actor(), self.series, self.title, self.text)
                else:
                    materials.add(db, None, self._actor(), self.shown_job or None, self.title, self.text)
        except BadInput as error:
            self.wrong = str(error)
            return None
        self.is_open = False
        self._read()
        return rx.toast.success("Saved. The interviewer answers from it within a few seconds.")

    @recruiter_event
    async def take_files(self, files: list[rx.UploadFile]):
        """Files: each becomes a text under its own name, or the next version of the text of that file."""
        actor, job = self._actor(), self.shown_job
        self.problems, added = [], 0
        for file in files:
            name, content = file.name or "file", await file.read()
            try:
                await asyncio.to_thread(_take, actor, job, name, content, str(file.content_type or ""))
                added += 1
            except PlatformError as error:
                self.problems = [*self.problems, str(error)][:20]
        self.taken += 1
        self.working = ""
        self._read()
        return rx.toast.success(f"{count(added, 'file')} added.") if added else None

    @recruiter_event
    def turn_away(self, refused: list[list[str]]):
        """Files the browser did not send."""
        self.working = ""
        self.problems = [f"{str(name)[:255]}: {REFUSALS.get(why, REFUSALS['lost'])}" for name, why in refused][:20]

    @recruiter_event
    def sent(self, progress: dict):
        """How much of the upload has arrived."""
        done = min(1.0, float(progress.get("progress") or 0))
        self.working, self.percent = "Sending" if done < 1 else "", round(100 * done)

    @recruiter_event
    def ask(self, series: str):
        """Ask before a text is removed; "" takes the question back."""
        self.asking = series

    @recruiter_event
    def remove(self, series: str):
        """From now on the interviewer does not answer from it."""
        with platform().db() as db:
            materials.remove(db, self._actor(), series)
        self.asking, self.past_of = "", ""
        self._read()
        return rx.toast.success("Removed. The interviewer does not answer from it any more.")

    @recruiter_event
    def show_past(self, series: str):
        """All versions of a text; the same again folds them."""
        if self.past_of == series:
            self.past_of, self.past = "", []
            return
        with platform().db() as db:
            rows = materials.history(db, self._actor(), series)
            people = organisations.people(db, self._actor())
        self.past_of, self.past = series, [_past(row, people) for row in rows]

    @recruiter_event
    def put_back(self, version: int):
        """An older version again, as the next one."""
        with platform().db() as db:
            actor = self._actor()
            rows = {row.version: row for row in materials.history(db, actor, self.past_of)}
            if version not in rows:
                raise NotFound("There is no such version of this text.")
            materials.replace(db, actor, self.past_of, rows[version].title, rows[version].text)
        self.past_of, self.past = "", []
        self._read()
        return rx.toast.success(f"Version {version} is answered from again.")

    # --- trying a question -------------------------------------------------------------------------------------

    @recruiter_event
    def write_question(self, typed: str):
        """What a candidate might ask."""
        self.question = typed[:500]

    @recruiter_event
    def pick_job(self, job: str):
        """On the company page: the job a candidate asks about."""
        self.try_job = job[:40]

    @recruiter_event(background=True)
    async def try_it(self):
        """What the interviewer would answer, and from where."""
        async with self:
            question, actor, job = self.question.strip(), self._actor(), self.shown_job or self.try_job
            if not question or self.trying:
                return
            with platform().db() as db:
                jobs.draft_of(db, actor, job)  # raises NotFound for a job of another organisation
            self.trying, self.answer, self.reason, self.sources = True, "", "", []
        try:
            found = await asyncio.to_thread(lambda: platform().answerer.answer_for(job, question))
        except PlatformError as error:
            found = Grounded("", reason=str(error))
        finally:
            async with self:
                self.trying = False
        async with self:
            self.answer = found.text
            self.reason = found.reason
            self.sources = [_source(one) for one in found.passages]

    # --- not handlers ------------------------------------------------------------------------------------------

    def _read(self) -> None:
        with platform().db() as db:
            actor = self._actor()
            rows = materials.listing(db, actor, self.shown_job or None)
            people = organisations.people(db, actor)
            known = [] if self.shown_job else [row.job for row in jobs.listing(db, actor)]
        self.jobs = [[job.id, job.title] for job in known]
        if not self.shown_job and self.try_job not in dict(self.jobs):
            self.try_job = self.jobs[0][0] if self.jobs else ""
        self.lines = [TextLine(row.series_id, row.title, _facts(row, people), row.text) for row in rows]


def _take(actor: object, job: str, name: str, content: bytes, media_type: str) -> None:
    """Read one file and keep it: as a new text, or as the next version of the text of the same file."""
    held = platform()
    text = materials.read(held.parser, name, content)
    with held.db() as db:
        same = [row for row in materials.listing(db, actor, job or None) if row.filename == materials.shown(name)]
        given = {"filename": name, "content": content, "media_type": media_type}
        if same:
            materials.replace(db, actor, same[0].series_id, "", text, blobs=held.blobs, **given)
        else:
            materials.add(db, held.blobs, actor, job or None, "", text, **given)


def _facts(row: Material, people: dict[str, str]) -> str:
    parts = [f"Version {row.version}", moment(row.created_at), people.get(row.created_by or "", "")]
    parts += [row.filename, count(len(row.text.split()), "word")]
    return " · ".join(part for part in parts if part)


def _past(row: Material, people: dict[str, str]) -> PastLine:
    who = people.get(row.created_by or "", "")
    words = {"live": "answered from now", "replaced": "replaced", "removed": "removed"}.get(row.status, row.status)
    return PastLine(row.version, row.title, f"{moment(row.created_at)} · {who} · {words}", row.text)


def _source(found: Passage) -> SourceLine:
    kind = SOURCES.get(found.source, found.source)
    title = found.title if found.title == kind else f"{kind}: {found.title}"
    return SourceLine(title, found.text, f"{found.score:.0%} fit")
