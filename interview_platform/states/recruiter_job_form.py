"""The form of a job, new or changed. What is typed is kept as a draft server-side until it is saved or discarded."""

from dataclasses import dataclass, field, replace

import reflex as rx

from interview_platform import routes
from interview_platform.errors import BadInput
from interview_platform.services import jobs
from interview_platform.services.agent import plan
from interview_platform.states.guard import recruiter_event
from interview_platform.states.recruiter import RecruiterState
from interview_platform.states.recruiter_job import JobState
from interview_platform.wiring import platform

DRAFT_SECONDS = 7 * 86_400
TEXTS = ("title", "description", "location", "level", "family")


@dataclass
class CompetencyItem:
    """One competency as typed; the weight stays text until it is saved."""

    name: str = ""
    group: str = "technical"
    weight: str = "1"
    description: str = ""
    anchors: list[str] = field(default_factory=lambda: [""] * 5)


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
            self._suggest()
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
    def remove_competency(self, index: int):
        """Take a competency off."""
        self._competency(index)
        self.competencies = [held for number, held in enumerate(self.competencies) if number != index]
        self._keep()

    @recruiter_event
    def suggest_competencies(self):
        """Start again from the role family's own competencies."""
        self._suggest()
        self._keep()

    @recruiter_event
    def write_question(self, index: int, text: str):
        """Change one of the own questions."""
        self.questions = [text if number == index else held for number, held in enumerate(self.questions)]
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
            return [JobState.load, saved]
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
            self._suggest()
        self.touched, self.ready = bool(kept), True

    def _saved(self, job_id: str) -> dict[str, object]:
        with platform().db() as db:
            draft = jobs.draft_of(db, self._actor(), job_id)
        return {
            "title": draft.title,
            "description": draft.description,
            "location": draft.location,
            "level": draft.level,
            "family": draft.role_family,
            "required": list(draft.required_skills),
            "preferred": list(draft.preferred_skills),
            "competencies": [_plain(_item(vars(held))) for held in draft.competencies],
            "questions": list(draft.custom_questions),
        }

    def _fill(self, held: dict[str, object]) -> None:
        for name in TEXTS:
            setattr(self, name, str(held.get(name, "")))
        for name in ("required", "preferred", "questions"):
            setattr(self, name, [str(item) for item in held.get(name, [])])  # type: ignore[union-attr]
        self.family_chosen = bool(held.get("family_chosen"))
        self.competencies = [CompetencyItem(**item) for item in held.get("competencies", [])]  # type: ignore[union-attr]

    def _suggest(self) -> None:
        self.competencies = self._suggested()

    def _suggested(self) -> list[CompetencyItem]:
        found = plan.defaults(self.family, self.level)
        return [_item(item if isinstance(item, dict) else vars(item)) for item in found]

    def _is_suggested(self) -> bool:
        """Nobody has changed the suggested competencies, so that another family may replace them."""
        held = [_plain(item) for item in self.competencies]
        return not held or held == [_plain(item) for item in self._suggested()]

    def _skills(self, kind: str) -> list[str]:
        if kind not in ("required", "preferred"):
            raise BadInput("There is no such list.")
        return list(getattr(self, kind))

    def _competency(self, index: int) -> CompetencyItem:
        if not 0 <= index < len(self.competencies):
            raise BadInput("This competency was removed already.")
        return CompetencyItem(**_plain(self.competencies[index]))

    def _replace(self, index: int, item: CompetencyItem) -> None:
        self.competencies = [item if number == index else held for number, held in enumerate(self.competencies)]
        self._keep()

    def _keep(self) -> None:
        """The draft, where a lost connection or a closed tab does not reach it."""
        held: dict[str, object] = {name: getattr(self, name) for name in TEXTS}
        held |= {name: list(getattr(self, name)) for name in ("required", "preferred", "questions")}
        held["family_chosen"] = self.family_chosen
        held["competencies"] = [_plain(item) for item in self.competencies]
        platform().sessions.put(self._draft_key(), held, DRAFT_SECONDS)
        self.touched, self.wrong = True, ""

    def _draft_key(self) -> str:
        return f"job-draft:{self._actor().user_id}:{self.editing or 'new'}"

    def _save(self) -> str:
        draft = jobs.JobDraft(
            title=self.title,
            description=self.description,
            location=self.location,
            level=self.level,
            role_family=self.family,
            required_skills=tuple(self.required),
            preferred_skills=tuple(self.preferred),
            competencies=tuple(_draft(item) for item in self.competencies),
            custom_questions=tuple(self.questions),
        )
        with platform().db() as db:
            if self.editing:
                return jobs.update(db, self._actor(), self.editing, draft).id
            return jobs.create(db, self._actor(), draft).id


def _item(held: dict) -> CompetencyItem:
    anchors = held.get("anchors") or {}
    return CompetencyItem(
        name=held["name"],
        group=held["group"],
        weight=f"{held['weight']:g}",
        description=held["description"],
        anchors=[str(anchors.get(str(level), "")) for level in range(1, 6)],
    )


def _plain(item: CompetencyItem) -> dict[str, object]:
    """As JSON; the framework's proxies around state are left behind."""
    return {
        "name": str(item.name),
        "group": str(item.group),
        "weight": str(item.weight),
        "description": str(item.description),
        "anchors": [str(text) for text in item.anchors],
    }


def _draft(item: CompetencyItem) -> jobs.CompetencyDraft:
    try:
        weight = float(item.weight.replace(",", "."))
    except ValueError:
        raise BadInput(f"The weight of “{item.name}” must be a number, such as 1 or 1.5.") from None
    anchors = {str(level): text.strip() for level, text in enumerate(item.anchors, start=1) if text.strip()}
    return jobs.CompetencyDraft(item.name, item.group, weight, item.description, anchors)
