"""The form of a job, new or changed. What is typed is kept as a draft server-side until it is saved or discarded."""

from dataclasses import replace

import reflex as rx

from interview_platform import routes
from interview_platform.errors import BadInput
from interview_platform.services import jobs
from interview_platform.services.agent import plan
from interview_platform.states.guard import recruiter_event
from interview_platform.states.job_form_lines import (
    CompetencyItem,
    ConditionItem,
    MarkedPart,
    WordingItem,
    competency_item,
    job_draft,
    plain_competency,
    plain_condition,
    typed_again,
    wording_of,
)
from interview_platform.states.question_flags import AskedItem, flag_lines
from interview_platform.states.recruiter import DRAFT_SECONDS, RecruiterState
from interview_platform.states.recruiter_job import JobState
from interview_platform.states.recruiter_plan import PlanState
from interview_platform.wiring import platform

TEXTS = ("title", "description", "location", "level", "family")


class JobFormState(RecruiterState):
    """The form. `editing` is "" for a new job."""

    ready: bool = False
    problem: str = ""
    editing: str = ""
    title: str = ""
    description: str = ""
    location: str = ""
    level: str = "mid"
    family: str = ""
    families: list[list[str]] = []
    family_chosen: bool = False  # by the person; until then it follows the title
    required: list[str] = []
    preferred: list[str] = []
    sources: dict[str, str] = {}  # skill → the advert's sentence that asks for it
    conditions: list[ConditionItem] = []
    wording: list[WordingItem] = []  # places in the description that shut people out
    coded: list[WordingItem] = []  # gender-coded words in it
    marked: list[MarkedPart] = []
    balance: str = ""
    kept: list[str] = []  # words a person chose to keep, in lower case
    competencies: list[CompetencyItem] = []
    questions: list[str] = []
    touched: bool = False
    wrong: str = ""
    wrong_title: str = ""
    saving: bool = False

    @recruiter_event
    def load(self):
        """Open the form of a new job, with the draft where there is one."""
        self._open("")

    @recruiter_event
    def load_job(self):
        """Open the form of the job in the address, with unsaved changes where there are some."""
        self._open(self._in_path("job_id"))

    @recruiter_event
    def write(self, name: str, text: str):
        """One of the single fields was changed."""
        if name not in TEXTS:
            raise BadInput("There is no such field.")
        follow = not self.editing and self._is_suggested()
        setattr(self, name, text)
        self.family_chosen = self.family_chosen or name == "family"
        if name == "title" and not self.family_chosen and not self.editing:
            self.family = plan.suggest(text)
        self.wrong_title = "" if name == "title" else self.wrong_title
        if follow and name in ("title", "family", "level"):
            self.competencies = self._suggested()
        if name == "description":
            self._look()
        self._keep()

    @recruiter_event
    def add_skill(self, kind: str, typed: str):
        """Skills typed or pasted, split at commas, semicolons and lines. `kind`: required | preferred."""
        held = self._skills(kind)
        known = {skill.casefold() for skill in held}
        for skill in typed.replace(";", ",").replace("\n", ",").split(","):
            skill = " ".join(skill.split())
            if skill and skill.casefold() not in known:
                held.append(skill)
                known.add(skill.casefold())
        setattr(self, kind, held)
        self._keep()

    @recruiter_event
    def remove_skill(self, kind: str, skill: str):
        """Take one skill off."""
        setattr(self, kind, [held for held in self._skills(kind) if held != skill])
        self._keep()

    @recruiter_event
    def move_skill(self, kind: str, skill: str):
        """From required to preferred, or back; `kind` is the list it stands in."""
        other = "preferred" if kind == "required" else "required"
        setattr(self, kind, [held for held in self._skills(kind) if held != skill])
        setattr(self, other, [*[held for held in self._skills(other) if held.casefold() != skill.casefold()], skill])
        self._keep()

    @recruiter_event
    def add_condition(self):
        """An empty condition at the end."""
        self.conditions = [*self.conditions, ConditionItem()]
        self._keep()
        return rx.set_focus(f"condition-{len(self.conditions) - 1}")

    @recruiter_event
    def write_condition(self, index: int, name: str, text: str):
        """Change `name` (kind | value) of a condition."""
        if name not in ("kind", "value"):
            raise BadInput("There is no such field.")
        self.conditions = [
            replace(ConditionItem(**plain_condition(held)), **{name: text}) if number == index else held
            for number, held in enumerate(self.conditions)
        ]
        self._keep()

    @recruiter_event
    def remove_condition(self, index: int):
        """Take a condition off."""
        self.conditions = [held for number, held in enumerate(self.conditions) if number != index]
        self._keep()

    @recruiter_event
    def write_competency(self, index: int, name: str, text: str):
        """Change `name` (name | group | weight | description) of a competency."""
        if name not in ("name", "group", "weight", "description"):
            raise BadInput("There is no such field.")
        self._replace(index, replace(self._competency(index), **{name: text}))

    @recruiter_event
    def write_anchor(self, index: int, level: int, text: str):
        """Change what a level (1..5) of a competency means."""
        held = self._competency(index)
        anchors = [text if number == level else old for number, old in enumerate(held.anchors, start=1)]
        self._replace(index, replace(held, anchors=anchors))

    @recruiter_event
    def add_competency(self):
        """An empty competency at the end."""
        self.competencies = [*self.competencies, CompetencyItem()]
        self._keep()

    @recruiter_event
    def take_competency(self, name: str):
        """One more competency of the question bank."""
        found = next((held for held in plan.further(self.family) if held["name"] == name), None)
        if found is None:
            raise BadInput("The question bank has no such competency for this role family.")
        if name not in [held.name for held in self.competencies]:
            self.competencies = [*self.competencies, competency_item(found)]
            self._keep()

    @rx.var
    def further(self) -> list[str]:
        """Names in the question bank that are not in the form yet."""
        here = {held.name for held in self.competencies}
        return [held["name"] for held in plan.further(self.family) if held["name"] not in here]

    @recruiter_event
    def remove_competency(self, index: int):
        """Take a competency off."""
        self._competency(index)
        self.competencies = [held for number, held in enumerate(self.competencies) if number != index]
        self._keep()

    @recruiter_event
    def suggest_competencies(self):
        """Start again from the role family's own competencies."""
        self.competencies = self._suggested()
        self._keep()

    @recruiter_event
    def write_question(self, index: int, text: str):
        """Change one of the own questions."""
        self.questions = [text if number == index else held for number, held in enumerate(self.questions)]
        self._keep()

    @rx.var
    def asked(self) -> list[AskedItem]:
        """The own questions with what there is to know about each."""
        return [AskedItem(str(text), flag_lines(str(text))) for text in self.questions]

    @recruiter_event
    def use_instead(self, index: int, flag: int):
        """The other words that were offered for an own question."""
        flags = flag_lines(self.questions[index]) if 0 <= index < len(self.questions) else []
        if 0 <= flag < len(flags) and flags[flag].instead:
            other = flags[flag].instead
            self.questions = [other if number == index else held for number, held in enumerate(self.questions)]
            self._keep()

    @recruiter_event
    def add_question(self):
        """An empty own question at the end."""
        self.questions = [*self.questions, ""]
        self._keep()

    @recruiter_event
    def remove_question(self, index: int):
        """Take an own question off."""
        self.questions = [held for number, held in enumerate(self.questions) if number != index]
        self._keep()

    @recruiter_event
    def discard(self):
        """Forget the unsaved input."""
        platform().sessions.delete(self._draft_key())
        self._open(self.editing)

    @recruiter_event
    def save(self):
        """Check and save; on a mistake say which field, and keep everything."""
        self.wrong, self.wrong_title = "", "" if self.title.strip() else "Give the job a title."
        if self.wrong_title:
            self.wrong = "The job needs a title. Nothing was lost."
            return rx.set_focus("title")
        self.saving = True
        try:
            job_id = self._save()
        except BadInput as error:
            self.wrong = str(error)
            return None
        finally:
            self.saving = False
        platform().sessions.delete(self._draft_key())
        if self.editing:
            self.touched = False
            saved = rx.toast.success("Job saved. Interviews already launched keep their questions.")
            return [JobState.load, PlanState.load, saved]
        self.reset()
        return rx.redirect(routes.job(job_id))

    # --- not handlers ------------------------------------------------------------------------------------------

    def _open(self, editing: str) -> None:
        self.editing, self.wrong, self.wrong_title, self.problem = editing, "", "", ""
        self.families = [[key, words] for key, words in plan.families()]
        kept = platform().sessions.get(self._draft_key())
        if kept:
            self._fill(kept)
        elif editing:
            self._fill(self._saved(editing))
        else:
            self._fill({"level": "mid", "family": plan.suggest("")})
            self.competencies = self._suggested()
        self.touched, self.ready = bool(kept), True

    def _saved(self, job_id: str) -> dict[str, object]:
        with platform().db() as db:
            return typed_again(jobs.draft_of(db, self._actor(), job_id))

    def _fill(self, held: dict[str, object]) -> None:
        for name in TEXTS:
            setattr(self, name, str(held.get(name, "")))
        for name in ("required", "preferred", "questions", "kept"):
            setattr(self, name, [str(item) for item in held.get(name, [])])  # type: ignore[union-attr]
        self.sources = dict(held.get("sources", {}))  # type: ignore[arg-type]
        self.conditions = [ConditionItem(**item) for item in held.get("conditions", [])]  # type: ignore[union-attr]
        self.family_chosen = bool(held.get("family_chosen"))
        self.competencies = [CompetencyItem(**item) for item in held.get("competencies", [])]  # type: ignore[union-attr]
        self._look()

    def _look(self) -> None:
        """Read the description's wording anew; what a person chose to keep is left alone."""
        self.wording, self.coded, self.marked, self.balance = wording_of(self.description, set(self.kept))

    def _suggested(self) -> list[CompetencyItem]:
        return [competency_item(row) for row in plan.defaults(self.family, self.level)]

    def _is_suggested(self) -> bool:
        """Nobody has changed the suggested competencies, so that another family may replace them."""
        held = [plain_competency(item) for item in self.competencies]
        return not held or held == [plain_competency(item) for item in self._suggested()]

    def _skills(self, kind: str) -> list[str]:
        if kind not in ("required", "preferred"):
            raise BadInput("There is no such list.")
        return list(getattr(self, kind))

    def _competency(self, index: int) -> CompetencyItem:
        if not 0 <= index < len(self.competencies):
            raise BadInput("This competency was removed already.")
        return CompetencyItem(**plain_competency(self.competencies[index]))

    def _replace(self, index: int, item: CompetencyItem) -> None:
        self.competencies = [item if number == index else held for number, held in enumerate(self.competencies)]
        self._keep()

    def _keep(self) -> None:
        """The draft, where a lost connection or a closed tab does not reach it."""
        platform().sessions.put(self._draft_key(), self._typed(), DRAFT_SECONDS)
        self.touched, self.wrong = True, ""

    def _typed(self) -> dict[str, object]:
        """All that the form holds, as JSON."""
        held: dict[str, object] = {name: getattr(self, name) for name in TEXTS}
        held |= {name: list(getattr(self, name)) for name in ("required", "preferred", "questions", "kept")}
        held["sources"] = dict(self.sources)
        held["family_chosen"] = self.family_chosen
        held["conditions"] = [plain_condition(item) for item in self.conditions]
        held["competencies"] = [plain_competency(item) for item in self.competencies]
        return held

    def _draft_key(self) -> str:
        return f"job-draft:{self._actor().user_id}:{self.editing or 'new'}"

    def _save(self) -> str:
        draft = job_draft(self)
        with platform().db() as db:
            if self.editing:
                return jobs.update(db, self._actor(), self.editing, draft).id
            return jobs.create(db, self._actor(), draft).id
