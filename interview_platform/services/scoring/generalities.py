"""Talk of how things are in general ("It is important to listen", "Customers always want more"), which shows nothing.

Whoever speaks so has not said what they did, or would do; the words may be right all the same. Read by plain signs of
English, deterministically. What is told as past, planned ("I would"), or tied to a moment is never general, and neither
is an account in the present tense ("I see he is white, I call the doctor"), as many tell it in their second language.
"""

from __future__ import annotations

import re
from functools import lru_cache

from interview_platform.services.scoring import structure
from interview_platform.services.scoring.sentences import written_out

_PASSIVE = re.compile(
    r"\b(?:is|are|be|being|am) (?:\w+ly |not |also |always |often )?\w+(?:ed|en)\b|\bbe \w+", re.IGNORECASE
)
_PRESENT_TOO = frozenset(
    ("need", "indeed", "speed", "feed", "seed", "proceed", "succeed", "exceed", "let", "put", "set", "cut", "read")
)
_TOLD = re.compile(rf"\b(?:{structure.PAST}|could|beat|dug|quit|blew|swung|spread)\b", re.IGNORECASE)
_TIED = re.compile(
    r"\b(?:last|once|since|then (?:i|we)|that (?:day|night|week|time)|yesterday|ago|in (?:19|20)\d\d|\d+)\b|"
    r"\b(?:i|we) (?:would|will|shall)\b",
    re.IGNORECASE,
)
_DUTY = re.compile(
    r"\bit(?:'s| is) (?:\w+ )?(?:important|necessary|essential|crucial|human|normal|vital|key|a must)|"
    r"\b(?:most|very|really) important|\b(?:has|have|needs?) to be|\bmust be|"
    r"\bone (?:should|must|has to|can|needs|knows|learns)|\byou (?:have|need) to|"
    r"\byou (?:should|must|cannot|can't|can not|never|always)",
    re.IGNORECASE,
)
_GENERAL = re.compile(
    r"\bin my opinion|\bthe future\b|\b(?:nearly|almost) always|"
    r"\bis (?:always|never|the (?:basis|key|heart))|\bare (?:always|never|part of)|"
    r"\b(?:people|everybody|everyone) (?:should|must|can|is|are|has|have|needs?|wants?|makes?)|"
    r"(?<!\bi )(?<!\bwe )\b(?:always|usually|in general|generally|normally|it depends)\b|"
    r"\bpart of the (?:job|business|work)|\bhappens? (?:a lot|all the time|everywhere|often|to everybody)|"
    r"\bhelps? (?:as well|a lot|too)\b",
    re.IGNORECASE,
)
_OF_A_KIND = re.compile(
    r"^(?:(?:so|and|but|well|yes|of course|today|nowadays|these days|sometimes|often|usually),? )*"
    r"(?:(?:good|bad|large|big|small|modern|technical|many|most|some|new|old|all) )?"
    r"(?!(?:this|his|its|us|was|is|has|does|as|always|yes)\b)[a-z]{3,}s (?:who [\w' ]{3,40} )?"
    r"(?:are|have|need|should|must|can|cannot|will|often|always|usually|sometimes|never|happen|do not|don't|know|"
    r"want)\b",
    re.IGNORECASE,
)
_OF_ONESELF = re.compile(
    r"\bi (?:always|usually|often|never|generally|normally|mostly|try to|prefer|believe|value)\b", re.IGNORECASE
)


@lru_cache(maxsize=8192)
def is_general(sentence: str, of_the_past: bool) -> bool:
    """Whether a sentence says how things are, always or for everybody.

    `of_the_past`: the question asked for something that happened, so what the speaker always does is general too.
    """
    text = written_out(sentence)
    if _TIED.search(text):
        return False
    duty = _DUTY.search(text)
    if _tells(text[: duty.start()] if duty else text):
        return False
    if duty or _GENERAL.search(text) or _OF_A_KIND.search(text):
        return True
    return of_the_past and bool(_OF_ONESELF.search(text) or structure.is_maxim(sentence))


def _tells(text: str) -> bool:
    """Whether something past is told; "is checked" and "need" only look like it."""
    found = _TOLD.finditer(_PASSIVE.sub(" ", text))
    return any(match.group().lower() not in _PRESENT_TOO for match in found)
