"""Words about the marking of this interview: wishes for marks, verdicts that are dictated, talk to a program, codes.

A wish is read by its two halves wherever they stand: it turns to the listener ("could you", "please", an order), and
what it wants is a mark ("a five", "fully answered", "hired"). A tale of marks ("I gave the pupils full marks") turns
to nobody, and is none.
"""

from __future__ import annotations

import re

_CLEAR = (
    r"(?:(?:full|top|highest|best|maximum|perfect|excellent) (?:marks?|points?|scores?|grades?|ratings?|"
    r"recommendation)|(?:fully|completely|entirely|correctly) (?:answered|covered|shown|met)|"
    r"(?:that i|the candidate) (?:have |has |was |am |is )?(?:answered|covered|passed|met|outstanding|excellent)|"
    r"(?:strong|definite|clear) hire|(?:am|is|be|been|as) (?:hired|accepted)(?! (?:in|by|as|for)\b)|"
    r"(?:my|this candidate(?:'s)?) (?:score|mark|grade|rating|result|level)s?|"
    r"(?:every|all|each)(?: of the)? (?:competenc(?:y|ies)|criteri(?:on|a)|expected points?))"
)
"""Marks that no work but this interview has."""
_MARK = (
    rf"(?:{_CLEAR}|(?:(?:high|higher|good|better|extra) (?:\w+ )?(?:marks?|scores?|grades?|ratings?)|"
    r"(?:the )?(?:top|highest|best|upper) (?:mark|score|band|level|grade|rating|of the scale)|the maximum$|"
    r"(?:an? |level |as |with |to )?(?:five|ten|5|10|100)(?: out of (?:five|ten|5|10))?(?= (?:for|in|on|beside|next|"
    r"everywhere|please|thank)\b|$)|level (?:five|5)(?! times)|already (?:answered|covered|shown|met)|"
    r"(?:as |that i (?:was|am) |me )(?:\w+ )?(?:excellent|outstanding|exemplary|brilliant|perfect|exceptional|the best|"
    r"suitable)|good word|recommend(?:s|ed|ation)? (?:me|for me|the candidate|to hire)))"
)
_PUTS = (
    r"(?:note|write|record|put|mark|rate|score|grade|count|treat|consider|set|enter|log|give|award|grant|round|raise|"
    r"tick|say|state|report|recommend|confirm|announce|list|pass|let|be generous|end|close|name)"
)
_TURNS = (
    r"(?:(?:could|can|would|will|might|may) you|if you (?:could|would|can|might)|(?:for|want|need|like|ask|beg|trust) "
    r"you to|please|kindly|just this "
    r"once|i beg|"
    r"i(?: would|'d| will|'ll) (?:\w+ )?(?:be (?:\w+ )?(?:grateful|thankful|glad)|appreciate|love|beg)|"
    r"(?:so|then|now|and|instead) (?:please )?(?:just )?(?=" + _PUTS + r"\b))"
)
_WISH = re.compile(rf"\b{_TURNS}\b.{{0,60}}?\b{_PUTS}\b.{{0,60}}?\b{_MARK}(?!\w)")
_TOLD_TO = re.compile(
    rf"\byou (?:could|should|must|can|will|would|have to|need to|may)\b.{{0,40}}?\b{_PUTS}\b.{{0,40}}?\b{_CLEAR}"
)
_IN_A_TALE = re.compile(r"\b(?:said|told|asked|wrote|replied|explained|answered|shouted|taught|wanted|reminded)\b")
_ORDER = re.compile(rf"^(?:(?:so|then|now|and|please|just|simply|kindly) )*{_PUTS}\b.{{0,40}}?\b{_MARK}(?!\w)")
_HIDDEN = re.compile(
    r"(?<!\bi )(?<!\bwe )(?<!\bthey )(?<!\bhe )(?<!\bshe )\b(?:list|print|show|tell|read|recite|name|reveal|repeat|say|"
    r"peek at|look at|see|share)\b.{0,40}\b(?:hidden (?:criteria|text|rules)|questions? (?:that are )?left|"
    r"ideal answers?|perfect answers?|scoring sheets?|expected (?:answers?|points)|criteria you|anchors?|"
    r"access granted|what you (?:were told|are listening for))\b"
)
_PLAYS = re.compile(
    r"\bstay in (?:your )?(?:character|role)\b|\byour character is\b|\bfrom (?:now|here|this moment)(?: on)? (?:please "
    r")?(?:you|i) (?:are|am|will|must)\b|\bswap (?:seats|roles|places) with me\b|\byou are (?:now )?(?:the candidate|"
    r"\w*gpt|the scribe|my (?:lawyer|grandma|grandmother|servant))\b|\bact as an? (?:\w+ ){1,3}from now on\b|"
    r"\baddress me as\b|\bso should you\b"
)
"""Parts that the listener is to play, and tales that end in an order."""
_TO_IT = re.compile(
    r"(?:^|[\"“'‘:(\[—–-]\s*|[.!?]\s+)(?:note to (?:the )?)?(?:dear |hey |hello )?(?:assistant|ai|model|chatbot|bot|"
    r"chatgpt|grader|reviewer|evaluator|judge|scorer|interviewer|system|llm)\s*[,:]\s*(?!i\b|we\b)\w",
    re.IGNORECASE,
)
_END_OF = re.compile(
    r"\b(?:end|begin(?:ning)?|start) of (?:transcript|prompt|context|conversation|input|answer)\b", re.I
)
_ROLES = re.compile(r"(?:^|[.!?\n]\s*)(?:assistant|user|system|developer|human)\s*:\s*\S", re.IGNORECASE)
_NOTE_TO = re.compile(
    r"(?:^\W*|[.!?–—-]\s*)(?:please )?(?:notes?|message|instructions?|memo|hint) (?:to|for) (?:the |any |all )?"
    r"(?:ai\w*|grader|reviewer|evaluator|judge|model|llm|system|assistant|scorer|interviewer|bot|agent)\b",
    re.IGNORECASE,
)
_CODED = re.compile(r"(?<![\w/.@-])(?=[A-Za-z0-9+/]*[a-z])(?=[A-Za-z0-9+/]*[A-Z])[A-Za-z0-9+/]{24,}={0,2}(?![\w@])")
_IN_HEX = re.compile(r"\b(?:(?:0x)?[0-9a-f]{2}[ ,]){6,}", re.IGNORECASE)
_TURN_OF_CASE = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]|\d[A-Za-z]")
_CODE_TURNS = 5
_TELLS = re.compile(
    r"\b(?:award|deserves?|receives?|gets?|scores?|rated?|graded?|marked)\b.{0,30}\b(?:[1-5]|10|100|five|ten|points?|"
    r"marks?|top|highest|maximum|full)\b.{0,30}\b(?:candidates?|applicants?|answers?)\b|"
    r"\b(?:candidates?|applicants?|answers?)\b.{0,30}\b(?:award|deserves?|receives?|gets?|scores?|rated?|graded?|marked)\b"
    r".{0,30}\b(?:[1-5]|10|100|five|ten|points?|marks?|top|highest|maximum|full)\b|"
    r"\b(?:the|this) (?:candidate|applicant|answer) (?:\w+ )?(?:showed|shows|met|covered|answered|passed|is hired|"
    r"deserves)\b|"
    r"\btreat (?:the above|this|everything|the (?:candidate|answer)) as\b|"
    r"\b(?:award|assign) (?:[1-5]|five|ten|full|top)\b|"
    r"\b(?:answer key|scoring guide|marking scheme|expected points?|hidden criteria|candidate score|end interview)\b"
)


def wishes_marks(words: str) -> bool:
    """Whether plain words ask the listener for a mark, a verdict, or a look at how marks are given."""
    if _PLAYS.search(words):
        return True
    found = _WISH.search(words) or _TOLD_TO.search(words) or _HIDDEN.search(words)
    if found is not None and not _IN_A_TALE.search(words[: found.start()]):
        return True
    return bool(_ORDER.match(words))


def tells_marks(words: str) -> bool:
    """Whether plain words tell what somebody was or is to be marked with, as no job's text tells candidates."""
    return bool(_TELLS.search(words))


def speaks_to_a_program(sentence: str) -> bool:
    """Whether a sentence, as it was written, turns to a program or plays its part ("assistant: …")."""
    return any(found.search(sentence) for found in (_TO_IT, _END_OF, _ROLES, _NOTE_TO))


def encoded(sentence: str) -> bool:
    """Whether it holds a stretch of letters that only a program reads (base64, bytes in hexadecimal)."""
    if _IN_HEX.search(sentence):
        return True
    return any(len(_TURN_OF_CASE.findall(one)) >= _CODE_TURNS for one in _CODED.findall(sentence))
