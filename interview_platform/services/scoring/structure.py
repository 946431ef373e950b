"""Clarity of content: three points that an account of something that happened can show, whatever the question was.

They are looked for in answers to questions about the past (`fits`). They ask what is said (the situation, the
speaker's own action, what came of it), never how it sounds: accent, fluency, grammar and fillers play no part.
`roles` reads them from plain signs and from the order of the sentences, deterministically: what stands before the
first deed tells the situation, what others or things did after it tells what came of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

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

PAST = (
    r"(?:\w{2,}ed|was|were|had|did|made|built|wrote|found|took|gave|led|ran|got|went|began|kept|told|asked|brought|"
    r"chose|taught|saw|set|put|cut|split|sent|spoke|spent|held|met|left|drew|drove|knew|thought|came|read|sold|won|"
    r"lost|shut|caught|understood|stood|said|forgot|hung|rode|rang|threw|fell|sat|woke|wore|fed|fought|flew|grew|lent|"
    r"paid|rose|shook|swept|broke|bought|dealt|froze|hurt|laid|sought|stuck|struck|undid|redid|rewrote|rebuilt|withdrew|"
    r"overheard|bent|swore|hid|bit|sank|shrank|stole|tore|slept|cost|meant)"
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
    rf"\b(?:i|we)(?: \w+ly| then| also| first| just| simply| always)* (?:and )?{PAST}\b|"
    r"\bmy (?:part|role|job|task) was\b|\b(?:so|then|first|next|finally|after that),? i\b"
)
_NO_ACTION = re.compile(
    r"\b(?:i|we) (?:was|were|had|did|knew|thought|saw|got|went|came|read|needed|wanted|liked|used to|worked)\b",
    re.IGNORECASE,
)
RESULT_SIGNS = (
    r"\b(as a result|in the end|at the end(?! of)|afterwards|since then|after that,? (?:the|we|it|no)|"
    r"the (?:result|outcome|effect) |"
    r"(?:led|leading) to|which (?:meant|cut|saved|reduced|improved|let|made|brought|gave|stopped|fixed)|"
    r"so that|it (?:worked|helped|fixed|solved|stopped|never happened)|(?:never|not|n't) happen(?:ed|s)? again|"
    r"ever since|"
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

_STATIVE = (
    r"(?:am|is|are|was|were|been|be|have|had|has|can|could|may|might|must|shall|should|do|did|does|don|didn|think|thought|"
    r"guess|know|knew|mean|feel|felt|want|wanted|need|needed|like|liked|love|believe|believed|remember|hope|hoped|see|saw|"
    r"seem|seemed|understand|understood|agree|imagine|suppose|wish|care|get along|prefer|would like|ve|m|re|never|not)"
)
_OWN_DEED = re.compile(
    r"\b(?:i|we)(?:'d|'ll| would| will)? (?:(?:\w+ly|then|also|first|just|simply|once|even|therefore|still) ){0,2}"
    rf"(?!{_STATIVE}\b)(?:{PAST}|(?:make|put|take|call|ask|tell|say|give|write|look|go|show|check|stop|bring|send|talk|"
    r"speak|help|find|move|change|use|start|count|compare|wash|sit|let|keep|explain|draw|test|build|set)\b)"
    rf"|\b(?:i|we)(?:'d| had| have|'ve) (?:\w+ly )?(?!{_STATIVE}\b){PAST}\b|\bi had the \w+ \w+(?:ed|en)\b"
    rf"|\b(?:and|then|so) (?:\w+ly )?(?!{_STATIVE}\b){PAST}\b.*\b(?:myself|him|her|them|it)\b",
    re.IGNORECASE,
)
_HABIT = re.compile(
    r"\b(?:always|usually|generally|normally|everybody|everyone|every company|one should|people should|you have to|"
    r"it depends|in general|the most important)\b",
    re.IGNORECASE,
)
_BEGINS_WITH_SELF = re.compile(
    r"^(?:(?:so|and|but|then|well|um|uh|oh|first|also|okay|yes|no|right|honestly)[ ,]+)*(?:i|i'\w+)\b", re.IGNORECASE
)
_HAPPENED = re.compile(rf"\b{PAST}\b|\b(?:has|have|is|are) (?:\w+ )?\w+(?:ed|en)\b|n't\b", re.IGNORECASE)
_STANDS = re.compile(
    r"^(?:(?:so|and|but|then)[ ,]+)?(?:since|now|today|these days|from then|ever since|after (?:that|this|one|two|a)|"
    r"in the end|finally|afterwards|nobody|all|both|no)\b|\b(?:now|since then|these days|ever since|any more|by now)\b",
    re.IGNORECASE,
)


_MAXIM = re.compile(
    rf"{_HABIT.pattern}|\b(?:never|whoever|nobody|somebody|one|people|by (?:itself|themselves)) \w+", re.IGNORECASE
)
_OWN = re.compile(r"\b(?:i|we|my|our|me|us)\b", re.IGNORECASE)
_PAST_TENSE = re.compile(rf"\b{PAST}\b", re.IGNORECASE)


def is_maxim(sentence: str) -> bool:
    """Whether it says how things are in general: nobody of "I" and "we" in it, and nothing past."""
    return bool(_MAXIM.search(sentence)) and not _OWN.search(sentence) and not _PAST_TENSE.search(sentence)


def roles(sentences: Sequence[str]) -> list[frozenset[str]]:
    """Which of POINTS each sentence of one answer tells, in order."""
    deeds = [_tells_deed(sentence) for sentence in sentences]
    first = deeds.index(True) if True in deeds else len(deeds)
    found = []
    for place, sentence in enumerate(sentences):
        told = {ACTION} if deeds[place] else set()
        others = bool(_HAPPENED.search(sentence)) and not _BEGINS_WITH_SELF.search(sentence)
        if _SITUATION.search(sentence) or (place <= first and others and not _HABIT.search(sentence)):
            told.add(SITUATION)
        if _RESULT.search(sentence) or (place > first and (others or _STANDS.search(sentence))):
            told.add(RESULT)
        found.append(frozenset(told))
    return found


def says(point: str, sentence: str) -> bool:
    """Whether a sentence says one of POINTS outright, whatever its place in the answer."""
    if point == ACTION:
        return any(not _NO_ACTION.match(match.group()) for match in _ACTION.finditer(sentence))
    return bool((_SITUATION if point == SITUATION else _RESULT).search(sentence))


def _tells_deed(sentence: str) -> bool:
    if says(ACTION, sentence):
        return True
    return bool(_OWN_DEED.search(sentence)) and not _HABIT.search(sentence)


_ABOUT_PAST = re.compile(
    r"\b(?:tell (?:me|us)(?: more)? about|a (?:time|situation|moment|case)|an? (?:\w+ )?example|walk (?:me|us) "
    r"through|did you|have you|"
    r"you(?:'ve| have)? (?:\w+ed|were|had|built|led|ran|made|wrote)|was|were|last|one of yours)\b",
    re.IGNORECASE,
)


_NOT_PAST = re.compile(
    r"\b(?:would you|imagine|suppose)\b|^(?:what|how|which|where|when|who|why)\b[^.]* (?:do|will|are|can|should) you\b",
    re.IGNORECASE,
)


def fits(question: str) -> bool:
    """Whether a question asks for something that happened; "How would you …" has no situation and no result."""
    return bool(_ABOUT_PAST.search(question)) and not _NOT_PAST.search(question)
