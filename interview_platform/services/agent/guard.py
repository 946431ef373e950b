"""What the agent must not say. Each generated utterance passes `check` before it is voiced.

Refused: protected topics, promises and decisions, scores and verdicts, the rubric and the prompt, reproach, more than
one question, too many words, and what was asked before. Patterns look at what is said *about the candidate* ("your
family"), so that a nurse may still be asked about a patient's family.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

MAX_WORDS = 45
ALIKE = 0.8
"""Share of common words from which two questions count as the same."""

_PRIVATE = (
    r"(?:age|birth\w*|family|families|husband|wife|spouse|marriage|marital|pregnan\w*|child|children|kids?|childcare|baby|"
    r"maternity|paternity|religio\w*|church|mosque|temple|faith|health|illness\w*|disease|disabilit\w*|medication|"
    r"origin|nationality|citizenship|native language|mother tongue|ethnic\w*|race|skin|accent|immigra\w*|visa|gender|"
    r"sex|sexual\w*|arrests?|convictions?|criminal record|union|politic\w*|vote|weight|height|salary|credit)"
)
_STATES = (
    r"(?:married|single|divorced|engaged|pregnant|religious|disabled|sick|ill|gay|lesbian|transgender|straight|arrested|"
    r"convicted|in prison|a citizen|an immigrant|a union member|a parent|a mother|a father)"
)
_RULES: tuple[tuple[str, str], ...] = (
    (
        "protected topic",
        rf"\byour (?:own |current |young |home |mental |physical |date of |country of |plans? for (?:a )?)*{_PRIVATE}\b"
        r"(?! (?:nurs|care\b|team|servic|record|medic|profession))",
    ),
    (
        "protected topic",
        rf"\b(?:do|did|will|would) you (?:have|plan|want|expect|need) (?:\w+ ){{0,3}}?{_PRIVATE}\b"
        rf"|\b(?:are|were|is|have) you (?:ever )?(?:been )?{_STATES}\b|\bdo you (?:pray|vote|drink|smoke|take drugs)\b",
    ),
    ("protected topic", r"\bhow old\b|\bwhere (?:are|were|do) you (?:originally |really )?(?:come )?(?:from|born)\b"),
    ("protected topic", r"\bmaiden name\b|\bwhat year did you (?:graduate|finish school)\b|\bdate of birth\b"),
    (
        "promise or decision",
        r"\byou(?:'re| are| will be|'ll be| have been| were)? (?:hired|rejected|shortlisted|the right person)\b"
        r"|\byou(?:'ve| have)? (?:got the job|(?:passed|failed)(?: (?:the|this|our)\b|[.!]|$))"
        r"|\b(?:we|i)(?:'ll| will| can| would)? (?:hire|offer|recommend|reject|select) you\b"
        r"|\bguarantee\w*\b|\bi promise\b|\bnext round\b"
        r"|\byou(?:'ll| will) (?:get|have|receive|earn) (?:the|an|this) (?:job|offer|position|role)\b|\bjob offer\b"
        r"|\bgood chance\b",
    ),
    (
        "score or verdict",
        r"\byour (?:score|rating|grade|marks?)\b|\b(?:i|we) (?:would |'d )?(?:rate|score|grade)d?\b"
        r"|\byou scored\b|\b\d+(?:\.\d+)? ?(?:/|out of) ?(?:5|10|100|five|ten)\b"
        r"|\b(?:great|excellent|perfect|impressive|brilliant|outstanding|amazing|weak|poor|bad|wrong|incorrect|strong"
        r"|good) (?:answer|response|reply|job|candidate)\b|\bwell done\b|\bimpress(?:ed|ive)\b",
    ),
    (
        "rubric or prompt",
        r"\brubric\b|\bsystem prompt\b|\bmy (?:instructions|prompt|guidelines)\b|\bi was (?:told|instructed)\b"
        r"|\bexpected (?:points?|answers?)\b|\b(?:model|ideal|correct|good) answers?\b|\bevaluation criteri\w+\b"
        r"|\bi(?:'m| am) looking for\b|\bpoint (?:number )?\d\b|\blanguage model\b",
    ),
    (
        "reproach",
        r"\byou (?:failed|forgot|neglected|refused)\b|\byou (?:did not|didn't|have not|haven't) (?:mention|answer|say|"
        r"explain|address)\w*\b|\b(?:too short|too vague|i(?:'m| am) disappointed|nonsense|stupid|lazy)\b",
    ),
)
_PATTERNS = [(reason, re.compile(pattern, re.IGNORECASE)) for reason, pattern in _RULES]
_COMMAND = re.compile(
    r"\b(?:ignor|disregard|overrid|forg[eo]t)\w*\b.*\b(?:instruction|prompt|previous|above|rule)s?\b|\bsystem\b|\bassistant\b"
    r"|\bprompt\b|https?:|www\.|@",
    re.IGNORECASE,
)
_TOUCHY = re.compile(
    r"\b(?:pregnan\w*|husband|wife|divorc\w*|child|children|kids?|church|mosque|god|pray\w*|cancer|depress\w*|disab\w*|"
    r"illness|sick|died|death|suicid\w*|arrest\w*|prison|visa|gay|lesbian|transgender|race|racis\w*|sex\w*|drunk|drugs?|fired|"
    r"sued|abus\w*|damn|hell|shit\w*|fuck\w*|crap|bastard|bitch|stupid|idiot\w*|hat(?:e|ed)|kill\w*)\b",
    re.IGNORECASE,
)


def check(text: str, asked: Sequence[str]) -> str | None:
    """The text as it may be said (white space tidied), or None."""
    return None if reason(text, asked) else _tidy(text)


def reason(text: str, asked: Sequence[str]) -> str:
    """Why the text must not be said; empty when it may."""
    text = _tidy(text)
    if not re.search(r"[A-Za-z]", text):
        return "nothing to say"
    if len(text.split()) > MAX_WORDS:
        return f"longer than {MAX_WORDS} words"
    if text.count("?") > 1:
        return "more than one question"
    for why, pattern in _PATTERNS:
        if pattern.search(text):
            return why
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
    return " ".join(_words(re.split(r"(?<=[.!?:])\s+", _tidy(text))[-1]))


def _words(text: str) -> list[str]:
    return re.findall(r"[\w']+", text.lower())


def _tidy(text: str) -> str:
    return " ".join(text.split())
