"""Hard conditions of a job in a résumé: licence, place, language, permission, years. No part of a score. Pure.

A résumé that says nothing of a condition has it "not found", which a person looks into; nothing is concluded from it.
"""

from __future__ import annotations

import re

from interview_platform.services import job_licences
from interview_platform.services.rank_document import PERMIT, RankDocument
from interview_platform.services.rank_parts import ConditionFit, Wish
from interview_platform.services.rank_words import content_stems, stem, stems
from interview_platform.services.resumes import ResumeFacts
from interview_platform.services.text import fold, sentences

_FILLER = frozenset(
    stem(fold(word))
    for word in """
    valid current active required must have holder hold native fluent fluency level language spoken written
    """.split()  # noqa: SIM905
)
_PERMISSION = frozenset(stem(fold(word)) for word in "work permit right visa authorised authorized eligible".split())  # noqa: SIM905
_OR = re.compile(r"\s+or\s+|\s*/\s*", re.I)
_SHOWN = 300


def conditions_of(made: RankDocument, wish: Wish) -> tuple[ConditionFit, ...]:
    """Whether a document says that each condition is met; without sentences."""
    return tuple(
        ConditionFit(kind, value, "met" if _met(made, kind, value) else "not_found") for kind, value in wish.conditions
    )


def explained(made: RankDocument, facts: ResumeFacts, wish: Wish) -> tuple[ConditionFit, ...]:
    """The same, each met one with the sentence of `facts.text` that says so."""
    return tuple(_with_sentence(fit, facts) for fit in conditions_of(made, wish))


def _met(made: RankDocument, kind: str, value: str) -> bool:
    if kind == "years":
        wanted = re.search(r"\d+", value)
        return wanted is not None and made.months >= 12 * int(wanted.group())
    held = _lines(made, kind)
    return _could_say(held, kind, value) and any(_says(line, kind, value) for line in held)


def _could_say(held: tuple[str, ...], kind: str, value: str) -> bool:
    """Whether the lines together could say it: most résumés could not, and asking once is quicker than line by line."""
    if kind == "language":  # a stem begins the word it is of
        together = "\n".join(held).casefold()
        return any(all(word in together for word in _words(option)) for option in _OR.split(value))
    return True


def _lines(made: RankDocument, kind: str) -> tuple[str, ...]:
    """Where a condition of this kind may be said."""
    if kind == "location":
        return (made.place,)
    if kind == "work_permit":
        return made.permits
    said = made.languages if kind == "language" else made.certifications
    return (*said, *made.counted())


def _says(line: str, kind: str, value: str) -> bool:
    if kind == "licence":
        return job_licences.says(line, value)
    if kind == "language":  # of "German or French" one is enough
        return any(_has_words(line, option) for option in _OR.split(value))
    if kind == "work_permit":
        asked = _words(value) - _PERMISSION
        return not asked or asked <= set(stems(line))
    if kind == "location":  # "Leeds" asked and "Leeds, United Kingdom" said, or the other way round
        held = set(stems(line))
        first = set(stems(value.split(",")[0])), set(stems(line.split(",")[0]))
        return bool(held) and (first[0] <= held or first[1] <= set(stems(value)))
    return _has_words(line, value)


def _has_words(line: str, value: str) -> bool:
    """Whether a line holds every word of a value that carries meaning."""
    asked = _words(value)
    return bool(asked) and asked <= set(stems(line))


def _words(value: str) -> set[str]:
    return {word for word in content_stems(value) if word not in _FILLER}


def _with_sentence(fit: ConditionFit, facts: ResumeFacts) -> ConditionFit:
    if fit.status != "met" or fit.kind == "years":
        return fit
    for sentence in sentences(facts.text):
        if _says(sentence.text[:_SHOWN], fit.kind, fit.value) and (
            fit.kind != "work_permit" or PERMIT.search(sentence.text)
        ):
            return ConditionFit(fit.kind, fit.value, "met", sentence.text, sentence.start, sentence.end)
    return fit
