"""The page of a job's rubric: competencies, anchors and points as a draft, undone step by step, saved as a version."""

from typing import Any

import reflex as rx

from interview_platform import routes
from interview_platform.errors import BadInput, NotFound
from interview_platform.services import access, rubric_check, rubrics
from interview_platform.states import rubric_lines as lines
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import DRAFT_SECONDS, RecruiterState
from interview_platform.states.recruiter_rescore import RescoreState
from interview_platform.states.rubric_lines import PointItem, ProblemLine, RubricItem, VersionLine
from interview_platform.wiring import platform

MOST_STEPS = 50
TEXTS = ("name", "group", "weight", "description")


class RubricState(RecruiterState):
    """The rubric as it will be saved. Until then it is this person's draft, kept server-side."""

    ready: bool = False
    problem: str = ""
    shown_job: str = ""
    title: str = ""
    job_href: str = ""
    number: int = 0
    lines: list[RubricItem] = []
    values: list[str] = []  # the company's written values that are not in the rubric
    opened: int = -1
    unsaved: bool = False
    overtaken: bool = False
    asking: bool = False  # whether to keep what touches protected ground
    wrong: str = ""
    saved: str = ""
    sum: str = ""
    problems: list[ProblemLine] = []
    versions: list[VersionLine] = []
    can_write: bool = False
    steps: int = 0  # that can be undone
    _written: list[str] = []  # the company's values
    _past: list = []  # [(what was changed, the lines before, as JSON)]

    @recruiter_event
    def load(self):
        """The rubric of the job in the address, with the draft where there is one."""
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
    def toggle(self, index: int):
        """Open one line, or fold it."""
        self.opened = -1 if self.opened == index else index

    @recruiter_event
    def write(self, index: int, name: str, text: str):
        """Change `name` (name | group | weight | description) of a line."""
        if name not in TEXTS:
            raise BadInput("There is no such field.")
        held = lines.at(self.lines, index)
        setattr(held, name, text[:600])
        self._put(index, held, f"{index} {name}")

    @recruiter_event
    def write_anchor(self, index: int, level: int, text: str):
        """What a level (1..5) means."""
        held = lines.at(self.lines, index)
        held.anchors = [text[:600] if n == level else old for n, old in enumerate(held.anchors, start=1)]
        self._put(index, held, f"{index} anchor {level}")

    @recruiter_event
    def write_point(self, index: int, asked: int, place: int, name: str, text: str):
        """A point (name "point") or its follow-up ("follow_up")."""
        if name not in ("point", "follow_up"):
            raise BadInput("There is no such field.")
        held, points = self._points(index, asked)
        if 0 <= place < len(points):
            setattr(points[place], name, text[:600])
        self._put(index, held, f"{index} {asked} {place} {name}")

    @recruiter_event
    def add_point(self, index: int, asked: int):
        """An empty point at the end."""
        held, points = self._points(index, asked)
        points.append(PointItem())
        self._put(index, held, "")
        return rx.set_focus(f"point-{index}-{asked}-{len(points) - 1}")

    @recruiter_event
    def remove_point(self, index: int, asked: int, place: int):
        """Take a point out."""
        held, points = self._points(index, asked)
        if 0 <= place < len(points):
            del points[place]
        self._put(index, held, "")

    @recruiter_event
    def move_point(self, index: int, asked: int, place: int, step: int):
        """One place up (-1) or down (1)."""
        held, points = self._points(index, asked)
        other = place + (1 if step > 0 else -1)
        if 0 <= place < len(points) and 0 <= other < len(points):
            points[place], points[other] = points[other], points[place]
        self._put(index, held, "")

    @recruiter_event
    def move(self, index: int, step: int):
        """A line one place up (-1) or down (1)."""
        held, other = self._lines(), index + (1 if step > 0 else -1)
        if 0 <= index < len(held) and 0 <= other < len(held):
            held[index], held[other] = held[other], held[index]
            self.opened = other if self.opened == index else self.opened
            self._change(held, "")

    @recruiter_event
    def remove(self, index: int):
        """Take a line out; undo brings it back."""
        held = self._lines()
        lines.at(held, index)
        del held[index]
        self.opened = -1
        self._change(held, "")

    @recruiter_event
    def add(self):
        """An empty competency at the end; its question comes into the plan when it is saved."""
        self._change([*self._lines(), RubricItem()], "")
        self.opened = len(self.lines) - 1
        return rx.set_focus(f"name-{self.opened}")

    @recruiter_event
    def add_value(self, value: str):
        """A line for one of the company's written values."""
        if value not in self.values:
            raise BadInput("This value is in the rubric already, or is not written down.")
        self._change([*self._lines(), lines.item(rubrics.value_line(value))], "")
        self.opened = len(self.lines) - 1

    @recruiter_event
    def undo(self):
        """The step before."""
        if not self._past:
            return
        *self._past, (_, before) = self._past
        self.lines = [lines.again(held) for held in before]
        self.opened = min(self.opened, len(self.lines) - 1)
        self._keep()

    @recruiter_event
    def discard(self):
        """Forget the draft."""
        platform().sessions.delete(self._draft_key())
        self._open(None)

    @recruiter_event
    def save(self):
        """Make the draft the rubric; asks first where it touches protected ground."""
        self.wrong, self.asking = "", any(held.tone == "attention" for held in self.problems)
        if self.asking:
            return None
        self._save(self.number)
        return RescoreState.load

    @recruiter_event
    def save_anyway(self):
        """Save although it touches protected ground, or somebody else has saved meanwhile."""
        self._save(None if self.overtaken else self.number)
        return RescoreState.load

    # --- not handlers ------------------------------------------------------------------------------------------

    def _open(self, kept: dict[str, Any] | None) -> None:
        with platform().db() as db:
            actor = self._actor()
            held = rubrics.current(db, actor, self.shown_job)
            job = access.job(db, actor, self.shown_job)
            self.title, self.job_href = job.title, routes.job(job.id)
            self._written = rubrics.written_values(db, job)
        self.can_write = actor.role in access.WRITERS
        self.versions = [lines.version_line(row) for row in held.versions]
        self.number, self.unsaved, self.overtaken = held.number, bool(kept), False
        self.wrong, self.asking, self._past, self.saved = "", False, [], ""
        self.lines = [lines.item(one) for one in held.lines]
        if kept:
            self.lines = [lines.again(one) for one in kept["lines"]]
            self.overtaken, self.number = kept["number"] != self.number, kept["number"]
        self._measure()

    def _save(self, base: int | None) -> None:
        drafts = [lines.draft(held) for held in self._lines()]
        try:
            with platform().db() as db:
                number = rubrics.save(db, self._actor(), self.shown_job, drafts, base)
        except BadInput as error:
            self.wrong, self.asking = str(error), False
            self.overtaken = "has changed since" in str(error)
            return
        platform().sessions.delete(self._draft_key())
        self._open(None)
        self.saved = f"Saved as version {number}. Reports already written keep the rubric they were made with."

    def _points(self, index: int, asked: int) -> tuple[RubricItem, list[PointItem]]:
        held = lines.at(self.lines, index)
        if not 0 <= asked < len(held.asked):
            raise BadInput("This question is not in the rubric any more.")
        return held, held.asked[asked].points

    def _put(self, index: int, held: RubricItem, what: str) -> None:
        self._change([held if n == index else old for n, old in enumerate(self._lines())], what)

    def _change(self, now: list[RubricItem], what: str) -> None:
        """`what` names the field that is typed in: its letters are one step back, not many."""
        if not what or not self._past or self._past[-1][0] != what:
            self._past = [*self._past, (what, [lines.plain(held) for held in self.lines])][-MOST_STEPS:]
        self.lines = now
        self._keep()

    def _keep(self) -> None:
        self.unsaved, self.wrong, self.saved, self.asking = True, "", "", False
        held = {"lines": [lines.plain(one) for one in self.lines], "number": self.number}
        platform().sessions.put(self._draft_key(), held, DRAFT_SECONDS)
        self._measure()

    def _measure(self) -> None:
        held = self._lines()
        found = rubric_check.check([lines.draft(one) for one in held])
        self.lines = lines.measured(held, found)
        self.problems, self.sum = lines.problem_lines(found, held), lines.sum_words(held)
        here = {str(one.value) for one in held}
        self.values = [value for value in self._written if value not in here]
        self.steps = len(self._past)

    def _lines(self) -> list[RubricItem]:
        """The lines without the framework's proxies."""
        return [lines.again(lines.plain(held)) for held in self.lines]

    def _draft_key(self) -> str:
        return f"rubric-draft:{self._actor().user_id}:{self.shown_job}"
