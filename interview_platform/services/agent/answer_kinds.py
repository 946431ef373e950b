"""What kind of answer a question wants (a number, a time, a person …), and whether a sentence holds one. Pure."""

from __future__ import annotations

import re

from interview_platform.services.agent.asking import salient, stem, words

_KINDS = (
    (
        "opinion",
        r"\bany (?:good|fun|use)\b|\b(?:tasty|delicious|boring|friendly|pleasant|get(?:s)? (?:on|along) with)\b",
    ),
    (
        "price",
        r"^how much (?:is|are|was|were|does|do|did|will|would)\b"
        r"(?!.*\b(?:holiday|vacation|leave|time|experience|travel|overtime|training)\b)",
    ),
    ("clock", r"\bwhat time\b"),
    ("how_many", r"\bhow (?:many|much)\b|\bwhat(?:'s| is) the (?:number|amount|average)\b"),
    ("how_big", r"^how (?:big|large|high|old|heavy|small)\b|\bwhat(?:'s| is) the size\b"),
    ("how_long", r"\bhow long\b(?! (?:ago|since))"),
    ("how_often", r"\bhow (?:often|soon)\b|\bhow far\b|\bhow long\b"),
    ("when", r"^when\b|\bwhat (?:date|day)\b|\buntil when\b|\bby when\b|\bsince when\b"),
    ("who", r"^who(?:m|se)?\b(?! (?:pays|covers))|^who's\b|\bwhat(?:'s| is) the name\b|\bname of\b"),
    ("where", r"^where(?:abouts)?\b|\b(?:which|what) (?:city|town|country|place)\b"),
    ("why", r"^why\b"),
    ("yes_no", r"^(?:is|are|was|were|do|does|did|can|could|will|would|may|might|should|shall|have|has|am|must|any)\b"),
)
_KIND_PATTERNS = [(kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS]
_PAST = re.compile(r"\b(?:did|was|were|since|founded|has|have)\b", re.IGNORECASE)
_PAST_YEAR = re.compile(r"\b(?:in|since|from) (?:19|20)\d\d\b|\blast (?:year|month|week)\b", re.IGNORECASE)

_NUMBER = (
    r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"eighteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|dozens?|half|no|none|several|"
    r"a few|unlimited|both|single|once|twice|free|full)\b)"
)
_TIME = (
    r"(?:\b\d{1,2}(?:st|nd|rd|th|[:.]\d\d|\s?(?:am|pm))\b|\b(?:19|20)\d\d\b|\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b|"
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day|\b(?:immediately|soon|week|day|month|year|morning|evening|night|"
    r"noon|spring|summer|autumn|winter|term|quarter|after|before|as soon|whenever|always|every|often|once|twice|never|"
    r"daily|weekly|monthly|hours?|minutes?|while|until|any time)\w*)"
)
_WHO = (
    r"(?:\b(?-i:[A-Z][a-z]+ [A-Z][a-z]+)|\b(?:manager|director|lead|leader|head|chief|ceo|cto|founder|people|person|"
    r"team|nurses?|teachers?|doctors?|engineers?|designers?|developers?|owner|family|foundation|customers?|colleagues?|"
    r"recruiter|hospitals?|shops?|schools?|clients?|children|households?|run by|program|somebody|nobody|company|"
    r"mentor|trust|investors?|patients|parents|everyone|staff)\b)"
)
_MONEY = (
    r"(?:[£$€%]|\b(?:pounds|dollars|euros?|eur|gbp|usd|chf|pay|free|paid|per cent|salary|scale|band|grade)\b|\d ?k\b)"
)
_CLOCK = (
    r"(?:\b\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm|a\.m|p\.m|o'clock)\b|\b\d{1,2}[:.]\d\d\b|"
    r"\b(?:at|from|until|by|to|before|after) (?:\d{1,2}|six|seven|eight|nine|ten|noon|midnight)\b|"
    r"\bflexible|\bchoose\b|\b(?:early|late|night)\b)"
)
_SPANS = r"\b(?:every|each|always|never|usually|depends?|daily|weekly|monthly|as long|permanent|until)\b"
_SPAN = (
    rf"{_NUMBER}[\d.,]*(?:[ -](?:or|to|and|\w+ly|\w*\d\w*|{_NUMBER})){{0,3}}[ -](?:\w+[ -])?(?:minutes?|hours?|days?|"
    r"nights?|weeks?|months?|years?|terms?|fortnights?|seasons?|shifts?|rounds?)\b|"
    r"\b(?:an?|the (?:first|whole)|within|under|over|per) (?:half )?(?:hour|day|week|fortnight|month|year|term)\b|"
    r"\b(?:19|20)\d\d\b|\b\d{1,2}[:.]\d\d\b|\b(?:from|to|till|at) \d{1,2}\b|\b(?:minute|hour|day|week|month|year)s\b|"
    r"\b(?:monday|friday|christmas|end of|long|short|overnight|fixed)\b|\b\w+-(?:minute|hour|day|week|month|year)\b"
)
"""How long something lasts: a number of minutes to years, or from when to when."""
TIME, SPAN = re.compile(_TIME, re.IGNORECASE), re.compile(_SPAN, re.IGNORECASE)
_HOLDS = {
    kind: re.compile(pattern, re.IGNORECASE)
    for kind, pattern in {
        "opinion": r"\b(?:good|well|best|excellent|popular|friendly|tasty|pleasant|liked?|loved?|praise\w*|rated)\b",
        "price": _MONEY,
        "clock": _CLOCK,
        "how_many": rf"{_NUMBER}|\ban? (?:year|month|week|day|hour)\b",
        "how_big": rf"{_NUMBER}|\b(?:small|large|big|tiny|huge|heavy)\b",
        "how_long": rf"{_SPAN}|{_SPANS}",
        "how_often": rf"{_NUMBER}|{_SPANS}",
        "when": _TIME,
        "who": _WHO,
        "where": r"(?:\b(?:in|at|near|from|on|outside|to|within|under|with|beside)\b|\bremote)",
        "why": r"\b(?:because|so that|since|as|to|replac\w+|retir\w+|new|grow\w*|left)\b",
    }.items()
}
MEASURED = frozenset(
    {"opinion", "how_many", "how_big", "how_long", "how_often", "when", "past_when", "price", "clock", "who"}
)
"""Kinds without whose form no sentence answers, however well it fits otherwise."""

_IS_NUMBER = re.compile(rf"\d[\d.,]*|{_NUMBER}", re.IGNORECASE)
_PEOPLE = re.compile(
    r"\bhow many (?:other |more )?(?:people|employees|staff|colleagues|persons|team ?mates|members)\b", re.IGNORECASE
)
_HEADS = re.compile(
    rf"{_NUMBER}[\d.,]*[ -](?:(?!with|of|for|in|on|at|to|a|per)\w+ ){{0,2}}(?:people|employees|staff|colleagues|"
    r"persons|members|of us|strong|nurses|cooks|"
    r"(?!visitors|customers|users|passengers|volunteers)\w+(?:ers|ors|ists|ants|ives|ysts|ees)\b)|"
    rf"\b(?:team|squad|department|group|crew|unit) (?:of|is|has) (?:\w+ )?{_NUMBER}|\bemploys? (?:\w+ )?\d",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\bhow many (?:other |more |different |of (?:the|your) )?((?:\w+[ -])?\w+)", re.IGNORECASE)


_BETWEEN = frozenset({"of", "is", "are", "has", "have", "about", "around", "roughly", "nearly", "over"})


def kind(question: str) -> str:
    """What sort of answer is asked for: how_many, how_long, when, who, where, why, yes_no, or other."""
    found = next((name for name, pattern in _KIND_PATTERNS if pattern.search(question)), "other")
    return f"past_{found}" if found == "when" and _PAST.search(question) else found


def answers_kind(asked: str, sentence: str) -> bool:
    """Whether the sentence holds what this kind of question wants. "When does it open" is not told by a past year."""
    if asked == "when":
        sentence = _PAST_YEAR.sub(" ", sentence)
    pattern = _HOLDS.get(asked.removeprefix("past_"))
    return pattern is None or bool(pattern.search(sentence))


def counted(question: str) -> list[str]:
    """Stems of what "how many …" counts."""
    found = _COUNTED.search(question)
    return salient(found.group(1)) if found else []


def counts(stems: frozenset[str], sentence: str) -> bool:
    """Whether a number stands by one of these words: "nine shops", "shops: nine"."""
    return any(_counts_in(stems, clause) for clause in re.split(r"[;)]|,(?!\d)", sentence))


def _counts_in(stems: frozenset[str], clause: str) -> bool:
    said = words(clause.replace("-", " "))
    numbers = [place for place, word in enumerate(said) if _IS_NUMBER.fullmatch(word)]
    things = [place for place, word in enumerate(said) if stem(word) in stems and not word.endswith("ing")]
    return any(_beside(said, thing, number) for thing in things for number in numbers)


def _beside(said: list[str], thing: int, number: int) -> bool:
    """ "Nine big shops", "shops: nine", "shops are nine"."""
    after = number - thing
    return 0 < -after <= 4 or after == 1 or (after == 2 and said[thing + 1] in _BETWEEN)


def counts_people(question: str, sentence: str) -> bool:
    """Whether a sentence says how many people there are, if that is what the question asks."""
    return not _PEOPLE.search(question) or bool(_HEADS.search(sentence))
