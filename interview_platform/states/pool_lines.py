"""The pool put into words: what one row of the table, one choice of a filter and one refused file show."""

from dataclasses import dataclass

from interview_platform import routes
from interview_platform.services import pool
from interview_platform.services.second_look import SecondLook
from interview_platform.states.words import STAGES, ago, count, standing

MOST_DOTS = 6
LOOKS = {"met": ("found", "found"), "partly": ("near", "partly found"), "not_found": ("gap", "not found")}
"""Status of a requirement → its dot, and the words for it."""
SOURCES = {
    "resume": "Résumé",
    "linkedin_pdf": "LinkedIn PDF",
    "linkedin_export": "LinkedIn export",
    "github": "GitHub",
    "table": "Table",
    "webhook": "Other system",
}
CONDITIONS = {
    "licence": "Licence",
    "location": "Location",
    "language": "Language",
    "work_permit": "Work permit",
    "years": "Experience",
}
"""Kind of a hard condition → the word for it."""


@dataclass
class Dot:
    """One requirement: found, near (partly) or gap. `said` is the whole of it in words."""

    skill: str
    look: str
    said: str


@dataclass
class Mark:
    """Something to look at before trusting a row. `kind`: unseen | unchecked | duplicate."""

    kind: str
    said: str


@dataclass
class PoolLine:
    """One candidate in the table. `score` below 0: not ranked yet."""

    application: str
    number: int
    name: str
    note: str
    href: str
    score: int
    steps: int
    dots: list[Dot]
    more: int
    conditions: list[str]
    marks: list[Mark]
    sources: str
    status: str
    tone: str
    when: str
    chosen: bool
    second: str = ""  # what the second look said, in short


@dataclass
class StageChip:
    """One stage to narrow by, with how many are in it."""

    stage: str
    words: str
    number: str
    on: bool


@dataclass
class Failure:
    """A file that could not be used, and the way out. `resume` is "" when it was not even stored."""

    resume: str
    filename: str
    error: str


def pool_line(row: pool.PoolRow, job_id: str, number: int, chosen: bool) -> PoolLine:
    """A row put into words."""
    dots = [_dot(skill, required, status) for skill, required, status in row.requirements]
    status, tone = standing(row.stage, row.invite_status, row.interview_status)
    score = -1 if row.score is None else round(row.score)
    return PoolLine(
        application=row.application_id,
        number=number,
        name=row.name or row.filename or "Name not found",
        note=row.headline or row.email,
        href=routes.candidate(job_id, row.application_id),
        score=score,
        steps=0 if score < 0 else min(5, score // 20 + 1),
        dots=dots[:MOST_DOTS],
        more=max(0, len(dots) - MOST_DOTS),
        conditions=[
            f"{condition_words(kind, value)}: not found" for kind, value, held in row.conditions if held != "met"
        ],
        marks=_marks(row),
        sources=" + ".join(SOURCES.get(source, source) for source in row.sources if row.sources != ("resume",)),
        status=status,
        tone=tone,
        when=ago(row.created_at),
        chosen=chosen,
        second=_second(row.second) if row.second else "",
    )


def looked_words(page: pool.PoolPage) -> str:
    """Who looked again, when, at how many: "gemini looked at the best 20 again · 3 h"."""
    look = page.look
    return f"{look.model} looked again at the best {page.looked} · {ago(look.at)}" if look else ""


def stage_chips(stages: dict[str, int], current: str) -> list[StageChip]:
    """All, then each stage that holds somebody or is chosen."""
    held = [("", "All", sum(stages.values()))]
    held += [(stage, STAGES[stage][0], stages.get(stage, 0)) for stage in pool.STAGES]
    return [
        StageChip(stage, words, grouped(number), stage == current)
        for stage, words, number in held
        if number or stage in ("", current)
    ]


def requirement_choices(required: list[str], preferred: list[str]) -> list[list[str]]:
    """[value of the filter, words], the empty one first."""
    skills = [*required, *preferred]
    found = [[skill, f"{skill}: found"] for skill in skills]
    return [["", "Any requirement"], *found, *[[pool.NOT_FOUND + skill, f"{skill}: not found"] for skill in skills]]


def condition_words(kind: str, value: str) -> str:
    """A hard condition as the recruiter wrote it: "Licence: RN"."""
    name = CONDITIONS.get(kind, kind.replace("_", " ").capitalize())
    return f"{name} {value}".strip()


def grouped(number: int) -> str:
    """A number with its thousands apart: "100,000"."""
    return f"{number:,}"


def _second(look: SecondLook) -> str:
    """ "Second look 2.4 of 3 · #5 → #2": the places as ranked and after the look."""
    places = f"#{look.was}" if look.was == look.place else f"#{look.was} → #{look.place}"
    return f"Second look {look.level:.1f} of 3 · {places}"


def _dot(skill: str, required: bool, status: str) -> Dot:
    look, said = LOOKS[status]
    return Dot(skill, look, f"{said} in the résumé{'' if required else ' (preferred)'}")


def _marks(row: pool.PoolRow) -> list[Mark]:
    marks = []
    if row.unseen:
        marks.append(Mark("unseen", "A file holds text that nobody sees; it was left out of the ranking"))
    if not row.checked:
        marks.append(Mark("unchecked", "Not checked for text that nobody sees"))
    if row.duplicates:
        marks.append(Mark("duplicate", f"May be the same person as {count(row.duplicates, 'other candidate')}"))
    return marks
