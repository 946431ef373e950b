"""The question banks put into words for their page: pure, from services/agent/bank to what the browser shows."""

from dataclasses import dataclass, field

from interview_platform.services.agent import bank
from interview_platform.services.agent.bank_search import Found
from interview_platform.states.words import GROUPS, LEVELS

FAMILIES: tuple[tuple[str, str], ...] = tuple((entry.id, entry.title) for entry in bank.families())
_LEVELS = dict(LEVELS)
_GROUPS = dict(GROUPS)


@dataclass
class BankLine:
    """One question in the list. `where` is the point that holds the words, where the question itself does not."""

    key: str
    text: str
    facts: str
    minutes: str
    where: str


@dataclass
class BankPoint:
    """One point and the question that asks for it."""

    point: str
    follow_up: str


@dataclass
class BankDetail:
    """Everything about the question that is open."""

    key: str = ""
    plain: str = ""
    competency: str = ""
    description: str = ""
    points: list[BankPoint] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)  # the question's own, for the levels 1 to 5
    copied: str = ""  # the whole question as plain text, for the clipboard


def bank_line(found: Found) -> BankLine:
    """A question that was found."""
    levels = ", ".join(_LEVELS[level] for level in found.question.levels)
    return BankLine(
        key=found.question.id,
        text=found.question.text,
        facts=" · ".join((found.family.title, found.competency.name, levels)),
        minutes=f"{found.question.minutes:g} min",
        where=found.point,
    )


def bank_detail(found: Found) -> BankDetail:
    """The same question, whole."""
    held, competency = found.question, found.competency
    return BankDetail(
        key=held.id,
        plain=held.plain_text,
        competency=f"{competency.name} ({_GROUPS[competency.group].lower()})",
        description=competency.description,
        points=[BankPoint(point.point, point.follow_up) for point in held.points],
        anchors=[words for _, words in sorted(held.anchors.items())],
        copied=as_text(found),
    )


def as_text(found: Found) -> str:
    """The question as somebody would paste it into a document."""
    points = [f"- {point.point}\n  Follow-up: {point.follow_up}" for point in found.question.points]
    levels = [f"{level}: {words}" for level, words in sorted(found.question.anchors.items())]
    return "\n".join(
        (
            found.question.text,
            f"In plainer words: {found.question.plain_text}",
            "",
            "A good answer covers:",
            *points,
            "",
            "Levels of an answer:",
            *levels,
        )
    )


def competencies(family: str) -> list[tuple[str, str]]:
    """Choices of one family's competencies, with how many questions each has; none without a family."""
    if family not in dict(FAMILIES):
        return []
    held = bank.family(family)
    counts = {
        entry.id: sum(question.competency == entry.id for question in held.questions) for entry in held.competencies
    }
    return [(entry.id, f"{entry.name} ({counts[entry.id]})") for entry in held.competencies]


def size() -> str:
    """ "15 role families, 110 competencies, 400 questions, 2,100 points"."""
    held = bank.families()
    questions = [question for family in held for question in family.questions]
    numbers = (
        (len(held), "role families"),
        (sum(len(family.competencies) for family in held), "competencies"),
        (len(questions), "questions"),
        (sum(len(question.points) for question in questions), "points"),
    )
    return ", ".join(f"{number:,} {words}" for number, words in numbers)
