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
_YOU = (
    (re.compile(r"\bthey were\b", re.I), "you were"),
    (re.compile(r"\bthey are\b", re.I), "you are"),
    (re.compile(r"\b(?:they|them|he|she|him)\b", re.I), "you"),
    (re.compile(r"\b(?:themselves|themself|himself|herself)\b", re.I), "yourself"),
    (re.compile(r"\b(?:theirs|hers)\b", re.I), "yours"),
    (re.compile(r"\b(?:their|his)\b", re.I), "your"),
)


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
    """A rubric's point, written about somebody, said to her: "what they did themselves" → "what you did yourself"."""
    for pattern, instead in _YOU:
        point = pattern.sub(instead, point)
    return point[:1].lower() + point[1:] if point[1:2].islower() else point


def shortened(quote: str, words: int = QUOTE_WORDS) -> str:
    """The quote's first words, with an ellipsis where it goes on."""
    said = quote.split()
    return " ".join(said) if len(said) <= words else " ".join(said[:words]).rstrip(",;:") + " …"


def _part(score: ScoreView, levels: bool) -> PlainPart:
    seen: dict[str, str] = {}
    for evidence in score.evidence:
        if evidence.verdict != "not_shown" and evidence.quote:
            seen.setdefault(to_you(evidence.point), shortened(evidence.quote))
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
