"""Which open point of a question tells most about a person, and which answers are too thin to go on from.

A confident sentence without a deed, a reason or an outcome is where an interviewer asks on: for what they did
themselves, how they knew, what came of it. Points that only add detail wait until an answer has these.
"""

from __future__ import annotations

import re

from interview_platform.services.scoring import structure
from interview_platform.services.scoring.sentences import about_an_answer, content, parts
from interview_platform.services.scoring.wanted import wanted_by

OWN, EVIDENCE, OUTCOME = "own", "evidence", "outcome"
THIN = 2.5
"""Words of content for each point of the question below which an answer is thin: it cannot have shown most points."""
TERSE_WORDS = 15
FEW_WORDS = (3, 5)
"""Words of content up to which an answer only names what it is about, with a deed in them and without one."""
_ASPECTS = {
    OWN: frozenset(("action",)),
    EVIDENCE: frozenset(("cause", "check", "notice", "reason")),
    OUTCOME: frozenset(("outcome", "lesson")),
}
_POINTS = {structure.ACTION: OWN, structure.RESULT: OUTCOME}
_ASKED_SO = {
    OWN: re.compile(
        r"\b(?:did you (?:\w+ )?(?:do|change|try|propose|suggest|decide|handle|solve|repair|fix)|you did|your (?:own )?"
        r"(?:task|part|role|job|move|share)|(?:was|were) yours|do yourself|you (?:do|take) (?:first|yourself))\b",
        re.IGNORECASE,
    ),
    EVIDENCE: re.compile(
        r"\b(?:how (?:did|do|would) you (?:\w+ )?(?:know|notice|find out|check|measure|judge|tell)|evidence|by what|"
        r"what (?:told|showed|made) you|how sure|on what)\b",
        re.IGNORECASE,
    ),
    OUTCOME: re.compile(
        r"\b(?:came (?:out )?of|(?:in|at) the end|work(?:ed)? out|difference did|what became|how did (?:\w+ ){1,5}"
        r"(?:end|go|turn out|develop|hold up)|afterwards|better (?:for|through)|result|outcome|what effect|"
        r"(?:use|stand) (?:\w+ )?(?:now|today|after)|looking back)\b",
        re.IGNORECASE,
    ),
}
_IN_ORDER = (0.6, 1.0, 0.9, 0.8, 0.7, 0.6)
"""Worth of the points in the bank's order. The first is mostly what it was about: any answer on the matter tells that,
and it says least about the competency."""
_TELLS_MUCH = frozenset(
    ("action", "reason", "cause", "check", "lesson", "outcome", "change", "cost", "order", "failure")
)
_TELLS_AT = {"junior": frozenset(("action", "check", "lesson")), "senior": frozenset(("reason", "lesson", "figure"))}
_MORE, _AT_LEVEL = 0.2, 0.1
"""What was done, why, and what came of it say more about a person than who and what was there."""
_OF_THE_TERSE = ({OWN: 1.8, OUTCOME: 1.2, EVIDENCE: 1.15}, {OUTCOME: 1.8, EVIDENCE: 1.2, OWN: 1.15})
"""First what they did, then what came of it."""
_OF_THE_THIN = {EVIDENCE: 1.35, OUTCOME: 1.3, OWN: 1.2}
_BESIDE = 0.8  # of its usual worth has a point that only adds detail to a thin answer
_MATTER = re.compile(r"\b(?:what|which|who) (?:the |an? )?(?:\w+ ){1,3}(?:was|were)(?: about)?\W*$", re.IGNORECASE)
_FIRST_WORD = re.compile(
    r"^(?:clearly |at least )?(say|name|give|explain|mention|describe|show|use|state|tell|identifie|discusse|recognise|"
    r"recognize|know)s\b",
    re.IGNORECASE,
)


def kinds(point: str, asked: str) -> frozenset[str]:
    """Which of OWN, EVIDENCE and OUTCOME a point is about, by its words and by the question that asks for it."""
    if point in structure.POINTS:
        return frozenset({_POINTS[point]} if point in _POINTS else ())
    names = {aspect.name for aspect in wanted_by(point.split(" and ")[0]).aspects}  # what it asks for first
    return frozenset(kind for kind in _ASPECTS if names & _ASPECTS[kind] or _ASKED_SO[kind].search(asked))


def is_core(point: str, asked: str) -> bool:
    """Whether it is about their own action or what came of it: the least that an account has."""
    return bool(kinds(point, asked) & {OWN, OUTCOME})


def is_evidence(point: str, asked: str) -> bool:
    """Whether it is about what was noticed, why, or how they knew."""
    return EVIDENCE in kinds(point, asked)


def is_matter(point: str, asked: str) -> bool:
    """Whether it is only about what the matter or who the other was: whoever tells of it has told that."""
    return bool(_MATTER.search(parts(point)[0])) and not kinds(point, asked)


def only_names(answer: str) -> bool:
    """Whether it has some words of content, but so few that it names a matter and tells nothing of it."""
    deed = any(structure.ACTION in told for told in structure.roles(answer.split("\n")))
    return 0 < len(content(answer)) <= FEW_WORDS[0 if deed else 1]


def names_something(answer: str) -> bool:
    """Whether at least two words of content name what it was about."""
    return len(content(answer)) > 1


def is_hard_to_read(point: str) -> bool:
    """Whether words hardly tell if it was shown: what something cost a person is said in a thousand ways."""
    return "cost" in {aspect.name for aspect in wanted_by(point).aspects}


def is_thin(answer: str, points: int) -> bool:
    """Whether so few words of content can hardly have shown most of so many points."""
    return len(content(answer)) < THIN * points


def is_terse(answer: str) -> bool:
    """Whether each part of an answer, one a line, is a few words."""
    return all(len(said.split()) <= TERSE_WORDS for said in answer.split("\n"))


def worth(point: str, place: int, level: str) -> float:
    """Of asking for a point after an answer of some length; `place`: its place among the question's points."""
    names = {aspect.name for aspect in wanted_by(point).aspects}
    more = _MORE * bool(names & _TELLS_MUCH) + _AT_LEVEL * bool(names & _TELLS_AT.get(level, frozenset()))
    return _IN_ORDER[min(place, len(_IN_ORDER) - 1)] + (more if place else 0.0)


def worth_when_thin(point: str, asked: str, place: int, level: str, terse: bool, again: bool) -> float:
    """As `worth`, after a thin answer: own action, evidence and outcome go before everything else."""
    weights = _OF_THE_TERSE[again] if terse else _OF_THE_THIN
    usual = worth(point, place, level)
    return max((weights[kind] for kind in kinds(point, asked)), default=0.0) or _BESIDE * usual


def missing(point: str, hardly: bool) -> str:
    """What an answer left open, for a recruiter: "The answer did not yet say how the cause was found." """
    said = "did not clearly" if hardly else "did not yet"
    head = parts(point)[0].strip(" .,")
    match = _FIRST_WORD.match(head) if about_an_answer(point) else None
    if match is None:
        return f"The answer {said} show this: {head}."
    verb = match.group(1).lower()
    verb = {"identifie": "identify", "discusse": "discuss"}.get(verb, verb)
    return f"The answer {said} {verb}{head[match.end() :]}."
