"""The dialog for one question of a plan: words, plain wording, points with follow-ups, minutes, and what to know."""

from dataclasses import replace

from interview_platform.errors import BadInput
from interview_platform.services import plan_drafts
from interview_platform.states import plan_lines
from interview_platform.states.guard import recruiter_event
from interview_platform.states.plan_lines import KINDS, NEW, PlanLine, PointLine
from interview_platform.states.question_flags import FlagLine, flag_lines
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.recruiter_plan import PlanState

TEXTS = ("text", "plain_text", "minutes", "competency_id")


class PlanEditorState(RecruiterState):
    """One question while it is typed. `key` is "" for a new one."""

    is_open: bool = False
    key: str = ""
    title: str = ""
    text: str = ""
    plain_text: str = ""
    minutes: str = "2"
    competency_id: str = ""
    points: list[PointLine] = []
    flags: list[FlagLine] = []
    touched: bool = False
    asking: bool = False  # whether to keep a question that touches protected ground
    wrong: str = ""

    @recruiter_event
    def open_new(self):
        """A question of one's own."""
        self._fill(PlanLine(key="", kind="custom"))
        self.title = "Your own question"

    @recruiter_event
    async def open(self, key: str):
        """A question of the plan."""
        plan = await self.get_state(PlanState)
        line = next((held for held in plan._lines() if held.key == key and not held.is_slot), None)
        if line is None:
            raise BadInput("This question is not in the plan any more.")
        self._fill(line)
        self.title = f"{KINDS.get(line.kind, 'Plan')}: change this question"

    @recruiter_event
    def toggle(self, on: bool):
        """The dialog was opened or closed; closing it leaves the plan as it was."""
        self.is_open = on

    @recruiter_event
    def write(self, name: str, typed: str):
        """One of the texts."""
        if name not in TEXTS:
            raise BadInput("There is no such field.")
        setattr(self, name, typed[:2000])
        self._typed()

    @recruiter_event
    def write_point(self, index: int, name: str, typed: str):
        """A point (name "point") or its follow-up ("follow_up")."""
        if name not in ("point", "follow_up"):
            raise BadInput("There is no such field.")
        self.points = [
            replace(_plain(held), **{name: typed[:1000]}) if place == index else held
            for place, held in enumerate(self.points)
        ]
        self._typed()

    @recruiter_event
    def add_point(self):
        """An empty point at the end."""
        self.points = [*self.points, PointLine()]
        self._typed()

    @recruiter_event
    def remove_point(self, index: int):
        """Take a point out."""
        self.points = [held for place, held in enumerate(self.points) if place != index]
        self._typed()

    @recruiter_event
    def use_instead(self, index: int):
        """The other words that were offered."""
        if 0 <= index < len(self.flags) and self.flags[index].instead:
            self.text = str(self.flags[index].instead)
            self._typed()

    @recruiter_event
    async def done(self):
        """Put it into the draft of the plan."""
        if self._refused(keep=False):
            return
        await self._put()

    @recruiter_event
    async def keep(self):
        """Put it into the draft although it touches protected ground; what was said stays beside it."""
        if self._refused(keep=True):
            return
        await self._put()

    # --- not handlers ------------------------------------------------------------------------------------------

    def _fill(self, line: PlanLine) -> None:
        self.key, self.text, self.plain_text, self.minutes = line.key, line.text, line.plain_text, line.minutes
        self.competency_id, self.points = line.competency_id, list(line.points)
        self.flags = flag_lines(self.text)
        self.touched, self.asking, self.wrong, self.is_open = False, False, "", True

    def _typed(self) -> None:
        self.flags = flag_lines(self.text)
        self.touched, self.asking, self.wrong = True, False, ""

    def _refused(self, keep: bool) -> bool:
        """Whether something must be said first."""
        try:
            minutes = plan_lines.number(self.minutes)
            plan_drafts.checked(plan_drafts.Edit(self.text, self.plain_text, self._points(), minutes))
        except ValueError:
            self.wrong = "The minutes must be a number, such as 2 or 2.5."
        except BadInput as error:
            self.wrong = str(error)
        self.asking = not self.wrong and not keep and any(flag.stop for flag in self.flags)
        return bool(self.wrong) or self.asking

    def _points(self) -> tuple[tuple[str, str], ...]:
        return tuple((str(one.point), str(one.follow_up)) for one in self.points)

    async def _put(self) -> None:
        plan = await self.get_state(PlanState)
        names = dict(plan.competencies)
        held = next((line for line in plan._lines() if line.key == self.key), None)
        number = sum(line.key.startswith(NEW) for line in plan.lines) + 1
        kept = held or PlanLine(key=f"{NEW}{number}", kind="custom", kind_words=KINDS["custom"])
        points = [PointLine(*pair) for pair in self._points() if any(words.strip() for words in pair)]
        same = [one.point for one in points] == [one.point for one in kept.points]
        line = replace(
            kept,
            text=self.text.strip(),
            plain_text=self.plain_text.strip(),
            minutes=self.minutes.strip(),
            competency_id=self.competency_id,
            competency=names.get(self.competency_id, ""),
            points=points,
            levels=kept.levels if same else [],
            flags=flag_lines(self.text),
            state="edited" if held else "new",
        )
        if held:
            plan._put(self.key, line)
        else:
            plan._insert(line)
        self.is_open = False


def _plain(point: PointLine) -> PointLine:
    return PointLine(str(point.point), str(point.follow_up))
