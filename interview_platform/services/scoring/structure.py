"""Clarity of content: three points that an account of something that happened can show, whatever the question was.

They are looked for in answers to questions about the past (`fits`). They ask what is said (the situation, the
speaker's own action, what came of it), never how it sounds: accent, fluency, grammar and fillers play no part.
`shows` reads them from plain signs in a sentence, deterministically.
"""

from __future__ import annotations

import re

NAME = "Clear, structured answers"
SITUATION = "Says what the situation was"
ACTION = "Says what they did themselves"
RESULT = "Says what came of it"
POINTS = (SITUATION, ACTION, RESULT)

ANCHORS = {
    "1": "Answers do not say what happened, what was done, or what came of it.",
    "2": "One of the three is said now and then; a listener has to guess the rest.",
    "3": "Most answers say part of it: often the action, seldom the situation or the result.",
    "4": "Most answers say two of the three clearly.",
    "5": "Most answers say the situation, the own action and the result.",
}

_PAST = (
    r"(?:\w{2,}ed|was|were|had|did|made|built|wrote|found|took|gave|led|ran|got|went|began|kept|told|asked|brought|"
    r"chose|taught|saw|set|put|cut|split|sent|spoke|spent|held|met|left|drew|drove|knew|thought|came|read|sold|won|"
    r"lost|shut|caught|understood|stood)"
)
SITUATION_SIGNS = (
    r"\b(when (?:i|we|the|our|a|my|one)|last (?:year|month|week|summer|winter|spring|autumn|quarter|night)|"
    r"(?:at|in|on) my (?:\w+ ){0,2}(?:job|company|team|role|ward|unit|hospital|project|position|employer|clinic|"
    r"shop)|"
    r"(?:one|a) (?:day|night|morning|evening|time|customer|client|patient|colleague|case|service|project|team)\b|"
    r"once\b|(?:a|two|three|four|few|couple of|\d+) (?:years?|months?|weeks?) ago|in (?:19|20)\d\d|"
    r"we (?:had|were|needed|wanted|used to)|there (?:was|were)|i was (?:working|responsible|asked|on|the|a)|"
    r"the (?:problem|situation|issue|task|goal|challenge|background|context) was|our \w+ (?:was|were|had|kept))"
)
ACTION_SIGNS = (
    rf"\b(?:i|we)(?: \w+ly| then| also| first| just| simply| always)* (?:and )?{_PAST}\b|"
    r"\bmy (?:part|role|job|task) was\b|\b(?:so|then|first|next|finally|after that),? i\b"
)
_NO_ACTION = re.compile(
    r"\b(?:i|we) (?:was|were|had|did|knew|thought|saw|got|went|came|read|needed|wanted|liked|used to|worked)\b",
    re.IGNORECASE,
)
RESULT_SIGNS = (
    r"\b(as a result|in the end|afterwards|since then|after that,? (?:the|we|it|no)|the (?:result|outcome|effect) |"
    r"(?:led|leading) to|which (?:meant|cut|saved|reduced|improved|let|made|brought|gave|stopped|fixed)|"
    r"so that|it (?:worked|helped|fixed|solved|stopped|never happened)|never happened again|ever since|"
    r"(?:fell|dropped|rose|grew|went|came|improved|decreased|increased|reduced|cut|shrank|doubled|halved) "
    r"(?:\w+ ){0,4}?(?:by|from|to|down|up|about|a|in half)|"
    r"by (?:about |around |over |almost |more than )?(?:\d+|half|a third|ten|twenty|thirty|forty|fifty|sixty) ?(?:%|"
    r"percent|per cent)?|"
    r"i learn(?:ed|t)|we (?:won|saved|shipped|delivered|finished|gained|closed|hit|met)|"
    r"(?:renewed|recovered|went home|signed|no (?:further|more|other) \w+))"
)
_SITUATION = re.compile(SITUATION_SIGNS, re.IGNORECASE)
_ACTION = re.compile(ACTION_SIGNS, re.IGNORECASE)
_RESULT = re.compile(RESULT_SIGNS, re.IGNORECASE)

_ABOUT_PAST = re.compile(
    r"\b(?:tell (?:me|us)(?: more)? about|a (?:time|situation|moment|case)|an? (?:\w+ )?example|walk (?:me|us) "
    r"through|did you|have you|"
    r"you(?:'ve| have)? (?:\w+ed|were|had|built|led|ran|made|wrote)|was|were|last|one of yours)\b",
    re.IGNORECASE,
)


def fits(question: str) -> bool:
    """Whether a question asks for something that happened; "How would you …" has no situation and no result."""
    return bool(_ABOUT_PAST.search(question)) and not re.search(r"\b(?:would you|imagine|suppose)\b", question, re.I)


def shows(point: str, sentence: str) -> bool:
    """Whether a sentence shows one of POINTS by its form. Raises KeyError for any other point."""
    if point == ACTION:
        return any(not _NO_ACTION.match(m.group()) for m in _ACTION.finditer(sentence))
    return bool({SITUATION: _SITUATION, RESULT: _RESULT}[point].search(sentence))
