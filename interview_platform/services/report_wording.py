"""Wording of a report itself and of what people write about candidates: what to look at, with a neutral rewording.

Uses the word lists for adverts (rag_data/wording.json) and a list for notes about people. Advice beside the sentence;
nothing is changed or kept back. What the interviewer said is looked at in services/analysis.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from interview_platform.services import job_wording
from interview_platform.services.report_view import ReportView, WordingView
from interview_platform.services.text import sentences


@dataclass(frozen=True)
class _Note:
    """One kind of phrase about a person. `instead` is what to write; "" = leave it out."""

    pattern: re.Pattern[str]
    why: str
    instead: str


def _note(phrases: str, why: str, instead: str) -> _Note:
    return _Note(re.compile(rf"\b(?:{phrases})\b", re.IGNORECASE), why, instead)


_NOT_SAID = "Write what was said or done in the answers, with its time."
_PROTECTED = "This is a protected topic. It must play no part in the decision."
_NOTES: tuple[_Note, ...] = (
    _note(
        r"(?:bad |poor |good |great |perfect |no )?(?:culture|cultural|team) fit|one of us|"
        r"not like us|fits? in with us",
        "“Fit” says nothing that can be checked, and hides likeness to the people who are there.",
        "showed this of the value we wrote down: …",
    ),
    _note(
        r"(?:strong |heavy |thick |foreign |slight )?accent|broken english|"
        r"(?:not an? )?native speaker|well[- ]spoken",
        "Accent and fluency are never rated; only the content of answers is.",
        "explained this point clearly / left this point unclear: …",
    ),
    _note(
        r"gut feeling|(?:good|bad|weird|strange) (?:vibes?|feeling)|(?:did not|didn['’]t|just) (?:like|click with)|"
        r"chemistry|likeable|something (?:is )?off",
        "A feeling cannot be checked or answered. " + _NOT_SAID,
        "in the answer to question …, what was missing is: …",
    ),
    _note(
        r"too (?:young|old)|overqualified|at (?:his|her|their) age|(?:young|old) for|near(?:ly|ing)? retirement|"
        r"energetic and young|digital native|set in (?:his|her|their) ways",
        "Points at age. " + _PROTECTED,
        "has shown (not shown) this requirement: …",
    ),
    _note(
        r"pregnan\w+|maternity|has (?:kids|children)|"
        r"(?:his|her|their) (?:kids|children|husband|wife|religion|church)|"
        r"married|single (?:mother|father)|headscarf|hijab|muslim|christian|jewish|hindu|immigrant|foreigner|"
        r"disab\w+|wheelchair|autis\w+|adhd|depress\w+|gay|lesbian|transgender|"
        r"(?:black|white|asian|latin[oax]|african) (?:man|woman|candidate|person|guy|girl|lady)",
        _PROTECTED,
        "",
    ),
    _note(
        r"aggressive|bossy|abrasive|emotional|hysterical|shrill|pushy|feisty|bubbly|motherly|ladylike|ice queen",
        "Said more often of one gender for the same behaviour. " + _NOT_SAID,
        "said (did) this: …",
    ),
    _note(
        r"attractive|pretty|handsome|good[- ]looking|(?:well|badly|poorly)[- ]dressed|overweight|fat|"
        r"ugly|hair|tattoos?",
        "Looks play no part, and reports hold nothing of them.",
        "",
    ),
    _note(
        r"(?:seemed|looked|sounded|appeared|came across(?: as)?) (?:very |too |a bit |quite |so )?(?:nervous|shy|"
        r"arrogant|confident|unconfident|quiet|cold|bored|tired|insecure|dishonest)|no eye contact|eye contact|"
        r"body language",
        "Manner is not rated: nerves, culture and disability show in it, not skill. " + _NOT_SAID,
        "in the answer to question …, this was (not) shown: …",
    ),
    _note(
        r"(?:obviously|clearly|definitely) (?:lying|lied|cheat\w+|incompetent|lazy|stupid)|lazy|stupid|idiot\w*|dumb|"
        r"incompetent|useless|hopeless|clueless|joke of a candidate",
        "Judges the person, not the answers, and could not be shown to her. " + _NOT_SAID,
        "the answers did not show this: …",
    ),
)


def check(view: ReportView) -> tuple[WordingView, ...]:
    """Everything to look at, the report's own wording first, then what each person wrote."""
    return tuple(found for where, text in _texts(view) for found in of(text, where))


def of(text: str, where: str = "") -> Iterator[WordingView]:
    """What is to be looked at in one text, a sentence at a time."""
    for row in sentences(text):
        said, taken = row.text.strip(), []
        for note in _NOTES:
            for found in note.pattern.finditer(row.text):
                taken.append(found.span())
                yield WordingView(where, said, found.group(), note.why, note.instead)
        for held in job_wording.check(row.text):
            apart = all(held.end <= start or end <= held.start for start, end in taken)
            if apart and held.kind == job_wording.EXCLUSIONARY and held.topic != "person":
                yield WordingView(where, said, held.text, held.why, job_wording.replaced(row.text, held).strip())


def _texts(view: ReportView) -> Iterator[tuple[str, str]]:
    """(whose words, the words). Quotes are the candidate's own and are not looked at here."""
    for score in view.scores:
        yield "Report", score.anchor
        if score.override:
            yield f"Other level, by {score.override.by}", score.override.reason
    for statement in (*view.strengths, *view.concerns):
        yield "Report", statement.text
    for flag in view.flags:
        yield f"Flag, by {flag.by}", flag.text
    for comment in view.comments:
        yield f"Comment, by {comment.by}", comment.text
    for person in view.ratings:
        for note in person.notes.values():
            yield f"Rating, by {person.by}", note
    for decision in view.decisions:
        yield f"Decision, by {decision.by}", decision.note
