"""The Plan tab: the questions in order, a draft of changes, coverage, versions."""

import reflex as rx

from interview_platform.errors import BadInput, NotFound
from interview_platform.services import plans
from interview_platform.services.agent.plan_rules import FROM_RESUME
from interview_platform.states import plan_lines
from interview_platform.states.guard import recruiter_event
from interview_platform.states.plan_lines import PlanLine, ShareLine, VersionLine
from interview_platform.states.recruiter import DRAFT_SECONDS, RecruiterState
from interview_platform.states.words import count
from interview_platform.wiring import platform


class PlanState(RecruiterState):
    """The plan as it will be saved. Until then it is a draft, kept server-side; interviews get the saved one."""

    ready: bool = False
    problem: str = ""
    shown_job: str = ""
    version: int = 0
    saved_by: str = ""
    lines: list[PlanLine] = []
    competencies: list[list[str]] = []  # [id, name]
    opened: str = ""
    unsaved: bool = False
    overtaken: bool = False  # somebody else saved meanwhile
    wrong: str = ""
    minutes: str = ""
    shares: list[ShareLine] = []
    warnings: list[str] = []
    versions: list[VersionLine] = []
    removed: str = ""  # what was taken out last, in words
    moved: str = ""  # where the question that was moved stands now, for those who hear the page
    can_write: bool = False
    _taken: dict = {}  # {"line": …, "place": int} of it

    @recruiter_event
    def load(self):
        """The plan of the job in the address, with the draft where there is one."""
        job = self._in_path("job_id")
        if job != self.shown_job:
            self.reset()
            self.shown_job = job
        try:
            self._open(platform().sessions.get(self._draft_key()))
        except NotFound as error:
            self.problem, self.ready = str(error), False
            return
        self.problem, self.ready = "", True

    @recruiter_event
    def toggle(self, key: str):
        """Show or fold one question's details."""
        self.opened = "" if self.opened == key else key

    @recruiter_event
    def move(self, key: str, step: int):
        """One place up (-1) or down (1)."""
        held = self._lines()
        place = self._place(key)
        other = place + (1 if step > 0 else -1)
        if 0 <= other < len(held):
            held[place], held[other] = held[other], held[place]
            self._change(held)
        self.moved = f"Now question {self._place(key) + 1} of {len(held)}: {self.lines[self._place(key)].text[:80]}"

    @recruiter_event
    def remove(self, key: str):
        """Take a question out; `undo` puts it back."""
        held = self._lines()
        place = self._place(key)
        line = held.pop(place)
        self._taken = {"line": plan_lines.plain(line), "place": place}
        self.removed = f"Taken out: “{line.text[:80]}{'…' if len(line.text) > 80 else ''}”"
        self._change(held)

    @recruiter_event
    def undo(self):
        """Put back what was taken out last."""
        if not self._taken:
            return
        held = self._lines()
        held.insert(min(self._taken["place"], len(held)), plan_lines.again(self._taken["line"]))
        self._taken, self.removed = {}, ""
        self._change(held)

    @recruiter_event
    def add_slot(self):
        """A place for a question from each candidate's own résumé."""
        here = {line.key for line in self.lines}
        free = [key for key in FROM_RESUME if key not in here]
        if not free:
            raise BadInput("At most two questions come from a résumé: the rest is the same for everybody.")
        self._change([plan_lines.slot_line(free[0]), *self._lines()])

    @recruiter_event
    def add_bank(self, question_id: str):
        """A question of the banks at the end of the draft."""
        line = plan_lines.bank_line(question_id, dict(self.competencies))
        if any(held.text == line.text for held in self.lines):
            raise BadInput("This question is in the plan already.")
        self._insert(line)
        return rx.toast.success("Added to the plan. Save it when you are done.")

    @recruiter_event
    def discard(self):
        """Forget the draft."""
        platform().sessions.delete(self._draft_key())
        self._open(None)

    @recruiter_event
    def save(self):
        """Make the draft the plan of the interviews to come."""
        self._save(self.version)

    @recruiter_event
    def save_over(self):
        """Save although somebody else has saved meanwhile; theirs stays in the history."""
        self._save(None)

    @recruiter_event
    def restore(self, version: int):
        """An earlier version again, as a new one."""
        if self.unsaved:
            raise BadInput("Save or discard your changes first; then restore the earlier version.")
        with platform().db() as db:
            made = plans.restore(db, self._actor(), self.shown_job, version)
        self._open(None)
        return rx.toast.success(f"Version {version} is the plan again, as version {made.version}.")

    # --- not handlers ------------------------------------------------------------------------------------------

    def _open(self, draft: dict | None) -> None:
        with platform().db() as db:
            actor = self._actor()
            held = plans.current(db, actor, self.shown_job)
            history = plans.history(db, actor, self.shown_job)
        self.can_write = actor.role in plans.WRITERS
        self.version, self.wrong, self.overtaken = held.version.version, "", False
        self.competencies = [[one.id, one.name] for one in held.competencies]
        self.versions = [plan_lines.version_line(row, self.version) for row in history]
        lines = [plan_lines.plan_line(line) for line in held.lines]
        self.unsaved = bool(draft)
        if draft:
            lines = [plan_lines.again(one) for one in draft["lines"]]
            self.overtaken = draft["version"] != self.version
            self.version = draft["version"]
        else:
            self._taken, self.removed = {}, ""
        self.lines = lines
        self._measure()

    def _save(self, base: int | None) -> None:
        self.wrong = ""
        try:
            items = [plan_lines.item(line) for line in self._lines()]
            with platform().db() as db:
                made = plans.save(db, self._actor(), self.shown_job, items, base=base)
        except BadInput as error:
            self.wrong, self.overtaken = str(error), "has changed since" in str(error)
            return
        platform().sessions.delete(self._draft_key())
        self._open(None)
        self.saved_by = f"Saved as version {made.version}. Interviews launched from now on ask it."

    def _insert(self, line: PlanLine) -> None:
        """Before the question on the employer's values, which stands last."""
        held = self._lines()
        place = len(held) - 1 if held and held[-1].kind == "values" else len(held)
        held.insert(place, line)
        self.opened = ""
        self._change(held)

    def _put(self, key: str, line: PlanLine) -> None:
        """A line in the place of another."""
        self._change([line if held.key == key else held for held in self._lines()])

    def _change(self, lines: list[PlanLine]) -> None:
        self.lines, self.unsaved, self.wrong, self.saved_by = lines, True, "", ""
        draft = {"lines": [plan_lines.plain(line) for line in lines], "version": self.version}
        platform().sessions.put(self._draft_key(), draft, DRAFT_SECONDS)
        self._measure()

    def _measure(self) -> None:
        asked = [plan_lines.transient(line) for line in self._lines()]
        with platform().db() as db:
            found = plans.coverage(db, self._actor(), self.shown_job, asked)
        questions = count(len(asked), "question")
        self.minutes = f"{questions} · about {found.minutes:.0f} min, {found.with_follow_ups:.0f} with follow-ups"
        self.shares = plan_lines.share_lines(found)
        self.warnings = list(found.warnings)

    def _lines(self) -> list[PlanLine]:
        """The lines without the framework's proxies."""
        return [plan_lines.again(plan_lines.plain(line)) for line in self.lines]

    def _place(self, key: str) -> int:
        place = next((number for number, line in enumerate(self.lines) if line.key == key), None)
        if place is None:
            raise BadInput("This question is not in the plan any more.")
        return place

    def _draft_key(self) -> str:
        return f"plan-draft:{self._actor().user_id}:{self.shown_job}"
