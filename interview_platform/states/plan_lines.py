"""The plan of a job put into words for its tab, the draft a person makes of it, and the way back."""

from dataclasses import dataclass, field
from typing import Any

from interview_platform.models import Question
from interview_platform.services.agent import bank
from interview_platform.services.agent.plan_rules import FROM_RESUME
from interview_platform.services.plan_coverage import SLOT_MINUTES, Coverage
from interview_platform.services.plan_drafts import Edit, FromBank, bank_entry
from interview_platform.services.plans import Item, Line, VersionRow
from interview_platform.states.question_flags import FlagLine, flag_lines
from interview_platform.states.words import count, moment

NEW = "new:"
BANK = "bank:"
"""Keys of lines that are no rows yet: a question of one's own, one of the banks (its id follows)."""
KINDS = {"core": "Core", "custom": "Your own", "values": "Your values", "resume": "From the résumé"}
SLOTS = {
    "resume:1": (
        "Something from the candidate’s own résumé",
        "A warm start: the newest position, a skill or a course that is written there. Left out when nothing fits.",
    ),
    "resume:2": (
        "A second thing from the candidate’s own résumé",
        "Usually a skill the job asks for. Left out when nothing fits.",
    ),
}


@dataclass
class PointLine:
    """What a good answer shows, and the question that asks for it."""

    point: str = ""
    follow_up: str = ""


@dataclass
class PlanLine:
    """One place of the plan. `state`: "" as saved, "new", "edited"."""

    key: str = ""
    kind: str = "custom"
    kind_words: str = ""
    text: str = ""
    plain_text: str = ""
    competency: str = ""
    competency_id: str = ""
    minutes: str = "2"
    points: list[PointLine] = field(default_factory=list)
    levels: list[str] = field(default_factory=list)  # five, of a question with its authored points
    state: str = ""
    bank: str = ""
    flags: list[FlagLine] = field(default_factory=list)
    note: str = ""
    is_slot: bool = False


@dataclass
class ShareLine:
    """One competency: its part of the time against its part of the weight, in percent."""

    name: str = ""
    time: int = 0
    weight: int = 0
    facts: str = ""
    tone: str = ""


@dataclass
class VersionLine:
    """One version in the history."""

    version: int = 0
    who: str = ""
    when: str = ""
    note: str = ""
    facts: str = ""
    current: bool = False


def plan_line(line: Line) -> PlanLine:
    """A saved place of the plan."""
    row = line.question
    if row is None:
        return slot_line(line.key)
    kind = "values" if row.source.startswith("values") else row.kind
    return PlanLine(
        key=line.key,
        kind=kind,
        kind_words=KINDS.get(kind, kind),
        text=row.text,
        plain_text=row.plain_text,
        competency=line.competency,
        competency_id=row.competency_id or "",
        minutes=f"{row.minutes:g}",
        points=[PointLine(str(one.get("point", "")), str(one.get("follow_up", ""))) for one in row.points],
        levels=list(bank.levels(row.source, [str(one.get("point", "")) for one in row.points])),
        flags=flag_lines(row.text) if kind == "custom" or row.source.startswith("edited:") else [],
    )


def slot_line(key: str) -> PlanLine:
    """A place that each candidate's own résumé fills."""
    text, note = SLOTS[key]
    minutes = f"{SLOT_MINUTES:g}"
    return PlanLine(
        key=key, kind="resume", kind_words=KINDS["resume"], text=text, note=note, minutes=minutes, is_slot=True
    )


def bank_line(question_id: str, competencies: dict[str, str]) -> PlanLine:
    """A question of the banks, not saved yet. `competencies`: id → name of the job's. Raises NotFound."""
    family, entry = bank_entry(question_id)
    name = next(one.name for one in family.competencies if one.id == entry.competency)
    found = next((key for key, words in competencies.items() if words.casefold() == name.casefold()), "")
    return PlanLine(
        key=f"{BANK}{entry.id}",
        kind="core",
        kind_words=KINDS["core"],
        text=entry.text,
        plain_text=entry.plain_text,
        competency=competencies.get(found, ""),
        competency_id=found,
        minutes=f"{entry.minutes:g}",
        points=[PointLine(one.point, one.follow_up) for one in entry.points],
        levels=list(bank.levels(entry.id, [one.point for one in entry.points])),
        state="new",
        bank=entry.id,
    )


def plain(line: PlanLine) -> dict[str, Any]:
    """As JSON, without the framework's proxies."""
    held = {name: getattr(line, name) for name in PlanLine.__dataclass_fields__}
    held["levels"] = [str(one) for one in line.levels]
    held["points"] = [{"point": str(one.point), "follow_up": str(one.follow_up)} for one in line.points]
    held["flags"] = [{name: getattr(one, name) for name in FlagLine.__dataclass_fields__} for one in line.flags]
    return held


def again(held: dict[str, Any]) -> PlanLine:
    """From JSON."""
    points = [PointLine(**one) for one in held.get("points", [])]
    flags = [FlagLine(**one) for one in held.get("flags", [])]
    return PlanLine(**{**held, "points": points, "flags": flags})


def item(line: PlanLine) -> Item:
    """What is saved. Raises ValueError when the minutes are no number."""
    if line.key in FROM_RESUME or not line.state:
        return str(line.key)
    if line.state == "new" and line.bank:
        return FromBank(str(line.bank))
    return Edit(
        text=str(line.text),
        plain_text=str(line.plain_text),
        points=tuple((str(one.point), str(one.follow_up)) for one in line.points),
        minutes=number(line.minutes),
        competency_id=str(line.competency_id),
        question_id="" if line.key.startswith((NEW, BANK)) else str(line.key),
        bank_question_id=str(line.bank),
        flags=tuple((str(one.kind), str(one.words), str(one.why)) for one in line.flags),
    )


def transient(line: PlanLine) -> Question | None:
    """The line as a question that is not in the database, for measuring; None for a place of the résumé."""
    if line.is_slot:
        return None
    points = [{"point": one.point, "follow_up": one.follow_up} for one in line.points]
    minutes, competency = number(line.minutes), line.competency_id or None
    return Question(job_id="", text=str(line.text), minutes=minutes, competency_id=competency, points=points)


def number(typed: str) -> float:
    """Minutes as typed, with a point or a comma; ValueError when they are none."""
    return float(str(typed).strip().replace(",", "."))


def share_lines(found: Coverage) -> list[ShareLine]:
    """One line a competency."""
    made = []
    for one in found.shares:
        told = f"{count(one.questions, 'question')}, {one.minutes:g} min"
        told = "judged from all answers" if one.from_all else told if one.questions else "no question"
        tone = "" if one.questions or one.from_all else "attention"
        made.append(ShareLine(one.name, round(100 * one.time), round(100 * one.weight), told, tone))
    return made


def version_line(row: VersionRow, newest: int) -> VersionLine:
    """One version."""
    facts = count(row.questions, "question")
    if row.interviews:
        facts += f" · {count(row.interviews, 'interview')}"
    return VersionLine(row.version, row.by or "By rule", moment(row.at), row.note, facts, row.version == newest)
