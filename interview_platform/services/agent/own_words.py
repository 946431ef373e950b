"""A job's own words put into questions: its duties, its skills, its competencies. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from interview_platform.models import Competency, Job
from interview_platform.services import job_lines
from interview_platform.services.agent import duties as lines
from interview_platform.services.agent import guard_orders, names, templates, verbs
from interview_platform.services.agent.wording import Wording
from interview_platform.services.rank_words import content_stems

TASK, SKILL = "template:task", "template:skill:"
"""`Question.source` of questions made from a duty, and from a skill, of the job."""
_TELLING_WORDS = 3
_FIRST_NUMBER = 4  # those on competencies have the numbers before it
MOST_NAMED = 9
"""Words of a line that is quoted."""

_PAPER = re.compile(
    r"licen[cs]e|certificat|diploma|degree|qualificat|registration|permit|\bnvq\b|level \d", re.IGNORECASE
)
"""A paper is held, not used: no question is made of it."""
_GENERAL = re.compile(
    r"^(?:work|assist|attend|participate|take part|contribute|collaborate|liaise|report to|perform (?:other|any|all)|"
    r"help|join|ensure|support|strive|uphold|follow|comply|adhere|act|handle|carry out|do|go|use|provide|deliver|be|"
    r"look to|meet|show|demonstrate|maintain a|make sure|give|bring|come|start|stay|stand|wear|cover) ?",
    re.IGNORECASE,
)
"""Duties of nearly any job, or told with a verb that says little: they come after those that name a trade."""
_TELLS = re.compile(r"\b(?:you|we|our|us|is|are|was|will|can|must|may|should|who|which|and|or)\b|[,;:?!]", re.I)


@dataclass(frozen=True)
class OfWork:
    """A question on the job's own work: where it comes from, its wording, whether it asks how that was learned."""

    source: str
    asked: Wording
    learning: bool = False


def duties(job: Job) -> list[str]:
    """What the job's description says the person does, each thing by itself, in the infinitive, in its order."""
    texts = _duty_lines(job)
    verbal = sum(lines.begins(text) for text, item in texts if item) * 2 >= sum(item for _, item in texts) > 0
    found = [duty for text, item in texts for duty in lines.of(text, verbal and item)]
    return list(dict.fromkeys(found))


def named(job: Job) -> list[str]:
    """Lines of its list of duties that begin with no verb: "Preparation of all pastry items"."""
    kept = []
    for text, item in _duty_lines(job):
        words = text.strip(" .•*-–").split()
        if item and 2 <= len(words) <= MOST_NAMED and not _TELLS.search(text) and not lines.of(text):
            kept.append(names.within(" ".join(words), _seen(job)))
    return kept


def skills(job: Job) -> list[str]:
    """The required skills that somebody uses at work."""
    return [name for name in job.required_skills if not _PAPER.search(name)]


def of_the_work(job: Job, asked: Sequence[str], most: int, learning: bool = False) -> list[OfWork]:
    """Questions on the job's own work, of duties and skills in turn, none on a matter of `asked`.

    `learning`: the last of its skills is asked about as something that was learned.
    """
    wanted = [*_turned(_specific(duties(job)), skills(job)), *((TASK, one) for one in named(job))]
    told, kept = [_meant(text) for text in asked], list[tuple[str, str]]()
    for source, words in wanted:
        meant = _meant(words)
        new = len(kept) < most and not any(_alike(meant, held) for held in told)
        if new and _asked(job, source, words) is not None:
            kept.append((source, words))
            told.append(meant)
    last = max((place for place, (source, _) in enumerate(kept) if source == SKILL), default=-1) if learning else -1
    made = [_asked(job, *one, _FIRST_NUMBER + place, place == last) for place, one in enumerate(kept)]
    return [one for one in made if one is not None]


def _asked(job: Job, source: str, words: str, number: int = 0, learning: bool = False) -> OfWork | None:
    """The question on a duty or a skill; None where it cannot be said."""
    if source == SKILL:
        form = templates.on_learning if learning else templates.on_skill
        made = OfWork(f"{SKILL}{words.casefold()}", form(words, number, _seen(job)), learning)
    else:
        form_of = templates.on_task if words in duties(job) else templates.on_named
        made = OfWork(TASK, form_of(words, number))
    return made if templates.sayable(made.asked) else None


def on_competency(job: Job, competency: Competency, number: int) -> Wording:
    """From the description, else the duty or the skill that speaks of the same, else from the name alone."""
    skill = next((one for one in skills(job) if _speaks_of(one, competency)), "")
    done = sorted(lines.of(competency.description), key=lambda deed: len(deed.split()) < _TELLING_WORDS)
    done = done or [deed for deed in duties(job) if _speaks_of(deed, competency)][:1]
    if skill and not done:
        made = templates.on_skill(skill, number, _seen(job))
    else:
        made = templates.on_competency(competency.name, done, number, _seen(job))
    return made if templates.sayable(made) else templates.on_competency(competency.name, (), number, _seen(job))


def _duty_lines(job: Job) -> list[tuple[str, bool]]:
    """Clauses of the description that tell what is done, and whether they are items of a list."""
    kept = (one for one in job_lines.clauses(job.description) if one.part in ("", job_lines.DUTIES) and not one.wish)
    return [(one.text, one.item) for one in kept if not guard_orders.to_a_machine(one.text)]


def _specific(found: Sequence[str]) -> list[str]:
    """Duties that name the trade before those of any job, the advert's order kept."""
    return sorted(found, key=lambda deed: (bool(_GENERAL.match(deed)), len(_meant(deed)) < 2))


def _turned(tasks: Sequence[str], named_skills: Sequence[str]) -> Iterator[tuple[str, str]]:
    """A duty, a skill, a duty, …; what is left of the longer list at the end."""
    for place in range(max(len(tasks), len(named_skills))):
        if place < len(tasks):
            yield TASK, tasks[place]
        if place < len(named_skills):
            yield SKILL, named_skills[place]


def _alike(one: set[str], two: set[str]) -> bool:
    """Whether one speaks of nearly nothing that the other does not."""
    return bool(one and two) and len(one & two) * 2 > min(len(one), len(two))


def _speaks_of(text: str, competency: Competency) -> bool:
    """Whether a duty or a skill holds every word of the competency's name."""
    wanted = _meant(competency.name)
    return bool(wanted) and wanted <= _meant(text)


def _seen(job: Job) -> str:
    return " ".join([job.description, *job.required_skills])


def _meant(text: str) -> set[str]:
    """Its words without their endings: "planning" and "plans" are one."""
    words = (word.strip(".,;:()") for word in text.split())
    return set(content_stems(" ".join(verbs.base(word) or word.removesuffix("s") for word in words)))
