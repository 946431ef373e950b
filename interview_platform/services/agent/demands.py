"""What a question demands beyond its words: another time, a comparison, somebody's own words, a number of applicants.

Such a demand stands in words that mean nothing in most questions ("next", "later", "think"), and a sentence on the same
matter without it is a neighbour of the answer, not the answer. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_COUNTRIES = (
    "Ireland|Germany|France|Spain|Portugal|Italy|Netherlands|Belgium|Austria|Switzerland|Sweden|Norway|Denmark|Finland|"
    "Poland|Hungary|Romania|Bulgaria|Greece|Turkey|Canada|Mexico|Brazil|Australia|New Zealand|India|Thailand|"
    "Bali|Japan|"
    "China|Dubai|America"
)


@dataclass(frozen=True)
class _Demand:
    """A form of question, and what a sentence must hold for it (made from the match)."""

    asks: re.Pattern[str]
    holds: Callable[[re.Match[str]], str]


def _demand(asks: str, holds: str | Callable[[re.Match[str]], str]) -> _Demand:
    made = holds if callable(holds) else lambda _: holds
    return _Demand(re.compile(asks, re.IGNORECASE), made)


def _itself(found: re.Match[str]) -> str:
    return rf"\b{re.escape(found.group(1))}"


def _verb(found: re.Match[str]) -> str:
    return rf"\b{re.escape(found.group('verb').lower().rstrip('s'))}"


_DEMANDS = (
    # a year, or a time other than the page's own present
    _demand(r"(?<![\d£$€.,])((?:19|20)\d\d)\b", _itself),
    _demand(r"\bnext (?:year|summer|winter|spring|autumn|season|decade)\b", r"\bnext \w+|\bfrom \w+ on\b"),
    _demand(
        r"\blast (?:year|time|month|summer|winter|spring|june|july|december|christmas|person|holder)\b|"
        r"\b(?:years?|months?) ago\b|\bthe year before\b",
        r"\blast \w+|\bago\b|\bin (?:19|20)\d\d\b|\bprevious\w*|\bbefore\b",
    ),
    _demand(
        r"\bin (?:\w+ )?(?:two|three|four|five|ten|\d+) years?(?: time)?\b|\bstill (?:be|have|pay|exist)\b",
        r"\b(?:by|until|from) (?:19|20)\d\d\b|\bin \w+ years\b|\bplans?\b|\bwill\b|\bpermanent",
    ),
    _demand(
        r"\b(?:person|one|holder|colleague) (?:who (?:did|had|was)|before (?:me|this|that))|\bpredecessor\b",
        r"\b(?:previous\w*|predecessor|before|left|leav\w+|retir\w+|replac\w+|moved)\b",
    ),
    # something else than what is offered
    _demand(r"\b(?:a|one|two|few|\d+)? ?(?:day|week|month|year|hour)s? (later|earlier|sooner)\b", _itself),
    _demand(r"\b(later|earlier|sooner|longer|shorter) than (?:that|this|it|the)\b", _itself),
    _demand(
        r"\b(?:better|worse|more|less|higher|lower|bigger|smaller|nicer|faster|cheaper) (?:\w+ )?than (?!normal|"
        r"usual|on )|"
        r"\bcompared? (?:to|with)\b",
        r"\bthan\b|\bcompar\w+|\b(?:above|below|over) (?:the )?\w+|\baverage\b|\bmore\b|\bhigh(?:er|est)\b|\bup to\b",
    ),
    # what a person thinks or says
    _demand(
        r"^what (?:does|did|do|will|would|has) (?!(?:you|i|we|they|the (?:company|job|role|team|firm)|your|a|an)\b)"
        r"(?:the |your |my )?(?:[\w'’-]+ ){1,3}?(?P<verb>thinks?|says?|asks?|expects?|wants?|likes?|feels?)\b",
        _verb,
    ),
    _demand(r"^what (?:does|did|do|would|has) (?:they|the (?:team|company|staff)) (?P<verb>think|feel|say)\b", _verb),
    # what a thing holds, is about or is like: that it exists does not tell
    _demand(
        r"^what (?:does|do|did|will|would) .*\b(?:include|cover|contain|consist)\b",
        r"\binclud|\bcover(?:s|ing)\b|\bcontain|"
        r"\bconsist|\bsuch as\b|:|\bmade of\b|\bfor example\b",
    ),
    _demand(
        r"^what (?:is|are|was|were) (?:the |your )?(?:[\w-]+ ){1,3}(?:about|made of)$",
        r"\babout\b|\bin which you\b|\bwhere you\b",
    ),
    _demand(r"^what (?:was|were) .*\blike\b", r"\b(?:was|were)\b"),
    _demand(r"^what(?: is|'s)? for (lunch|dinner|breakfast)\b", r":|\bsoup|\bsuch as\b|\bvegetarian\b"),
    _demand(r"^which \w+ (?:is it|are they|exactly|do you use)\b", r"(?-i:[a-z,;] [A-Z]\w)|:"),
    # what is to come
    _demand(r"\bplans? to\b|\bplanning to\b", r"\bplan|\bwill\b|\bgoing to\b|\bby 20\d\d\b|\bnext\b|\bsoon\b"),
    _demand(
        r"\b(?:salary|pay|wages?) (?:go(?:es)? up|rises?|increases?|grows?)\b",
        r"\bris(?:e|es|ing)\b|\bincreas|\breview|\braise|"
        r"\bstep|\bgrow|\bgoes up\b",
    ),
    _demand(
        rf"\b(?:from|in|to) ({_COUNTRIES})\b",
        lambda found: rf"\b{found.group(1)}\b|\banywhere\b|\babroad\b|\bworldwide\b",
    ),
    # how many others want the job
    _demand(
        r"\bhow many (?:\w+ ){0,5}(?:appl(?:y|ying|ied|icants?)|candidates?|(?:on|in) the (?:short ?list|running)|"
        r"competi\w+|interviewed|interviewing)\b",
        r"\b(?:applicants?|applied|apply|candidates|short ?list\w*|interviewed)\b",
    ),
)


def met(question: str, text: str) -> bool:
    """Whether a text (a sentence in its context) holds everything that the question demands in such a form."""
    question = question.strip(" ?.!")
    for demand in _DEMANDS:
        found = demand.asks.search(question)
        if found and not re.search(demand.holds(found), text, re.IGNORECASE):
            return False
    return True
