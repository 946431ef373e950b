"""What the check of a typed question found, in words for people."""

from dataclasses import dataclass, field

from interview_platform.services.agent import question_check

TITLES = {
    "protected": "Protected ground",
    "pay_history": "Pay history",
    "leading": "Leads to an answer",
    "negative": "Asks for the negative",
    "double_barrelled": "Two questions in one",
    "long": "Long to hear",
    "yes_no": "Yes-or-no question",
    "puzzle": "Puzzle",
}
STOP = "stop"
MOST = 4
"""What is told of one question; the gravest stands first."""


@dataclass
class FlagLine:
    """One thing to know about a question. `stop`: to be confirmed before it is kept."""

    kind: str = ""
    title: str = ""
    words: str = ""
    why: str = ""
    instead: str = ""
    stop: bool = False


@dataclass
class AskedItem:
    """One of the recruiter's own questions as typed, with what there is to know about it."""

    text: str = ""
    flags: list[FlagLine] = field(default_factory=list)


def flag_lines(text: str) -> list[FlagLine]:
    """What there is to know about a question, the gravest first; other words only where they are clean themselves."""
    return [
        FlagLine(
            kind=flag.kind,
            title=TITLES.get(flag.kind, flag.kind),
            words=flag.text,
            why=flag.why,
            instead="" if _is_stopped(flag.instead) else flag.instead,
            stop=flag.severity == STOP,
        )
        for flag in question_check.check(text)[:MOST]
    ]


def _is_stopped(text: str) -> bool:
    return any(flag.severity == STOP for flag in question_check.check(text))
