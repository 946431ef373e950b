"""Whether a text asks two things: two joined questions, or two occasions in one."""

from __future__ import annotations

import re

_WH = r"(?:what|why|how|who|whom|whose|where|when|which)"
_AUX = r"(?:do|did|does|is|are|was|were|have|has|had|will|would|can|could|should|might|may|am)"
_SUBJECT = (
    r"(?:you|your|he|she|it|they|their|the|that|this|those|these|we|our|people|others|everyone|everybody|anyone|a|an|"
    r"his|her|its|each|everyone|everybody|all|most|some|both)"
)
_GAP = r"(?: (?!(?:i|you|we|they|it|he|she|that)\b)\w+){0,4}?"
_ASKS = rf"(?:{_WH}{_GAP} {_AUX} (?:not )?{_SUBJECT}\b|{_AUX} (?:not )?{_SUBJECT} )"
_WHO_DID = (
    rf"(?:who|what|which(?: \w+){{1,2}}) (?:else )?(?!(?:else|{_AUX}|then|that)\b)"
    r"(?:made|led|\w+(?:ed|t|ew|ld|me|nt|ok|an|ve))\b"
)
_TELL = (
    r"(?:tell|describe|explain|walk|give|talk|share|show|say|name|outline|take|list|go into|go through|elaborate|"
    r"compare|discuss|reflect|think of|think about|expand on)"
)
_JOIN = (
    r"(?:and also|and then|as well as|and|or|but|plus|also|then|along with|while)"
    r"(?: (?:also|then|finally|secondly|lastly|so|perhaps|maybe|even|equally|in particular|if so|afterwards|in the end|"
    r"looking back))?"
)
_NOT_AFTER_WH = r"(?<!what )(?<!where )(?<!when )(?<!how )(?<!who )(?<!why )"
_PREPOSITION = r"(?:(?:in|at|with|for|to|by|from|on|of|about|during|after) )?"
_FIRST = re.compile(rf"{_PREPOSITION}(?:{_ASKS}|{_WHO_DID}|(?:who|what) {_AUX} \w+|{_TELL}\b)")
_SECOND = re.compile(
    rf"\b{_NOT_AFTER_WH}{_JOIN} {_PREPOSITION}(?:{_WH}{_GAP} {_AUX} (?:not )?{_SUBJECT}\b|{_WHO_DID}|{_AUX} (?:not "
    rf")?you\b"
    rf"|(?:what|who) {_AUX} (?:have|be|been|make|help|happen|go|come|change|cause)\b)"
)
_TOLD_TWICE = re.compile(
    rf"\b(?:{_TELL}|{_AUX} you)\b.* (?:and|then|also|plus) (?:also |then |please |finally )*"
    r"(?:tell (?:me|us)|describe|explain (?:how|why|what|the|your|to)|walk (?:me|us)|give (?:me|us)|"
    r"talk (?:me|us|about)|say (?:how|why|what)|share (?:how|what|why|your|an?)|outline|elaborate|list|discuss|"
    r"reflect on|compare)\b"
)
_OCCASION = r"(?:time|occasion|situation|example|case|moment|success|strength|failure|weakness)"
_OR_ELSE = re.compile(
    r"\b(?:or (?:do|did|does|was|were|is|are|would)|and (?:did|does)) "
    r"(?:somebody|someone|anybody|anyone|another|other|the|they|he|she|it|your)\b"
    r"|\band (?:do|is|are|was|were|will|would|can|could|has|have) (?:they|it|he|she|you|that)\b"
)
_TWO_OCCASIONS = re.compile(
    rf"\b(?:an? |one ){_OCCASION}\b.* (?:and|as well as|plus|or) (?:also )?(?:about )?(?:an?|one|another) (?:\w+ )?"
    rf"{_OCCASION}\b|\bstrengths? (?:and|or) (?:\w+ )?weakness\w*"
    r"|\bsuccess(?:es)? (?:and|or) (?:\w+ )?(?:failures?|mistakes?)\b|\bbest and (?:your |the )?worst\b"
)
_TOLD_ALSO = re.compile(
    r"\band also (?:what|how|why|when|where|who|which)\b(?= (?:you|it|they|he|she|the|your|would|did)\b)"
)
_TELL_TWO = re.compile(
    r"\b(?:describe|explain|outline|discuss|compare|tell (?:me|us)|talk me through|walk me through)\b.*"
    r" and (?:also |then )?(?:say|explain|describe|name|list|outline|compare|tell (?:me|us))\b(?! why$)"
)
_TWO_QUALITIES = re.compile(
    r"\b(?:are|were) you (?:an? )?(?:\w+ )?\w+ (?:and|or) (?:also )?"
    r"(?:able|good|willing|comfortable|experienced|happy|ready|used|familiar)\b"
    r"|\b(?:do|did|have|can|could|would) you \w+ .*\band (?:do|did|have|can|could|would|are|were) you\b"
)


def joined(asked: str) -> tuple[int, int] | None:
    """Where the second question stands in one sentence of plain words, or None. A short "and why" is no second."""
    for pattern in (_SECOND, _OR_ELSE, _TOLD_TWICE, _TOLD_ALSO):
        for match in pattern.finditer(asked):
            before = asked[: match.end() if pattern is _TOLD_TWICE else match.start()]
            if _FIRST.search(before) and " between " not in f" {before} ":
                return match.span()
    for pattern in (_TWO_OCCASIONS, _TWO_QUALITIES, _TELL_TWO):
        if found := pattern.search(asked):
            return found.span()
    return None
