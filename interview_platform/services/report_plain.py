"""A report in the candidate's words: what was asked, what the answers showed, what was left out and why, her rights.

No score unless the organisation allows it, nothing of other people's notes, nothing of delivery. Quotes are verified.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from interview_platform.services.report_view import ReportView, ScoreView
from interview_platform.services.scoring import rubric

QUOTE_WORDS = 30
_LEVELS = {
    1: "the answers did not show this yet",
    2: "the answers showed some of this",
    3: "the answers showed a good part of this",
    4: "the answers showed most of this",
    5: "the answers showed all of this",
}
_WHY = {
    rubric.NOT_ASKED: "We did not ask about this, so nothing was concluded.",
    rubric.PASSED: "You left this question out. That is fine, and it does not count against you.",
    rubric.NOT_HEARD: "We did not hear an answer, so nothing was concluded.",
    rubric.UNCLEAR: "The sound was not clear enough to be sure of your words, so nothing was concluded.",
    rubric.TOO_SHORT: "Your answers were too short to say how clearly things were told, so nothing was concluded.",
    rubric.CUT_OFF: "The interview ended before you could answer, so nothing was concluded.",
    rubric.INTERRUPTED: "The interview ended in the middle of your answer, so nothing was concluded.",
}
RIGHTS = (
    "A person decides, not a program. You may ask for another look by a person, for the transcript, or for anything "
    "that was misheard to be put right: answer the e-mail that invited you."
)
HOW = (
    "Only the words of your answers were looked at. Your face, voice, accent and pauses are never part of a result. "
    "What was not asked or not heard is left out; it is never counted as zero."
)
_YOU = {
    **dict.fromkeys(("they", "them", "he", "she", "him"), "you"),
    **dict.fromkeys(("themselves", "themself", "himself", "herself"), "yourself"),
    **dict.fromkeys(("theirs", "hers"), "yours"),
    **dict.fromkeys(("their", "his"), "your"),
}
_SOMEBODY = re.compile(rf"\b(?:{'|'.join(_YOU)})\b", re.I)
_OTHERS = re.compile(
    r"\b(?:who|whom|others?|else|persons?|people|listeners?|customers?|clients?|patients?|guests?|users?|colleagues?|"
    r"managers?|pupils?|parents?|team|somebody|someone|those)\b",
    re.I,
)
"""People a point may speak of besides the one who answers."""
_THEIRS = re.compile(
    r" (?:already )?(?:need|want|had to|have to|expect|could decide|knew already|are trying|thought)", re.I
)
"""After "what they": what other people did, not the one who answers."""


@dataclass(frozen=True)
class PlainPart:
    """One thing the interview was about. `shown`: (what, in whose own words); `open`: asked, but not in the answers."""

    name: str
    shown: tuple[tuple[str, str], ...]
    open: tuple[str, ...]
    left_out: str = ""  # why nothing was concluded
    level: str = ""  # in words, where the organisation shows levels


@dataclass(frozen=True)
class PlainReport:
    """The candidate's version."""

    job: str
    questions: tuple[str, ...]
    parts: tuple[PlainPart, ...]
    how: str = HOW
    rights: str = RIGHTS


def plain(view: ReportView, levels: bool) -> PlainReport:
    """The report in plain language; `levels`: the organisation lets candidates see levels."""
    asked = tuple(q.text for q in view.questions if q.asked)
    return PlainReport(view.job_title, asked, tuple(_part(score, levels) for score in view.scores))


def as_text(held: PlainReport) -> str:
    """The same as plain text, for a letter or a file."""
    return "\n".join(_lines(held))


def to_you(point: str) -> str:
    """A rubric's point, written about somebody, said to her: "what they did themselves" → "what you did yourself".

    Where a point speaks of others before, "what they needed" and "their reasons" stay theirs.
    """
    said = _SOMEBODY.sub(
        lambda found: found.group() if _of_others(found, point) else _YOU[found.group().lower()], point
    )
    return said[:1].lower() + said[1:] if said[1:2].islower() else said


def _of_others(found: re.Match[str], point: str) -> bool:
    before, after = point[: found.start()], point[found.end() :]
    if not _OTHERS.search(before):
        return False
    if found.group().lower() in ("they", "he", "she"):
        return before.endswith("what ") and _THEIRS.match(after) is not None
    return found.group().lower() in ("them", "their", "theirs", "him", "his") and not after.startswith(" own")


def shortened(quote: str, words: int = QUOTE_WORDS) -> str:
    """The quote's first words, with an ellipsis where it goes on."""
    said = quote.split()
    return " ".join(said) if len(said) <= words else " ".join(said[:words]).rstrip(",;:") + " …"


def _part(score: ScoreView, levels: bool) -> PlainPart:
    seen: dict[str, str] = {}
    for evidence in score.evidence:
        if evidence.verdict != "not_shown" and evidence.quote:
            part = "in part " if evidence.verdict == "partly" else ""
            seen.setdefault(part + to_you(evidence.point), shortened(evidence.quote))
    missing = tuple(dict.fromkeys(to_you(e.point) for e in score.evidence if e.verdict == "not_shown"))
    level = score.shown_level
    if level is None:
        return PlainPart(score.name, (), (), _WHY.get(score.not_assessed, "Nothing was concluded about this."))
    return PlainPart(score.name, tuple(seen.items()), missing, "", _LEVELS[level] if levels else "")


def _lines(held: PlainReport) -> Iterator[str]:
    yield f"Your interview for {held.job}"
    yield ""
    yield "What we asked"
    yield from (f"- {question}" for question in held.questions)
    for part in held.parts:
        yield ""
        yield part.name + (f": {part.level}" if part.level else "")
        if part.left_out:
            yield part.left_out
        yield from (f"- Your answer {point}: “{quote}”" for point, quote in part.shown)
        yield from (f"- Not in your answers this time: an answer that {point}" for point in part.open)
    yield from ("", "How this was made", held.how, "", "Your rights", held.rights)
