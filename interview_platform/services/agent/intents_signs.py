"""Signs in plain words that keep the nearest examples from going wrong: deeds told, somebody's doings, orders, cues.

Read on plain words (see intents_plain), by intents_nearest. Pure.
"""

from __future__ import annotations

import re

_ASKING = re.compile(
    r"\b(?:do|does|did|should|shall|may|can|could|is|are|was|were|would|will|am|have|has|what|which|who|when|where|how|"
    r"why|tell|know|you mean)\b"
)
_UNDERSTANDING = re.compile(
    r"\b(?:i|i'm|me|you|your|you're|question|words?|term|mean\w*|explain|underst\w+|simpl\w+|clear\w*|plain\w*|please|"
    r"sorry|language)\b"
)
_TALK = (
    r"(?:said|told|heard|lost|missed|forgot|got|had|was|were|wanted|needed|answered|mentioned|explained|signed|"
    r"promised|misspoke|mixed|confused|passed|drifted|finished|did|stopped|asked|applied|decided|changed|covered|"
    r"found out)"
)
_OTHERS = r"(?:him|her|them|my (?!mind)|our|the (?!same|question|interview)|an?|people|every\w+)"
_PAST = (
    r"(?:\w{2,}ed|built|wrote|made|found|led|ran|took|gave|set|put|cut|chose|brought|taught|held|kept|drew|grew|sold|"
    r"won|spent|dealt|drove|split|went|came|saw|met|sat|stood|spoke|let|sent|paid|bought|began|fed|hung|learnt|read)"
)
_DEED = re.compile(
    rf"\b(?:i|we)(?: (?:also|then|just|simply|only|first|always|once|never|both))* (?!{_TALK}\b){_PAST}\b"
)
_DEALT = re.compile(
    rf"\b(?:i|we) (?:\w+ )?(?:told|asked|promised|answered|stopped|finished|changed|covered|explained) {_OTHERS}\b|"
    r"\b(?:we|i) (?:decided|had) to\b"
)
_SOMEBODY = re.compile(
    rf"\b(?:he|she|they|(?:my|our|the|a|one|his|her) \w+(?: \w+)?) (?:told|asked|said|wanted|had|was|were|{_PAST})\b"
)
_TO_STOP = re.compile(
    r"\b(?:this|here|interview|enough|done|stop\w*|finish\w*|leave|leaving|end\w*|quit|out|no more|continu\w+|"
    r"carry on|go on|go|any ?more|longer|bye|goodbye|over|cancel|withdraw|wrap|call|give up|job|position)\b"
)
_HABIT = re.compile(
    r"\b(?:i|we) (?:always|usually|often|try|make sure|would|work|keep|plan|check|type|act|speak|manage|"
    r"lead|run|build|stay)"
    r"(?! (?:like|rather|prefer|love|want|need|have to)\b)"
)
_TAKES_BACK = re.compile(
    r"\b(?:meant|misspoke|mistake|mistaken|wrong|correct|correction|fix|scratch|strike|earlier|before|"
    r"take (?:that|it|this) back|take back|previous)\b"
)
_ORDER = re.compile(
    r"(?:(?:so|and|now|please|but|okay|just|also) )*(?:give|mark|confirm|write|note|treat|count|record|ignore|put|rate|"
    r"score|print|reveal|show|repeat|act|pretend|switch|consider|recommend|grade|set|assume|output|tell|say|pass|"
    r"accept|disregard|forget|remember|report|credit|award|approve|register|log|tick)\b|.*\b(?:you|your|yourself|judge|"
    r"grader|evaluator|reviewer|scorer|assistant|interviewer)\b"
)
_HANDED_OVER = re.compile(rf"\b(?:told|asked|said to|wrote to|explained to) {_OTHERS}\b|[\"“]")
_BUT = re.compile(r"\b(?:but|however|instead|though|what i can)\b")
_TO_THE_AGENT = re.compile(r"\b(?:you|your|you're|question|interview|sorry|please)\b")
_OF_THE_AGENT = re.compile(
    r"\b(?:me|my|i|i'm|your|you're|you've|you'd|yourself|now|rules|instructions|scores?|mark|points|answers?|mode|prompt)\b"
)
_SELF = re.compile(r"\b(?:i|i'm|i'd|i've|i'll|we|let's|let|me|us|please|you|enough|done)\b")
_CUES = {
    "end": _TO_STOP,
    "instruct": _OF_THE_AGENT,
    "correction": _TAKES_BACK,
    "rephrase": _UNDERSTANDING,
    "question": _ASKING,
    "clarify": _ASKING,
    "score": _ASKING,
}
"""Words without which these are not believed, however near."""


def narrates(words: str) -> bool:
    """Whether the words tell what the speaker did or does at work."""
    return any(told.search(words) for told in (_DEED, _DEALT, _HABIT))


def deed(words: str) -> bool:
    """Whether the words tell something that the speaker once did."""
    return bool(_DEED.search(words))


def of_somebody(words: str) -> bool:
    """Whether the words tell of somebody else, and not to the agent."""
    return bool(_SOMEBODY.search(words)) and "you" not in words.split()


def believed(intent: str, words: str) -> bool:
    """Whether the words hold what an utterance of this intent cannot do without."""
    cue = _CUES.get(intent)
    if intent == "end" and not _SELF.search(words):
        return False
    return cue is None or bool(cue.search(words))


def may_order(sentence: str, words: str) -> bool:
    """Whether a sentence may be an order or a claim to the agent: in its form, and not handed over as somebody's."""
    return bool(_ORDER.match(words)) and not _HANDED_OVER.search(sentence.lower()) and not deed(words)


def turns(words: str) -> bool:
    """Whether a "but" follows: what stands before it is not the whole."""
    return bool(_BUT.search(words))


def to_the_agent(words: str) -> bool:
    """Whether the words look like talk to the agent."""
    return bool(_TO_THE_AGENT.search(words))
