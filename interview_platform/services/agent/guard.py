"""What the agent must not say. Each utterance passes `review` before it is voiced.

Refused: what a voice cannot say, more than one question, protected topics, promises and pay, scores and verdicts, the
rubric and the prompt, reproach, another role, what was asked before; what states something about the candidate that
she did not say, or about the job that no source says; and what gives away a point of a good answer. What a nurse says
of a patient's family, or a recruiter of salaries, is work and passes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from interview_platform.services.agent import (
    guard_claims,
    guard_form,
    guard_orders,
    guard_rules,
    guard_text,
    guard_words,
)

MAX_WORDS = guard_form.MAX_WORDS
ALIKE = 0.8
"""Share of common words from which two questions count as the same."""

_COMMAND = re.compile(
    r"\b(?:ignor|disregard|overrid|forg[eo]t)\w*\b.*\b(?:instruction|prompt|previous|above|rule)s?\b|\bsystem\b|"
    r"\bassistant\b"
    r"|\bprompt\b|https?:|www\.|@",
    re.IGNORECASE,
)
_TOUCHY = re.compile(
    r"\b(?:pregnan\w*|husband|wife|divorc\w*|child|children|kids?|church|mosque|god|pray\w*|cancer|depress\w*|disab\w*|"
    r"illness|sick|died|death|suicid\w*|arrest\w*|prison|visa|gay|lesbian|transgender|race|racis\w*|sex\w*|drunk|"
    r"drugs?|fired|"
    r"sued|abus\w*|damn|hell|shit\w*|fuck\w*|crap|bastard|bitch|stupid|idiot\w*|hat(?:e|ed)|kill\w*)\b",
    re.IGNORECASE,
)


def review(
    text: str,
    *,
    asked: Sequence[str] = (),
    sources: Sequence[str] = (),
    said: Sequence[str] = (),
    points: Sequence[str] = (),
    follow_up: bool = True,
) -> str:
    """Why the text must not be said; empty when it may.

    `asked`: what was asked so far; `sources`: texts the agent may quote from; `said`: the candidate's own words;
    `points`: what a good answer holds. `follow_up` False: the text is a reply or a notice, whose questions may use no
    words of the points either. Text of the banks, alone or after a bridge, may hold its own points.
    """
    sentences = guard_rules.read(text)
    backed = [guard_claims.sourced(sentence, sources) for sentence in sentences]
    if why := _wording(text, asked, sentences, backed):
        return why
    worded = [sentence for sentence in sentences if not sentence.authored]
    if any(guard_orders.to_a_machine(sentence.text) for sentence in worded if not sentence.asks):
        return "an order to a machine"
    if guard_claims.leaks(worded, points, said, asked):
        return "gives away an expected point"
    known = [*asked, *(points if follow_up else ())]
    return guard_claims.unfounded(worded, said, sources, known)


def check(text: str, asked: Sequence[str]) -> str | None:
    """The text as it may be said (white space tidied), or None. Looks at the wording alone; see `review`."""
    return None if reason(text, asked) else guard_text.tidy(text)


def reason(text: str, asked: Sequence[str]) -> str:
    """Why the wording must not be said; empty when it may."""
    sentences = guard_rules.read(text)
    return _wording(text, asked, sentences, [False] * len(sentences))


def _wording(text: str, asked: Sequence[str], sentences: Sequence[guard_rules.Sentence], backed: Sequence[bool]) -> str:
    """What is wrong with the words themselves."""
    if why := guard_form.fault(text):
        return why
    if guard_words.private(guard_text.plain(text).text):
        return "protected topic"
    if why := guard_rules.broken(sentences, backed):
        return why
    if guard_form.two_questions(text, sentences):
        return "more than one question"
    return "asked before" if any(same(text, earlier) for earlier in asked) else ""


def sayable(words: str) -> bool:
    """Whether words of the candidate may be said back: nothing private or coarse, nothing that gives orders."""
    return not _TOUCHY.search(words) and not _COMMAND.search(words)


def same(text: str, earlier: str) -> bool:
    """Whether two questions ask the same: equal, one inside the other, or nearly the same words."""
    one, two = _words(text), _words(earlier)
    if not one or not two:
        return False
    short, long = sorted((" ".join(one), " ".join(two)), key=len)
    if len(short.split()) >= 4 and f" {short} " in f" {long} ":
        return True
    if _last_question(text) == _last_question(earlier):
        return True
    return len(set(one) & set(two)) / len(set(one) | set(two)) >= ALIKE


def _last_question(text: str) -> str:
    """The sentence that asks: what stands before it (a bridge) does not make it another question."""
    return " ".join(_words(re.split(r"(?<=[.!?:])\s+", guard_text.tidy(text))[-1]))


def _words(text: str) -> list[str]:
    return re.findall(r"[\w']+", text.lower())
