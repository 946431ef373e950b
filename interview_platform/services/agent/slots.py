"""Plain facts that are asked for in many words: how many of something, where, to whom one reports. Pure.

A slot names the form of the question and the form of its answer. Words that only carry such a question ("look after",
"share", "actually be based") are free; every other word must still be accounted for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from interview_platform.services.agent import answer_kinds, asking
from interview_platform.services.agent.accounting import Query
from interview_platform.services.agent.passages import Piece

_CARRIES = (
    "alongside beside besides round whereabouts outfit altogether run runs share shares join belong look looks after "
    "care cares manage manages operate answer report reporting reports under above supervise boss chief superior based "
    "located situated site workplace come comes serve serves oversee cover covers keep together strong own side "
    "actual physically geographically exact location charge directly line live"
)
_WHERE = r"^(?:where\w*|(?:in )?(?:which|what) (?:city|town|place))\b"
_PLACES = (
    r"(?:surger(?:y|ies)|clinics?|practices|shops?|stores?|branches|sites?|offices?|locations|schools|nurseries|homes|"
    r"hospitals|warehouses|depots|studios|workshops|bakeries|restaurants|cafés?|hotels|centres|plants|garages|salons|"
    r"pharmacies|kitchens|farms|yards|ports|stations)"
)
_ROUNDS = r"(?:rounds?|stages?|steps|interviews?|conversations?|visits?|calls?|talks?|meetings?|trial (?:shift|day))"
_NUMBER = r"(?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|several)"
_PEOPLE = re.compile(r"^(?:people|colleagues|others|staff|employees|persons|team ?mates|members|folks?)$")
_WHICH = re.compile(r"(?:which|what) (\w{3,}) (?:are|is|do|does|would|will)\b(?! (?:the|it)\b)", re.IGNORECASE)
_WHERE_ARE = re.compile(r"where(?:abouts)? (?:is|are) (?:your|the|all your) (\w+)\b", re.IGNORECASE)
_PAST = re.compile(
    r"\b(?:was|were|did|had|previous\w*|former|used to|last (?:year|month|week|person))\b", re.IGNORECASE
)
_MANY = re.compile(r"\bhow many (?:other |more |different |of (?:the|your) )?((?:[\w-]+ ){0,2}?[\w-]+s|people|staff|"
                   r"children|men|women)\b", re.IGNORECASE)  # fmt: skip
_OF_A_PART = re.compile(
    r"\b(?:teams?|group|department|squad|unit|crew|role|(?:under|below|with|beside) me|"
    r"report\w*|others|talk\w*|interview\w*|appl\w+|ask\w*)\b",
    re.IGNORECASE,
)
_EVERY = re.compile(r"\b(?:a|an|per|each|every) (hour|day|shift|week|month|year|night)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Slot:
    """How a question asks, and which sentences answer it (`heading`: only those under it)."""

    id: str
    asks: re.Pattern[str]
    holds: re.Pattern[str]
    heading: str = ""


def _slot(name: str, asks: str, holds: str, heading: str = "") -> Slot:
    return Slot(name, re.compile(asks, re.IGNORECASE), re.compile(holds, re.IGNORECASE), heading)


_SLOTS = (
    _slot(
        "head office",
        rf"{_WHERE}.*\b(?:(?:head|main|central) ?offices?|headquarter\w*|hq)\b",
        r"\b(?:(?:head|main|central) ?office|headquarter\w*|based)\b[^.;]*\b(?:in|at|near) (?-i:[A-Z])",
    ),
    _slot(
        "workplace",
        rf"{_WHERE}(?!.*\boffices\b).*\b(?:i|job|position|role|post|workplace)\b",
        r".",
        "Location",
    ),
    _slot(
        "manager",
        r"^who\w*\b.*\b(?:answer to|report\w*|boss|(?:my|line|direct) manager|in charge of (?:me|the team)|manages? me|"
        r"supervis\w+|superior|work(?:ing)? (?:under|for)|above me)\b",
        r"\b(?:report(?:s|ing)? (?:directly )?to|answer to|line manager|managed by|led by|headed by|"
        r"work(?:s|ing)? (?:under|for) (?:the|our|your|(?-i:[A-Z]))|"
        r"supervised by|your (?:manager|lead|supervisor|boss))\b",
    ),
    _slot(
        "rounds",
        rf"\bhow many (?:more |other )?{_ROUNDS}\b",
        rf"\b{_NUMBER} (?:\w+ )?(?:steps|rounds?|stages?|interviews?)\b|"
        rf"\b(?:interview|hiring|selection|recruitment)\b.*\b{_NUMBER} (?:\w+ )?{_ROUNDS}\b",
    ),
    _slot(
        "places",
        r"\bhow many (?:other )?(?:places|sites|locations|branches|premises)\b",
        rf"\b{_NUMBER} (?:\w+ )?{_PLACES}\b",
    ),
    _slot(
        "company size",
        r"^how (?:big|large)\b.*\b(?:company|outfit|organi[sz]ation|firm|business|employer|place)\b",
        rf"\b(?:{_NUMBER}|hundreds?|thousands?|\w+ty) (?:\w+ )?(?:people|employees|staff|colleagues|of us)\b|"
        r"\bemploys? \w*\d",
    ),
)
_BY_HEAD = ("rounds", "places", "company size")
"""Slots whose own noun need not stand in the sentence: the form of the answer tells it."""


def fits(query: Query, piece: Piece, sentence: str) -> str:
    """The slot of the question that this sentence fills; empty where it fills none. Words are not looked at."""
    if _PAST.search(query.text):
        return ""
    for slot in _SLOTS:
        if slot.asks.search(query.text):
            right_place = not slot.heading or piece.heading == slot.heading
            return slot.id if right_place and slot.holds.search(sentence) else ""
    if _stands(query.text, sentence):
        return "where it stands"
    if _names(query.text, sentence):
        return "its name"
    return "count" if _counts(query.text, sentence) else ""


def free(query: Query, slot: str) -> frozenset[str]:
    """Stems that the sentence need not hold."""
    carried = _carried()
    if slot in _BY_HEAD:
        nouns = asking.words("places sites locations branches premises rounds stages steps interviews people employees")
        carried |= {asking.stem(word) for word in nouns}
    if slot == "count" and not _PEOPLE.match(query.counted[-1] if query.counted else "people"):
        carried |= {asking.stem(word) for word in ("department", "team", "office", "group", "crew", "unit")}
    if slot == "head office":
        carried |= {asking.stem(word) for word in ("head", "main", "central", "headquarters", "hq", "office")}
    return carried


def _stands(question: str, sentence: str) -> bool:
    """Whether "where are your depots" meets them with a name behind: "four depots: Hull and Preston"."""
    asked = _WHERE_ARE.match(question)
    if asked is None:
        return False
    thing = re.escape(asked.group(1).lower().rstrip("s"))
    return bool(
        re.search(rf"(?i:\b{thing}\w*)(?::| (?:is |are )?(?:in|at|near|beside|by|behind)) (?:the )?[A-Z]", sentence)
    )


def _names(question: str, sentence: str) -> bool:
    """Whether "which engine are you on" meets its name: "Unreal Engine 5", "version control is Perforce"."""
    asked = _WHICH.match(question)
    if asked is None:
        return False
    thing = re.escape(asked.group(1).lower().rstrip("s"))
    before = rf"[A-Z][\w+#.]*(?: [A-Z][\w+#.]*){{0,2}} (?i:{thing})\w*"
    named = rf"{before}|(?i:\b{thing}\w*(?::| is| are| called| named| such as)) (?:the )?[A-Z]"
    return bool(re.search(named, sentence))


def _carried() -> frozenset[str]:
    return frozenset(asking.stem(word) for word in _CARRIES.split())


def _counts(question: str, sentence: str) -> bool:
    """Whether a number stands by what "how many …" counts, in the same span of time."""
    found = _MANY.search(question)
    if found is None:
        return False
    span = _EVERY.search(question)
    if span and not re.search(rf"\b{span.group(1)}|\b{span.group(1)[:3]}\w*ly\b", sentence, re.IGNORECASE):
        return False
    head = found.group(1).split()[-1].lower()
    if _PEOPLE.match(head):
        if _OF_A_PART.search(question):
            return False
        others = re.search(rf"\b{_NUMBER} (?:\w+ )?(?:others|colleagues|more)\b", sentence, re.IGNORECASE)
        return bool(others) or answer_kinds.counts_people("how many people", sentence)
    stem = asking.stem(head)
    return answer_kinds.counts(asking.meant_by(stem), sentence)
