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
_HEARING = re.compile(
    r"\b(?:i|i'm|i've|me|you|your|you're|question|repeat|again|sorry|pardon|please|hear|heard|catch|caught|missed|sound|"
    r"audio|voice|connection|broke|cut|frozen?|lag\w*|louder|(?:line|signal|network) (?:is|was|went)|come again|"
    r"what was|last (?:bit|part|word))\b"
)
_OWN_VOICE = re.compile(
    r"\b(?:i|i'm|i've|i'd|me|my|this|you're|interview\w*|questions?|ai|robot|bot|machine|computer|human|process|unfair|"
    r"ridiculous)\b"
)
_GIVES_REASON = re.compile(r"(?:(?:well|so|and|just|mostly|mainly) )*(?:because|since|so that|in order to|therefore)\b")
_ANYBODY = re.compile(
    r"you (?!are|were|have|had|did|do|don't|can|can't|could|said|say|asked|ask|told|tell|want|mean|sound|just|keep|"
    r"already|really|know|never)\w+ "
)
_ENDS_IT = re.compile(
    r"\b(?:that(?:'s| is| was) (?:all|it|everything|the whole|really all)|nothing|no more|not much more|anything else|"
    r"more (?:than|on|to|from) (?:that|this|it|me)|said|told|mentioned|trust me|look (?:it|that) up|go on|stop)\b"
)
_CUES = {
    "repeat": _HEARING,
    "moment": _SELF,
    "complaint": _OWN_VOICE,
    "end": _TO_STOP,
    "instruct": _OF_THE_AGENT,
    "correction": _TAKES_BACK,
    "rephrase": _UNDERSTANDING,
    "question": _ASKING,
    "clarify": _ASKING,
    "score": _ASKING,
}
"""Words without which these are not believed, however near."""
_ASKED_OF_THE_AGENT = frozenset({"repeat", "rephrase", "moment", "complaint"})
_PLEA = (
    r"(?:explain|repeat|rephrase|say|tell|can|could|would|will|may|please|sorry|that|it|this|there|what|is|are|am|do|"
    r"does|did|don't|didn't|can't|not|put|ask|clarify|read|show|help|have|know|mean|if|but|so|well|i'm|the)"
)
_NOT_UNDERSTOOD = re.compile(
    rf"(?:(?:i|we|you|then|and|just|first|always|usually) )*(?!{_PLEA}\b)\w+ (?:\w+ ){{0,4}}?"
    r"(?:what|whatever|everything|anything|things?|parts?|bits?|code|those|words) (?:that )?"
    r"(?:i|we|you|nobody|no one|one|people) "
    r"(?:(?:do|does|did|can|could) not |don't |can't |cannot |never )?understands?\b"
)
"""Something is done with what is not understood: "delete what I do not understand" asks for no other words."""
_TOGETHER = re.compile(r"\b(?:we|they|he|she) \w+")
"""What "we" or others do is told, not asked for."""


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
    if intent in _ASKED_OF_THE_AGENT and (_GIVES_REASON.match(words) or _TOGETHER.search(words)):
        return False
    if intent == "rephrase" and _NOT_UNDERSTOOD.match(words):
        return False
    if intent == "end" and not _SELF.search(words):
        return False
    return cue is None or bool(cue.search(words))


def ends_it(words: str) -> bool:
    """Whether the words say that there is no more to tell, in whatever way."""
    return bool(_ENDS_IT.search(words))


def may_order(sentence: str, words: str) -> bool:
    """Whether a sentence may be an order or a claim to the agent: in its form, and not handed over as somebody's."""
    return bool(_ORDER.match(words)) and not _HANDED_OVER.search(sentence.lower()) and not deed(words)


def turns(words: str) -> bool:
    """Whether a "but" follows: what stands before it is not the whole."""
    return bool(_BUT.search(words))


def to_the_agent(words: str) -> bool:
    """Whether the words look like talk to the agent; "you hear a click" and "because you …" tell something."""
    return bool(_TO_THE_AGENT.search(words)) and not (_GIVES_REASON.match(words) or _ANYBODY.match(words))
