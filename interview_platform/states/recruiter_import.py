"""The dialog that takes other sources than résumés: GitHub, LinkedIn data exports, tables."""

import asyncio

import reflex as rx

from interview_platform.errors import BadInput, PlatformError
from interview_platform.services import candidates
from interview_platform.states import import_work
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.recruiter_pool import ENVELOPE_BYTES, PoolState
from interview_platform.states.words import count
from interview_platform.wiring import platform

KINDS = ("github", "linkedin", "table")
EXPORT_ENDINGS = (".zip",)
TABLE_ENDINGS = (".csv", ".json")
MOST_PROBLEMS = 200
REFUSALS = {
    "kind": "This is another kind of file than asked for here.",
    "size": "This file is too large to be taken in one go. Split the table and import its parts.",
    "lost": "The file did not arrive. Check the connection and choose it again.",
}


class ImportState(RecruiterState):
    """The dialog."""

    is_open: bool = False
    application: str = ""  # "" = for the job's pool
    kind: str = "github"
    user: str = ""
    working: str = ""
    percent: int = 0
    wrong: str = ""
    said: str = ""
    problems: list[str] = []
    taken: int = 0
    limit_bytes: int = 0

    @recruiter_event
    def show(self):
        """Open it for the pool of the job in the address."""
        self._open("")

    @recruiter_event
    def show_for_person(self):
        """Open it for the candidate in the address."""
        application = self._in_path("application_id")
        with platform().db() as db:
            person = candidates.detail(db, self._actor(), application).candidate
        self._open(application)
        self.user = import_work.github_user(person.links)

    @recruiter_event
    def toggle(self, on: bool):
        """The dialog was opened or closed."""
        self.is_open = on

    @recruiter_event
    def pick(self, kind: str):
        """Another kind of source."""
        if kind not in KINDS:
            raise BadInput("There is no such source.")
        self.kind, self.wrong, self.said, self.problems = kind, "", "", []

    @recruiter_event
    def write_user(self, text: str):
        """The GitHub user name."""
        self.user, self.wrong = text[:100], ""

    @recruiter_event(background=True)
    async def fetch_github(self):
        """Read one user from GitHub."""
        async with self:
            if self.working:
                return
            actor, job, application, user = self._actor(), self._job(), self.application, self.user
            self._begin(f"Reading {user.strip()} from GitHub")
        try:
            told = await asyncio.to_thread(import_work.from_github, actor, job, application, user)
        except PlatformError as error:
            async with self:
                self._end(wrong=str(error))
            return
        async with self:
            self._end(said=f"{told} was read from GitHub.")
            self.user = ""
        for event in self._after():
            yield event

    @recruiter_event
    async def take_files(self, files: list[rx.UploadFile]):
        """A ZIP of LinkedIn, or a table."""
        actor, job, application = self._actor(), self._job(), self.application
        self._begin("Reading the file")
        added, known, problems = 0, 0, []
        for file in files:
            name, content = file.name or "file", await file.read()
            try:
                made = await asyncio.to_thread(import_work.from_file, actor, job, application, name, content)
                added, known, problems = added + made.added, known + made.known, [*problems, *made.problems]
            except PlatformError as error:
                problems.append(f"{name}: {error}")
        self.taken += 1
        self.problems = problems[:MOST_PROBLEMS]
        self._end(said=_words(added, known))
        return self._after() if added or known else None

    @recruiter_event
    def turn_away(self, refused: list[list[str]]):
        """Files the browser did not send."""
        self.working = ""
        self.problems = [f"{str(name)[:255]}: {REFUSALS.get(why, REFUSALS['lost'])}" for name, why in refused][:50]

    @recruiter_event
    def sent(self, progress: dict):
        """How much of the upload has arrived."""
        self.working, self.percent = "Sending the file", round(100 * min(1.0, float(progress.get("progress") or 0)))

    # --- not handlers ------------------------------------------------------------------------------------------

    def _open(self, application: str) -> None:
        self.application, self.kind, self.user = application, "github", ""
        self.wrong, self.said, self.problems, self.working = "", "", [], ""
        self.limit_bytes = platform().settings.upload_limit_mb * 1_000_000 - ENVELOPE_BYTES
        self.is_open = True

    def _job(self) -> str:
        return self._in_path("job_id")

    def _begin(self, words: str) -> None:
        self.working, self.percent, self.wrong, self.said, self.problems = words, 0, "", "", []

    def _end(self, *, said: str = "", wrong: str = "") -> None:
        self.working, self.percent, self.said, self.wrong = "", 0, said, wrong

    def _after(self) -> list:
        """What the page behind does: read itself anew, and rank."""
        from interview_platform.states.recruiter_person import PersonState

        return [PersonState.load] if self.application else [PoolState.load, PoolState.rank]


def _words(added: int, known: int) -> str:
    """What became of the people in a file."""
    told = [f"{count(added, 'candidate')} taken in."] if added else []
    if known:
        told.append(f"{known} were here already; what was new about them was added.")
    return " ".join(told)
