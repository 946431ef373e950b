"""What the job form shows, as plain values: competencies, conditions, places in the wording; and the way back."""

from dataclasses import dataclass, field
from typing import Any

from interview_platform.errors import BadInput
from interview_platform.services import job_wording, jobs
from interview_platform.services.job_conditions import KINDS, Condition
from interview_platform.services.job_wording import EXCLUSIONARY, Wording

MOST_SHOWN = 60
"""Places in one text that are listed; an advert has seldom a third of that."""
CONDITION_KINDS: list[tuple[str, str]] = list(KINDS.items())
TOPICS = {
    "gender": "Gender-coded",
    "age": "Age",
    "ability": "Ability",
    "origin": "Origin",
    "person": "Names one gender",
    "culture": "Catchphrase",
    "degree": "Degree",
    "family": "Private life",
    "health": "Health",
}


@dataclass
class CompetencyItem:
    """One competency as typed; the weight stays text until it is saved."""

    name: str = ""
    group: str = "technical"
    weight: str = "1"
    description: str = ""
    anchors: list[str] = field(default_factory=lambda: [""] * 5)


@dataclass
class ConditionItem:
    """One hard condition as typed; `text` is the advert's sentence that says so."""

    kind: str = "licence"
    value: str = ""
    text: str = ""


@dataclass
class WordingItem:
    """One place in the description; `key` finds it again, `act` are the words on its button."""

    key: str = ""
    topic: str = ""
    before: str = ""
    words: str = ""
    after: str = ""
    why: str = ""
    instead: str = ""
    act: str = ""


@dataclass
class MarkedPart:
    """A stretch of the description; `kind` is "" where nothing is marked."""

    text: str = ""
    kind: str = ""


def competency_item(held: dict) -> CompetencyItem:
    """A competency as the form types it."""
    anchors = held.get("anchors") or {}
    return CompetencyItem(
        name=held["name"],
        group=held["group"],
        weight=f"{held['weight']:g}",
        description=held["description"],
        anchors=[str(anchors.get(str(level), "")) for level in range(1, 6)],
    )


def plain_competency(item: CompetencyItem) -> dict[str, object]:
    """As JSON; the framework's proxies around state are left behind."""
    return {
        "name": str(item.name),
        "group": str(item.group),
        "weight": str(item.weight),
        "description": str(item.description),
        "anchors": [str(text) for text in item.anchors],
    }


def competency_draft(item: CompetencyItem) -> jobs.CompetencyDraft:
    """What is saved; raises BadInput when the weight is no number."""
    try:
        weight = float(item.weight.replace(",", "."))
    except ValueError:
        raise BadInput(f"The weight of “{item.name}” must be a number, such as 1 or 1.5.") from None
    anchors = {str(level): text.strip() for level, text in enumerate(item.anchors, start=1) if text.strip()}
    return jobs.CompetencyDraft(item.name, item.group, weight, item.description, anchors)


def plain_condition(item: ConditionItem) -> dict[str, str]:
    """As JSON, without the framework's proxies."""
    return {"kind": str(item.kind), "value": str(item.value), "text": str(item.text)}


def typed_again(draft: jobs.JobDraft) -> dict[str, object]:
    """A saved job as the form would hold it, as JSON."""
    return {
        "title": draft.title,
        "description": draft.description,
        "location": draft.location,
        "level": draft.level,
        "family": draft.role_family,
        "required": list(draft.required_skills),
        "preferred": list(draft.preferred_skills),
        "conditions": [held.as_json() for held in draft.conditions],
        "competencies": [plain_competency(competency_item(vars(held))) for held in draft.competencies],
        "questions": list(draft.custom_questions),
    }


def job_draft(form: Any) -> jobs.JobDraft:
    """What the form holds, to be saved; raises BadInput when a weight is no number."""
    return jobs.JobDraft(
        title=form.title,
        description=form.description,
        location=form.location,
        level=form.level,
        role_family=form.family,
        required_skills=tuple(form.required),
        preferred_skills=tuple(form.preferred),
        competencies=tuple(competency_draft(item) for item in form.competencies),
        custom_questions=tuple(form.questions),
        conditions=tuple(Condition(item.kind, item.value, item.text) for item in form.conditions),
    )


def wording_key(held: Wording) -> str:
    """Finds a place again as long as the text before it has not changed."""
    return f"{held.start}:{held.text}"


def wording_of(text: str, kept: set[str]) -> tuple[list[WordingItem], list[WordingItem], list[MarkedPart], str]:
    """(places that shut people out, gender-coded words, the text with marks, the balance in words) without the kept."""
    found = [held for held in job_wording.check(text) if held.text.casefold() not in kept]
    out = [held for held in found if held.kind == EXCLUSIONARY]
    coded = [held for held in found if held.kind != EXCLUSIONARY]
    words = job_wording.balance(found).words
    return wording_items(text, out), wording_items(text, coded), marked_parts(text, found), words


def wording_items(text: str, found: list[Wording]) -> list[WordingItem]:
    """Places for the list, each in its sentence."""
    made = []
    for held in found[:MOST_SHOWN]:
        before, words, after = job_wording.sentence(text, held)
        act = f"Replace with “{held.instead}”" if held.instead else "Take it out"
        topic = TOPICS.get(held.topic, "")
        made.append(WordingItem(wording_key(held), topic, before, words, after, held.why, held.instead, act))
    return made


def marked_parts(text: str, found: list[Wording]) -> list[MarkedPart]:
    """The whole text cut where a mark begins or ends."""
    parts, place = [], 0
    for held in found:
        parts += [MarkedPart(text[place : held.start]), MarkedPart(held.text, _look(held))]
        place = held.end
    return [part for part in [*parts, MarkedPart(text[place:])] if part.text]


def _look(held: Wording) -> str:
    return "out" if held.kind == EXCLUSIONARY else held.kind
